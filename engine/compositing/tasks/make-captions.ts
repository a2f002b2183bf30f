/**
 * Worker task: rasterises the captions of one scene in one ratio. The backdrop and product are drawn first, so that each
 * caption's colour and cushion are chosen against the pixels that it will stand on.
 */
import sharp from 'sharp';
import { captionKey } from '#core/composition/facts.ts';
import type { CaptionBlock } from '#core/composition/facts.ts';
import { layoutOf } from '#core/composition/evaluate.ts';
import type { Rect } from '#core/composition/layer.ts';
import { CAPTION_GAP, placeCaptions } from '#core/composition/captions.ts';
import { textLimits } from '#core/composition/layout.ts';
import type { TextArea } from '#core/composition/layout.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Size } from '#core/project/ratio.ts';
import type { AssetRef, Caption, StyleSpec } from '#core/project/schema.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { chooseSharedStyle, chooseTextStyle } from '#engine/text/contrast.ts';
import type { TextStyle } from '#engine/text/contrast.ts';
import { rasterizeText } from '#engine/text/rasterize-text.ts';
import type { TextBlock, TextRequest } from '#engine/text/types.ts';
import { cropFrame } from '../compositor/crop-frame.ts';
import { frameToRaster } from '../compositor/frame-to-raster.ts';
import type { Film } from '../film.ts';
import { openFrameRenderer } from '../frame-renderer.ts';
import type { Raster } from '../raster.ts';
import { storeOf } from './task-store.ts';

export interface MakeCaptionsPayload {
  readonly dataDir: string;
  /** The film as far as it is known: backdrop and product of this scene, no captions. */
  readonly film: Film;
  readonly sceneId: string;
  readonly style: Pick<StyleSpec, 'textOnDark' | 'textOnLight' | 'accent' | 'fonts' | 'palette'>;
  readonly language: string;
  readonly ffmpegPath: string;
}

/** A finished caption. `missing`: characters that no font on this machine can draw. */
export interface MadeCaption {
  readonly picture: AssetRef;
  readonly block: CaptionBlock;
  readonly missing: readonly string[];
  /** What the user should know, e.g. that the text had to be shortened. */
  readonly note?: string;
}

/** Returns the captions by `captionKey`. */
export async function run(payload: MakeCaptionsPayload, { signal }: TaskContext): Promise<{ captions: Record<string, MadeCaption> }> {
  const span = sceneSpans(payload.film).find((candidate) => candidate.scene.id === payload.sceneId);
  if (!span) throw new RangeError(`no scene ${payload.sceneId}`);
  const frames = await drawBackdrops(payload, span, signal);
  const drafts = await setWords(payload, span, frames);
  const looks = chooseLooks(payload, span, drafts, frames);
  const captions: Record<string, MadeCaption> = {};
  for (const draft of drafts) {
    const key = captionKey(payload.sceneId, draft.caption.id);
    captions[key] = await storeCaption(payload, span, draft, await dress(draft, looks.get(key)));
  }
  return { captions };
}

/** Parts of a scene at which its backdrop is looked at: one that drifts must carry the text all the way. */
const MOMENTS = [0.3, 0.9];

/** The scene without words at a few moments; a flat card looks the same at all of them. */
async function drawBackdrops(payload: MakeCaptionsPayload, span: SceneSpan, signal: AbortSignal): Promise<Uint8Array[]> {
  const store = storeOf(payload.dataDir);
  const { scene } = span;
  const alone: Film = { ...payload.film, scenes: [{ ...scene, captions: [] }] };
  const parts = payload.film.facts.backdrops[scene.id]?.isFlat ? MOMENTS.slice(-1) : MOMENTS;
  const frames: Uint8Array[] = [];
  for (const part of parts) {
    const moment = Math.min(scene.durationFrames - 1, Math.round(part * scene.durationFrames));
    const renderer = await openFrameRenderer(alone, moment, 1, { pathOf: (hash) => store.pathOf(hash), ffmpegPath: payload.ffmpegPath, signal });
    try {
      frames.push((await renderer.drawFrame(moment)).slice());
    } finally {
      await renderer.dispose();
    }
  }
  return frames;
}

