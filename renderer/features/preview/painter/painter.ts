/**
 * Draws films onto canvases, in a worker, so that the page stays free. It plans a frame (`core/composition/evaluate.ts`), draws it with the
 * pictures that are there, draws it again as missing ones arrive, and fetches those of coming frames meanwhile. Canvases are drawn in step
 * with the screen: of several frames that were asked for since the last one, the newest is drawn.
 */
import { clipFrameAt } from '#core/composition/clip-time.ts';
import { evaluate } from '#core/composition/evaluate.ts';
import type { Film } from '#core/composition/film.ts';
import { parseSource } from '#core/composition/facts.ts';
import type { FramePlan, Layer } from '#core/composition/layer.ts';
import { sceneSpans, totalFrames } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { ClipFrames } from './clip-frames.ts';
import type { ClipFrameName } from './clip-frames.ts';
import { coverCrop } from './cover-crop.ts';
import { resolveScenes } from './draft-scenes.ts';
import { framesAhead } from './frames-ahead.ts';
import { withScenes } from './live-film.ts';
import { pictureLoader } from './load-picture.ts';
import type { PainterReply, PainterRequest } from './messages.ts';
import { paintFrame } from './paint-frame.ts';
import type { Scratch } from './paint-frame.ts';
import type { Brush, DrawablePicture } from './paint-scene.ts';
import { PictureCache } from './picture-cache.ts';
import { requestFor, requestsOf, stillsOf, visibleLayers } from './plan-pictures.ts';

interface Surface {
  readonly id: number;
  readonly canvas: OffscreenCanvas;
  readonly brush: Brush;
  readonly ratio: Ratio;
  frame: number;
  rate: number;
  isDue: boolean;
}

/** Decoded pictures kept: about ten scenes of layered 1080×1920 backdrops at full size, forty at half. */
const KEPT_BYTES = 448 * 1024 * 1024;
/** Pictures are fetched ahead only while this much is kept, so that they never drive out what is on screen. */
const AHEAD_BYTES = 0.7 * KEPT_BYTES;
const REACH_PLAYING = 120;
const REACH_PAUSED = 900;

export class Painter {
  private readonly reply: (reply: PainterReply, transfer?: Transferable[]) => void;
  private readonly cache: PictureCache<ImageBitmap>;
  private readonly films = new Map<Ratio, Film>();
  private readonly drafts = new Map<Ratio, Film>();
  private readonly surfaces = new Map<number, Surface>();
  private readonly clips = new ClipFrames<ImageBitmap>();
  private readonly told = new Set<string>();
  private key = '';
  private scratch: Scratch | undefined;
  private isScheduled = false;
  private aheadHandle: ReturnType<typeof setTimeout> | undefined;

  constructor(reply: (reply: PainterReply, transfer?: Transferable[]) => void) {
    this.reply = reply;
    this.cache = new PictureCache(pictureLoader(() => this.key), KEPT_BYTES);
  }

  take(request: PainterRequest): void {
    switch (request.type) {
      case 'key':
        this.key = request.key;
        this.cache.forgetFailures();
        this.told.clear();
        return this.redrawAll();
      case 'film':
        return this.takeFilm(request);
      case 'draft':
        return this.takeDraft(request);
      case 'open':
        return this.open(request.surface, request.canvas, request.ratio);
      case 'size':
        return this.resize(request);
      case 'draw':
        return this.ask(request);
      case 'close':
        this.surfaces.delete(request.surface);
        return;
      case 'thumbnail':
        return void this.makeThumbnail(request).catch((error: unknown) => {
          this.tell(error);
          this.reply({ type: 'thumbnail', id: request.id, picture: null });
        });
      case 'clipFrame':
        return this.takeClipFrame(request);
    }
  }

  private takeFilm({ ratio, film }: Extract<PainterRequest, { type: 'film' }>): void {
    if (film) this.films.set(ratio, film);
    else this.films.delete(ratio);
    this.drafts.delete(ratio);
    this.cache.forgetFailures();
    this.redrawAll(ratio);
  }

