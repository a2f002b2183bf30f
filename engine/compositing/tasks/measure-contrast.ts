/** Worker task: how well the words of a film stand out from what lies round them, measured on drawn frames. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { evaluate } from '#core/composition/evaluate.ts';
import { captionKey, parseSource } from '#core/composition/facts.ts';
import type { Film } from '#core/composition/film.ts';
import type { Layer } from '#core/composition/layer.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import { linearFromSrgb } from '#core/lib/color/srgb.ts';
import { luminanceRatio } from '#core/lib/color/contrast.ts';
import type { CaptionContrast } from '#core/placements/preflight/contrast.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { frameToRaster } from '../compositor/frame-to-raster.ts';
import { openFramesRenderer } from '../frame-renderer.ts';
import type { Raster } from '../raster.ts';
import { storeOf } from './task-store.ts';

export interface MeasureContrastPayload {
  readonly dataDir: string;
  readonly film: Film;
  readonly ffmpegPath: string;
}

/** Alpha from which a pixel of a caption's picture is ink, and below which it is ground (or a soft cushion on it). */
const INK = 235;
const GROUND = 200;
/** A picture that is mostly opaque carries its own plate: words and plate are told apart by their light. */
const PLATE_SHARE = 0.55;

/** Each caption that stands somewhere in full, once. */
export async function run({ dataDir, film, ffmpegPath }: MeasureContrastPayload, { signal, report }: TaskContext): Promise<CaptionContrast[]> {
  const store = storeOf(dataDir);
  const found: CaptionContrast[] = [];
  const moments = restMoments(film);
  for (const [index, { frame, layers }] of moments.entries()) {
    const renderer = await openFramesRenderer(film, [frame], { pathOf: (hash) => store.pathOf(hash), ffmpegPath, signal });
    try {
      const picture = frameToRaster(await renderer.drawFrame(frame), canvasSize(film.ratio));
      for (const layer of layers) {
        const name = parseSource(layer.source);
        const asset = name.kind === 'caption' ? film.captions[captionKey(name.sceneId, name.captionId)] : undefined;
        if (name.kind !== 'caption' || !asset) continue;
        const ratio = contrastIn(picture, await decode(await readFile(store.pathOf(asset))), layer);
        if (ratio !== undefined) found.push({ sceneId: name.sceneId, captionId: name.captionId, frame, ratio });
      }
    } finally {
      await renderer.dispose();
    }
    report((index + 1) / moments.length);
  }
  return found;
}

/** For each caption the middle of the time at which it stands; captions that stand together share a frame. */
function restMoments(film: Film): { frame: number; layers: readonly Layer[] }[] {
  const byFrame = new Map<number, Layer[]>();
  for (const { scene, startFrame } of sceneSpans(film)) {
    for (const caption of scene.captions) {
      const frame = startFrame + Math.floor((caption.startFrame + Math.min(caption.endFrame, scene.durationFrames)) / 2);
      const source = `caption/${scene.id}/${caption.id}`;
      const plan = evaluate(film, film.ratio, frame, film.facts);
      const layer = [...plan.from.layers, ...(plan.to?.layers ?? [])].find((candidate) => candidate.source === source);
      if (layer && layer.opacity > 0.97) byFrame.set(frame, [...(byFrame.get(frame) ?? []), layer]);
    }
  }
  return [...byFrame].map(([frame, layers]) => ({ frame, layers }));
}

async function decode(png: Buffer): Promise<Raster> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Contrast of the ink's median light with the ground that comes nearest to it (its nearest quarter left out as edges). */
function contrastIn(picture: Raster, caption: Raster, { rect }: Layer): number | undefined {
  const ink: number[] = [];
  const ground: number[] = [];
  for (let y = 0; y < caption.height; y++) {
    for (let x = 0; x < caption.width; x++) {
      const [px, py] = [Math.round(rect.x) + x, Math.round(rect.y) + y];
      if (px < 0 || py < 0 || px >= picture.width || py >= picture.height) continue;
      const alpha = caption.data[(y * caption.width + x) * 4 + 3] ?? 0;
      if (alpha >= INK) ink.push(luminanceAt(picture, px, py));
      else if (alpha < GROUND) ground.push(luminanceAt(picture, px, py));
    }
  }
  if (ink.length < 50) return undefined;
  if (ink.length > PLATE_SHARE * (ink.length + ground.length)) return onPlate(ink);
  const words = quantile(ink, 0.5);
  const ratios = ground.map((light) => luminanceRatio(words, light));
  return ratios.length === 0 ? undefined : quantile(ratios, 0.25);
}

/** Words and plate: the lightest and the darkest tenth of what is opaque. */
function onPlate(ink: readonly number[]): number {
  return luminanceRatio(quantile(ink, 0.93), quantile(ink, 0.07));
}

function luminanceAt({ data, width }: Raster, x: number, y: number): number {
  const at = (y * width + x) * 4;
  return 0.2126 * linearFromSrgb((data[at] ?? 0) / 255) + 0.7152 * linearFromSrgb((data[at + 1] ?? 0) / 255) + 0.0722 * linearFromSrgb((data[at + 2] ?? 0) / 255);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}