/** A caption set in its size, before anyone has looked at what it stands on. */
interface Draft {
  readonly caption: Caption;
  readonly request: TextRequest;
  readonly block: TextBlock;
}

/** Sets every caption as large as its place allows; a second line of a group gets what the first has left. */
async function setWords(payload: MakeCaptionsPayload, span: SceneSpan, frames: readonly Uint8Array[]): Promise<Draft[]> {
  const { film, style } = payload;
  const drafts: Draft[] = [];
  for (const caption of span.scene.captions) {
    if (caption.text.trim() === '') continue;
    const area = areaOf(span, caption, film, drafts);
    const isButton = caption.role === 'callToAction';
    const look = isButton ? { ...chooseTextStyle({ region: flatRegion(style.accent), styleColors: style, role: caption.role }), decoration: 'button' as const, boxColor: style.accent } : plainLook(isDark(frames, canvasSize(film.ratio), area.rect) ? style.textOnDark : style.textOnLight);
    const request: TextRequest = {
      text: caption.text,
      language: payload.language,
      role: caption.role,
      fontFamily: caption.role === 'headline' || caption.role === 'brand' ? style.fonts.heading : style.fonts.body,
      maxWidth: area.rect.width,
      maxHeight: area.rect.height,
      ...textLimits(film.ratio, caption.role),
      align: area.align,
      ...look,
    };
    drafts.push(isButton ? await setButton(caption, request) : { caption, request, block: await rasterizeText(request) });
  }
  return drafts;
}

/** A button has one line as long as that does not cut its words. */
async function setButton(caption: Caption, request: TextRequest): Promise<Draft> {
  const oneLine = { ...request, maxLines: 1 };
  const block = await rasterizeText(oneLine);
  return block.note === undefined ? { caption, request: oneLine, block } : { caption, request, block: await rasterizeText(request) };
}

/** Luma above which dark words are likelier to read than light ones (BT.709 studio range, about a fifth of the light). */
const MIDDLE_LUMA = 122;

/** A guess from a coarse grid of luma, so that few captions must be drawn twice. */
function isDark(frames: readonly Uint8Array[], canvas: Size, rect: Rect): boolean {
  const [frame] = frames;
  if (!frame) return true;
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, Math.round(rect.y)); row < Math.min(canvas.height, rect.y + rect.height); row += 12) {
    for (let column = Math.max(0, Math.round(rect.x)); column < Math.min(canvas.width, rect.x + rect.width); column += 12) {
      sum += frame[row * canvas.width + column] ?? 0;
      count++;
    }
  }
  return sum < MIDDLE_LUMA * count;
}

function plainLook(color: string): TextStyle {
  return { color, decoration: 'plain', boxColor: '#000000' };
}

/** One colour and cushion per group of words that stand together, judged by the pixels that each of them will cover. */
function chooseLooks(payload: MakeCaptionsPayload, span: SceneSpan, drafts: readonly Draft[], frames: readonly Uint8Array[]): Map<string, TextStyle> {
  const { film, style, sceneId } = payload;
  const canvas = canvasSize(film.ratio);
  const layout = layoutOf(span, film.ratio, film.facts);
  const blocks = Object.fromEntries(drafts.map(({ caption, block }) => [captionKey(sceneId, caption.id), { ...block.raster, ink: block.ink, fontPx: block.fontPx }]));
  const placed = placeCaptions(span.scene, film.ratio, layout, blocks);
  const words = drafts.filter(({ request }) => request.decoration !== 'button');
  const looks = new Map<string, TextStyle>();
  for (const group of groupBy(words, ({ caption }) => groupOf(caption, film, layout.areas))) {
    const regions = group.flatMap(({ caption, block }) => {
      const rect = placed.get(captionKey(sceneId, caption.id));
      return rect ? [stackRegions(frames, canvas, inkOnCanvas(rect, block, canvas))] : [];
    });
    if (regions.length === 0) continue;
    const look = chooseSharedStyle({ regions, styleColors: style, role: 'headline' });
    group.forEach(({ caption }, index) => looks.set(captionKey(sceneId, caption.id), look[index] ?? look[0]!));
  }
  return looks;
}

