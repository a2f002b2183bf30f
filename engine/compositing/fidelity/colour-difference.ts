/** How far the colours of two pictures are apart over a mask. Pure. */
import { deltaE2000 } from '#core/lib/color/delta-e-2000.ts';
import { labOfRgb8 } from '#core/lib/color/lab.ts';
import type { PixelMask, RgbPicture } from './rgb-picture.ts';

/**
 * Mean CIEDE2000 over the mask. Every other pixel counts, like the black squares of a chessboard: no pattern of 4:2:0 or
 * of x264's blocks lines up with that, and it halves the dearest part of the report.
 */
export function meanDeltaE(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask): number {
  const a = actual.data;
  const b = ideal.data;
  let sum = 0;
  let count = 0;
  for (let y = 0; y < ideal.height; y++) {
    for (let i = y * ideal.width + (y & 1), end = (y + 1) * ideal.width; i < end; i += 2) {
      if (!mask[i]) continue;
      count++;
      const at = i * 3;
      if (a[at] === b[at] && a[at + 1] === b[at + 1] && a[at + 2] === b[at + 2]) continue;
      sum += deltaE2000(labOfRgb8(a[at] as number, a[at + 1] as number, a[at + 2] as number), labOfRgb8(b[at] as number, b[at + 1] as number, b[at + 2] as number));
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** Over the three 8-bit channels together, decibels; Infinity for equal pictures. */
export function psnr(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask): number {
  let squares = 0;
  let count = 0;
  for (let i = 0, at = 0; i < mask.length; i++, at += 3) {
    if (!mask[i]) continue;
    for (let channel = at; channel < at + 3; channel++) squares += ((actual.data[channel] as number) - (ideal.data[channel] as number)) ** 2;
    count += 3;
  }
  return squares === 0 ? Infinity : 10 * Math.log10((255 * 255 * count) / squares);
}
