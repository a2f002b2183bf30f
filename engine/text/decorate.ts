/**
 * What stands behind the words: a barely visible glow, a soft cushion, a pill or a plate. Shapes are distance fields of a
 * rounded rectangle, drawn straight into the RGBA raster; lengths in em.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { type Rgba, luminance, parseColor } from './color.ts';
import { fillSoft } from './fill-soft.ts';
import { blurThrice, grownPlane, letterPlane } from './soft-plane.ts';
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
  return (dx > 0 && dy > 0 ? Math.hypot(dx, dy) : Math.max(dx, dy)) - radius;
}

/** Lays a colour over a pixel, `source` = its alpha 0..1, straight alpha. */
function blend(data: Uint8Array, at: number, r: number, g: number, b: number, source: number): void {
  if (source <= 0) return;
  if (source >= 1) {
    data[at] = r;
    data[at + 1] = g;
    data[at + 2] = b;
    data[at + 3] = 255;
    return;
  }
  const below = (data[at + 3] as number) / 255;
  const alpha = source + below * (1 - source);
  data[at] = Math.round((r * source + (data[at] as number) * below * (1 - source)) / alpha);
  data[at + 1] = Math.round((g * source + (data[at + 1] as number) * below * (1 - source)) / alpha);
  data[at + 2] = Math.round((b * source + (data[at + 2] as number) * below * (1 - source)) / alpha);
  data[at + 3] = Math.round(alpha * 255);
}

function fillShape(raster: Raster, box: Box, radius: number, color: Rgba, softness: number): void {
  const { data, width, height } = raster;
  const reach = Math.ceil(softness) + 1;
  const [left, right] = [Math.max(0, Math.floor(box.x) - reach), Math.min(width, Math.ceil(box.x + box.width) + reach)];
  const [top, bottom] = [Math.max(0, Math.floor(box.y) - reach), Math.min(height, Math.ceil(box.y + box.height) + reach)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const distance = roundedDistance(x + 0.5, y + 0.5, box, radius);
      // A bell curve has no visible edge where it begins or ends; at `softness` it is under half a level.
      const coverage = softness === 0 ? Math.max(0, Math.min(1, 0.5 - distance)) : distance <= 0 ? 1 : distance < softness ? Math.exp(-6.3 * (distance / softness) ** 2) : 0;
      blend(data, (y * width + x) * 4, color.r, color.g, color.b, color.a * coverage);
    }
  }
}

/**
 * Soft cushion that follows the lines: the letters grown by half an em, then blurred widely (σ 0.42 em) and lifted by 1.3.
 * Half an em inside a corner of the grown shape the blur leaves Φ(0.5 ÷ 0.42)² = 0.78 of it, so every letter and its
 * surroundings have the full strength, and from there it fades without an edge. Fills an empty raster.
 */
export function drawScrim(raster: Raster, letters: Raster, left: number, top: number, fontPx: number, color: Rgba): void {
  const radius = Math.max(1, Math.round(0.42 * fontPx));
  const plane = grownPlane({ letters, left, top, width: raster.width, height: raster.height }, Math.round(0.5 * fontPx), radius);
  blurThrice(plane, radius);
  fillSoft(raster, plane, color, 1.3, true);
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

/** The words' alpha, blurred a little and laid under them in one colour. Fills an empty raster. */
export function drawGlow(raster: Raster, letters: Raster, left: number, top: number, fontPx: number, color: Rgba): void {
  const radius = Math.max(1, Math.round(0.085 * fontPx));
  const plane = letterPlane({ letters, left, top, width: raster.width, height: raster.height }, radius);
  blurThrice(plane, radius);
  fillSoft(raster, plane, color, 1.15, false);
}

/** Lays the drawn words over everything. */
export function pasteText({ data, width }: Raster, text: Raster, left: number, top: number): void {
  for (let y = 0; y < text.height; y++) pasteRow(text.data.subarray(y * text.width * 4, (y + 1) * text.width * 4), data, ((top + y) * width + left) * 4);
}

function pasteRow(from: Uint8Array, data: Uint8Array, start: number): void {
  for (let i = 0; i < from.length; i += 4) {
    const alpha = from[i + 3] as number;
    if (alpha > 0) blend(data, start + i, from[i] as number, from[i + 1] as number, from[i + 2] as number, alpha / 255);
  }
}