/** Captions placed by hand stand for themselves. */
function groupOf(caption: Caption, film: Film, areas: readonly TextArea[]): string {
  return caption.position[film.ratio] ? caption.id : String(areas.findIndex((area) => area.roles.includes(caption.role)));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** Less than what layouts leave between words and product: the product is not what words stand on. */
const MOST_AIR = 14;

/** The ink with a little of what surrounds it, inside the canvas. */
function inkOnCanvas(rect: Rect, { ink, fontPx }: TextBlock, canvas: Size): Rect {
  const air = Math.min(MOST_AIR, 0.25 * fontPx);
  const left = Math.max(0, rect.x + ink.x - air);
  const top = Math.max(0, rect.y + ink.y - air);
  const right = Math.min(canvas.width, rect.x + ink.x + ink.width + air);
  const bottom = Math.min(canvas.height, rect.y + ink.y + ink.height + air);
  return { x: Math.round(left), y: Math.round(top), width: Math.max(2, Math.round(right - left)), height: Math.max(2, Math.round(bottom - top)) };
}

/** The words in their chosen look; drawn again only where the draft guessed another one. */
async function dress({ request, block }: Draft, look: TextStyle | undefined): Promise<TextBlock> {
  const isAsGuessed = !look || (look.decoration === 'plain' && look.color === request.color);
  return isAsGuessed ? block : rasterizeText({ ...request, ...look });
}

async function storeCaption(payload: MakeCaptionsPayload, span: SceneSpan, { caption }: Draft, block: TextBlock): Promise<MadeCaption> {
  const { raster } = block;
  const png = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 4 } }).png({ compressionLevel: 3 }).toBuffer();
  const picture = await storeOf(payload.dataDir).putBytes(png, `${span.scene.id}_${caption.id}.png`, 'image/png');
  return { picture, block: { width: raster.width, height: raster.height, ink: block.ink, fontPx: block.fontPx }, missing: block.missing, ...(block.note ? { note: block.note } : {}) };
}

/** The part of its area that a caption may fill: the first of a group leaves room, the next gets what is left. */
function areaOf(span: SceneSpan, caption: Caption, film: Film, drafts: readonly Draft[]): TextArea {
  const areas = layoutOf(span, film.ratio, film.facts).areas;
  const area = areas.find((candidate) => candidate.roles.includes(caption.role)) ?? areas[0];
  if (!area) throw new RangeError(`no text area for ${caption.role}`);
  const canvas = canvasSize(film.ratio);
  const byHand = caption.position[film.ratio];
  if (byHand) {
    const width = byHand.width * canvas.width;
    const rect = { x: byHand.x * canvas.width - width / 2, y: byHand.y * canvas.height - area.rect.height / 2, width, height: area.rect.height };
    return { ...area, rect, align: 'center' };
  }
  const others = span.scene.captions.filter((other) => area.roles.includes(other.role) && other.role !== caption.role && !other.position[film.ratio]);
  if (others.length === 0) return area;
  const before = drafts.filter((draft) => others.includes(draft.caption));
  const isLast = before.length === others.length;
  const taken = before.reduce((sum, { block }) => sum + block.ink.height + CAPTION_GAP * block.fontPx, 0);
  const share = caption.role === 'headline' || caption.role === 'brand' ? 0.62 : 0.32;
  return { ...area, rect: { ...area.rect, height: Math.round(isLast ? Math.max(0.2 * area.rect.height, area.rect.height - taken) : area.rect.height * share) } };
}

/** The same rectangle of several frames, one below the other. */
function stackRegions(frames: readonly Uint8Array[], size: Size, rect: Rect): Raster {
  const regions = frames.map((frame) => {
    const part = cropFrame(frame, size, rect);
    return frameToRaster(part.frame, part.size);
  });
  const width = regions[0]?.width ?? 0;
  const height = regions.reduce((sum, region) => sum + region.height, 0);
  const data = new Uint8Array(width * height * 4);
  let at = 0;
  for (const region of regions) {
    data.set(region.data, at);
    at += region.data.length;
  }
  return { width, height, data };
}

function flatRegion(hex: string): Raster {
  const value = Number.parseInt(hex.slice(1), 16);
  const pixel = [(value >> 16) & 255, (value >> 8) & 255, value & 255, 255];
  return { width: 4, height: 4, data: Uint8Array.from({ length: 64 }, (_, i) => pixel[i % 4] ?? 255) };
}
