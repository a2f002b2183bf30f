/**
 * What stands behind the words: a barely visible glow, a soft cushion, a pill or a plate. Shapes are distance fields of a
 * rounded rectangle, drawn straight into the RGBA raster; lengths in em.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { type Rgba, luminance, parseColor } from './color.ts';
import type { TextRequest } from './types.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room between words and edge of a button or plate, em. */
export const PADDING: Readonly<Record<TextRequest['decoration'], { readonly x: number; readonly y: number }>> = {
  plain: { x: 0, y: 0 },
  scrim: { x: 0, y: 0 },
  button: { x: 0.9, y: 0.56 },
  plate: { x: 0.42, y: 0.32 },
};

/** Raster margin round the ink, em: as far as the decoration reaches. */
export const MARGIN: Readonly<Record<TextRequest['decoration'], number>> = { plain: 0.45, scrim: 1.78, button: 0.5, plate: 0.4 };

/** Signed distance to a rounded rectangle (I. Quilez, "2D distance functions"), negative inside. */
function roundedDistance(px: number, py: number, box: Box, radius: number): number {
  const dx = Math.abs(px - box.x - box.width / 2) - box.width / 2 + radius;
  const dy = Math.abs(py - box.y - box.height / 2) - box.height / 2 + radius;
  return Math.min(Math.max(dx, dy), 0) + Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) - radius;
}

/** Lays a colour over a pixel, `coverage` 0..1, straight alpha. */
function blend(data: Uint8Array, at: number, color: Rgba, coverage: number, dither: number): void {
  const source = color.a * coverage;
  if (source <= 0) return;
  const below = (data[at + 3] as number) / 255;
  const alpha = source + below * (1 - source);
  const mix = (value: number, channel: number): number => (value * source + (data[at + channel] as number) * below * (1 - source)) / alpha;
  const [r, g, b] = [mix(color.r, 0), mix(color.g, 1), mix(color.b, 2)];
  data[at] = Math.round(r);
  data[at + 1] = Math.round(g);
  data[at + 2] = Math.round(b);
  data[at + 3] = Math.max(0, Math.min(255, Math.round(alpha * 255 + dither)));
}

/** A repeatable half level of noise, so that wide soft edges do not band. */
function ditherAt(x: number, y: number): number {
  const hash = Math.imul(x * 374_761_393 + y * 668_265_263, 1_274_126_177);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296 - 0.5;
}

function fillShape(raster: Raster, box: Box, radius: number, color: Rgba, softness: number): void {
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const distance = roundedDistance(x + 0.5, y + 0.5, box, radius);
      // A bell curve has no visible edge where it begins or ends; at `softness` it is under half a level.
      const coverage = softness === 0 ? Math.max(0, Math.min(1, 0.5 - distance)) : distance < softness ? Math.exp(-6.3 * (Math.max(0, distance) / softness) ** 2) : 0;
      if (coverage > 0) blend(raster.data, (y * raster.width + x) * 4, color, coverage, 0);
    }
  }
}

/**
 * Soft cushion that follows the lines: the letters grown by half an em, then blurred widely (σ 0.42 em) and lifted by 1.3.
 * Half an em inside a corner of the grown shape the blur leaves Φ(0.5 ÷ 0.42)² = 0.78 of it, so every letter and its
 * surroundings have the full strength, and from there it fades without an edge.
 */
export function drawScrim(raster: Raster, text: Raster, left: number, top: number, fontPx: number, color: Rgba): void {
  const { width, height } = raster;
  let plane = letterPlane(raster, text, left, top).map((value) => (value > 0 ? 1 : 0));
  for (const [step, stride, length, lines] of [[1, width, width, height], [width, 1, height, width]] as const) {
    plane = boxBlur(plane, length, lines, Math.round(0.5 * fontPx), step, stride).map((value) => (value > 1e-5 ? 1 : 0));
  }
  plane = blurThrice(plane, width, height, Math.max(1, Math.round(0.42 * fontPx)));
  for (let i = 0; i < plane.length; i++) {
    const strength = Math.min(1, (plane[i] as number) * 1.3);
    blend(raster.data, i * 4, color, strength, strength > 0.999 || strength < 0.004 ? 0 : ditherAt(i % width, Math.floor(i / width)));
  }
}

