import type { PixelMask } from './rgb-picture.ts';

/** Takes `radius` pixels off the mask's edge all round (square element); what lies outside the picture counts as outside the mask. */
export function erodeMask(mask: PixelMask, width: number, height: number, radius: number): PixelMask {
  const rows = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) erodeLine(mask, rows, y * width, 1, width, radius);
  const eroded = new Uint8Array(mask.length);
  for (let x = 0; x < width; x++) erodeLine(rows, eroded, x, width, height, radius);
  return eroded;
}

/** A pixel stays when the run of set pixels round it reaches `radius` to both sides. */
function erodeLine(from: PixelMask, to: PixelMask, start: number, step: number, length: number, radius: number): void {
  let run = 0;
  for (let i = 0; i < length; i++) {
    run = from[start + i * step] ? run + 1 : 0;
    if (run > 2 * radius) to[start + (i - radius) * step] = 1;
  }
}