  private takeDraft({ ratio, scenes }: Extract<PainterRequest, { type: 'draft' }>): void {
    const film = this.films.get(ratio);
    if (film && scenes) this.drafts.set(ratio, withScenes(film, resolveScenes(film.scenes, scenes)));
    else this.drafts.delete(ratio);
    this.redrawAll(ratio);
  }

  private open(id: number, canvas: OffscreenCanvas, ratio: Ratio): void {
    const brush = canvas.getContext('2d', { alpha: false });
    if (brush) this.surfaces.set(id, { id, canvas, brush, ratio, frame: 0, rate: 0, isDue: false });
  }

  private resize({ surface: id, width, height }: Extract<PainterRequest, { type: 'size' }>): void {
    const surface = this.surfaces.get(id);
    if (!surface || (surface.canvas.width === width && surface.canvas.height === height)) return;
    surface.canvas.width = width;
    surface.canvas.height = height;
    this.schedule(surface);
  }

  private ask({ surface: id, frame, rate }: Extract<PainterRequest, { type: 'draw' }>): void {
    const surface = this.surfaces.get(id);
    if (!surface) return;
    surface.frame = frame;
    surface.rate = rate;
    this.schedule(surface);
  }

  private redrawAll(ratio?: Ratio): void {
    for (const surface of this.surfaces.values()) if (!ratio || surface.ratio === ratio) this.schedule(surface);
  }