/** Pill with a soft shadow under it. */
export function drawButton(raster: Raster, box: Box, fontPx: number, color: Rgba, lines: number): void {
  const radius = lines === 1 ? box.height / 2 : Math.min(box.height / 2, 0.9 * fontPx);
  const inset = 0.12 * fontPx;
  const shadow = { x: box.x + inset, y: box.y + inset + 0.12 * fontPx, width: box.width - 2 * inset, height: box.height - 2 * inset };
  fillShape(raster, shadow, Math.max(0, radius - inset), { r: 0, g: 0, b: 0, a: 0.26 }, 0.42 * fontPx);
  fillShape(raster, box, radius, color, 0);
}

export function drawPlate(raster: Raster, box: Box, fontPx: number, color: Rgba): void {
  fillShape(raster, box, 0.16 * fontPx, color, 0);
}

/** The strength of a scrim or plate in `boxColor`; words of a scrim without an alpha get this. */
const DEFAULT_SCRIM_ALPHA = 0.62;

export function scrimColor(boxColor: string): Rgba {
  const color = parseColor(boxColor);
  return boxColor.length === 9 ? color : { ...color, a: DEFAULT_SCRIM_ALPHA };
}

/** Dark under light words, light under dark ones. */
export function glowColor(textColor: string): Rgba {
  const { r, g, b } = parseColor(textColor);
  return luminance(r, g, b) > 0.18 ? { r: 0, g: 0, b: 0, a: 0.32 } : { r: 255, g: 255, b: 255, a: 0.18 };
}

/** The words' alpha, blurred a little and laid under them in one colour. */
export function drawGlow(raster: Raster, text: Raster, left: number, top: number, fontPx: number, color: Rgba): void {
  const plane = blurThrice(letterPlane(raster, text, left, top), raster.width, raster.height, Math.max(1, Math.round(0.085 * fontPx)));
  for (let i = 0; i < plane.length; i++) blend(raster.data, i * 4, color, Math.min(1, (plane[i] as number) * 1.15), 0);
}

/** Alpha of the words, 0..1, on a plane of the raster's size. */
function letterPlane(raster: Raster, text: Raster, left: number, top: number): Float32Array<ArrayBuffer> {
  const plane = new Float32Array(raster.width * raster.height);
  for (let y = 0; y < text.height; y++) {
    for (let x = 0; x < text.width; x++) plane[(top + y) * raster.width + left + x] = (text.data[(y * text.width + x) * 4 + 3] as number) / 255;
  }
  return plane;
}

/** Three box blurs are close to a Gaussian. */
function blurThrice(plane: Float32Array<ArrayBuffer>, width: number, height: number, radius: number): Float32Array<ArrayBuffer> {
  let out = plane;
  for (let pass = 0; pass < 3; pass++) out = boxBlur(boxBlur(out, width, height, radius, 1, width), height, width, radius, width, 1);
  return out;
}

/** Running mean along one axis; `step` from sample to sample, `stride` from line to line. */
function boxBlur(plane: Float32Array, length: number, lines: number, radius: number, step: number, stride: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(plane.length);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    let sum = 0;
    for (let i = -radius; i < length + radius; i++) {
      const entering = i + radius;
      const leaving = i - radius - 1;
      if (entering < length && entering >= 0) sum += plane[start + entering * step] as number;
      if (leaving >= 0) sum -= plane[start + leaving * step] as number;
      if (i >= 0 && i < length) out[start + i * step] = Math.max(0, sum) / (2 * radius + 1);
    }
  }
  return out;
}

/** Lays the drawn words over everything. */
export function pasteText(raster: Raster, text: Raster, left: number, top: number): void {
  for (let y = 0; y < text.height; y++) {
    for (let x = 0; x < text.width; x++) {
      const from = (y * text.width + x) * 4;
      const a = (text.data[from + 3] as number) / 255;
      const color = { r: text.data[from] as number, g: text.data[from + 1] as number, b: text.data[from + 2] as number, a };
      blend(raster.data, ((top + y) * raster.width + left + x) * 4, color, 1, 0);
    }
  }
}
