/**
 * Worker task: rasterises the captions of one scene in one ratio. The backdrop and product are drawn first, so that each
 * caption's colour and cushion are chosen against the pixels that it will stand on.
 */
import sharp from 'sharp';
import { captionKey } from '#core/composition/facts.ts';
import type { CaptionBlock } from '#core/composition/facts.ts';
import { layoutOf } from '#core/composition/evaluate.ts';
import type { Rect } from '#core/composition/layer.ts';
import { textLimits } from '#core/composition/layout.ts';
import type { TextArea } from '#core/composition/layout.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Size } from '#core/project/ratio.ts';
import type { AssetRef, Caption, StyleSpec } from '#core/project/schema.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { chooseTextStyle } from '#engine/text/contrast.ts';
import { rasterizeText } from '#engine/text/rasterize-text.ts';
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
  const captions: Record<string, MadeCaption> = {};
  for (const caption of span.scene.captions) {
    if (caption.text.trim() === '') continue;
    captions[captionKey(payload.sceneId, caption.id)] = await makeCaption(payload, span, caption, frames);
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

async function makeCaption(payload: MakeCaptionsPayload, span: SceneSpan, caption: Caption, frames: readonly Uint8Array[]): Promise<MadeCaption> {
  const { film, style } = payload;
  const area = areaOf(span, caption, film);
  const region = stackRegions(frames, canvasSize(film.ratio), area.rect);
  const isButton = caption.role === 'callToAction';
  const look = isButton
    ? chooseTextStyle({ region: flatRegion(style.accent), styleColors: style, role: caption.role })
    : chooseTextStyle({ region, styleColors: style, role: caption.role });
  const block = await rasterizeText({
    text: caption.text,
    language: payload.language,
    role: caption.role,
    fontFamily: caption.role === 'headline' || caption.role === 'brand' ? style.fonts.heading : style.fonts.body,
    maxWidth: area.rect.width,
    maxHeight: area.rect.height,
    ...textLimits(film.ratio, caption.role),
    align: area.align,
    color: look.color,
    decoration: isButton ? 'button' : look.decoration,
    boxColor: isButton ? style.accent : look.boxColor,
  });
  const { raster } = block;
  const png = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 4 } }).png({ compressionLevel: 3 }).toBuffer();
  const picture = await storeOf(payload.dataDir).putBytes(png, `${span.scene.id}_${caption.id}.png`, 'image/png');
  return { picture, block: { width: raster.width, height: raster.height, ink: block.ink, fontPx: block.fontPx }, missing: block.missing, ...(block.note ? { note: block.note } : {}) };
}

/** The part of its area that a caption may fill: captions that share an area share its height. */
function areaOf(span: SceneSpan, caption: Caption, film: Film): TextArea {
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
  const neighbours = span.scene.captions.filter((other) => area.roles.includes(other.role) && other.role !== caption.role).length;
  if (neighbours === 0) return area;
  const share = caption.role === 'headline' || caption.role === 'brand' ? 0.62 : 0.32;
  return { ...area, rect: { ...area.rect, height: Math.round(area.rect.height * share) } };
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