  private schedule(surface: Surface): void {
    surface.isDue = true;
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      for (const due of this.surfaces.values()) if (due.isDue) this.draw(due);
    });
  }

  private draw(surface: Surface): void {
    surface.isDue = false;
    const draft = this.drafts.get(surface.ratio);
    const film = draft ?? this.films.get(surface.ratio);
    if (!film) return;
    const startMs = performance.now();
    const { canvas, brush, frame } = surface;
    const plan = evaluate(film, film.ratio, frame, film.facts);
    const scale = canvas.width / canvasSize(film.ratio).width;
    const isWhole = this.supply(film, plan, scale, surface.rate, () => this.schedule(surface));
    this.paint(film, plan, brush, scale);
    this.reply({ type: 'painted', surface: surface.id, frame, isWhole, milliseconds: performance.now() - startMs });
    if (!draft) this.lookAhead(surface);
  }

  /** Asks for what a plan lacks; true when nothing is missing. `onArrival` is called for each picture that comes later. */
  private supply(film: Film, plan: FramePlan, scale: number, rate: number, onArrival: () => void): boolean {
    let isWhole = this.supplyClips(film, plan, rate);
    for (const still of stillsOf(film, plan)) if (!this.cache.find(still.key)) void this.cache.want(still, true).then(onArrival);
    for (const request of requestsOf(film, plan, scale)) {
      if (this.cache.find(request.key)) continue;
      const failure = this.cache.failureOf(request.key);
      if (failure !== undefined) this.tell(failure);
      else void this.cache.want(request, true).then(onArrival);
      isWhole = false;
    }
    return isWhole;
  }

  private supplyClips(film: Film, plan: FramePlan, rate: number): boolean {
    let isWhole = true;
    for (const layer of visibleLayers(plan)) {
      const wanted = clipFrameOf(film, layer, plan.frame);
      if (!wanted || this.clips.has(wanted)) continue;
      isWhole = false;
      this.reply({ type: 'clipWanted', ...wanted, rate });
    }
    return isWhole;
  }

  private takeClipFrame({ picture, ...name }: Extract<PainterRequest, { type: 'clipFrame' }>): void {
    this.clips.put(name, picture);
    this.redrawAll();
  }

  private paint(film: Film, plan: FramePlan, brush: Brush, scale: number): void {
    const { width, height } = brush.canvas;
    paintFrame(brush, plan, canvasSize(film.ratio), { scale, pictureOf: (layer) => this.pictureOf(film, layer, scale) }, () => this.scratchOf(width, height));
  }

  private pictureOf(film: Film, layer: Layer, scale: number): DrawablePicture | undefined {
    const request = requestFor(film, layer, scale);
    if (!request) return undefined;
    if (request.description.kind === 'clip') return this.clipPicture(film, layer, request.key, request.description);
    const image = this.cache.find(request.key) ?? this.cache.standIn(request.family, layer.rect.width * scale);
    return image && { image, width: image.width, height: image.height };
  }

  /** Its frame; while the page still seeks it, and in thumbnails, the clip's first one. */
  private clipPicture(film: Film, layer: Layer, stillKey: string, { hash, focus }: { hash: string; focus: { x: number; y: number } }): DrawablePicture | undefined {
    const name = parseSource(layer.source);
    const image = (name.kind === 'clip' ? this.clips.find({ sceneId: name.sceneId, hash }) : undefined) ?? this.cache.find(stillKey);
    if (!image) return undefined;
    const crop = coverCrop(image, canvasSize(film.ratio), focus);
    return { image, width: crop.width, height: crop.height, crop };
  }

  private scratchOf(width: number, height: number): Scratch {
    if (this.scratch?.canvas.width === width && this.scratch.canvas.height === height) return this.scratch;
    const canvas = new OffscreenCanvas(width, height);
    const brush = canvas.getContext('2d');
    if (!brush) throw new Error('This browser has no 2D canvas in workers.');
    this.scratch = { canvas, brush };
    return this.scratch;
  }

  /** Once nothing urgent is missing, what the coming frames need; on the side, and one run at a time. */
  private lookAhead(surface: Surface): void {
    if (this.aheadHandle !== undefined) return;
    this.aheadHandle = setTimeout(() => {
      this.aheadHandle = undefined;
      const film = this.films.get(surface.ratio);
      if (!film || !this.surfaces.has(surface.id)) return;
      const scale = surface.canvas.width / canvasSize(film.ratio).width;
      for (const frame of framesAhead(surface.frame, totalFrames(film), surface.rate, surface.rate === 0 ? REACH_PAUSED : REACH_PLAYING * Math.abs(surface.rate))) {
        if (this.cache.usedBytes > AHEAD_BYTES) return;
        for (const request of requestsOf(film, evaluate(film, film.ratio, frame, film.facts), scale)) void this.cache.want(request, false);
      }
    }, AHEAD_DELAY_MS);
  }

  private async makeThumbnail({ id, ratio, frame, width }: Extract<PainterRequest, { type: 'thumbnail' }>): Promise<void> {
    const film = this.films.get(ratio);
    if (!film) return this.reply({ type: 'thumbnail', id, picture: null });
    const full = canvasSize(ratio);
    const canvas = new OffscreenCanvas(width, Math.round((width * full.height) / full.width));
    const brush = canvas.getContext('2d', { alpha: false });
    const plan = evaluate(film, ratio, frame, film.facts);
    const scale = width / full.width;
    await Promise.all([...stillsOf(film, plan), ...requestsOf(film, plan, scale)].map((request) => this.cache.want(request, false)));
    if (brush) this.paint(film, plan, brush, scale);
    const picture = canvas.transferToImageBitmap();
    this.reply({ type: 'thumbnail', id, picture }, [picture]);
  }

  private tell(failure: unknown): void {
    const message = failure instanceof Error ? failure.message : String(failure);
    if (this.told.has(message)) return;
    this.told.add(message);
    this.reply({ type: 'failed', message });
  }
}

const AHEAD_DELAY_MS = 60;

/** Which frame of which clip a layer shows at a frame of the film; undefined for layers that are no clips. */
function clipFrameOf(film: Film, layer: Layer, frame: number): ClipFrameName | undefined {
  const name = parseSource(layer.source);
  if (name.kind !== 'clip') return undefined;
  const span = sceneSpans(film).find(({ scene }) => scene.id === name.sceneId);
  const clip = film.facts.backdrops[name.sceneId]?.clip;
  if (!span || !clip) return undefined;
  const at = clipFrameAt(span.scene, clip, Math.max(0, frame - span.startFrame));
  return { sceneId: name.sceneId, hash: clip.file.hash, frame: Math.min(at, clip.durationFrames - 1) };
}
