/** Finds where on the product the colours are furthest off. Pure. */
import { deltaE2000 } from '#core/lib/color/delta-e-2000.ts';
import { labOfRgb8 } from '#core/lib/color/lab.ts';
import type { PixelMask, RgbPicture } from './rgb-picture.ts';

export interface Patch {
  /** Top left corner within the picture, pixels. */
  readonly x: number;
  readonly y: number;
  readonly sizePx: number;
  /** CIEDE2000 between the patch's mean colours. */
  readonly deltaE: number;
}

/**
 * A patch is judged by its mean colour: what 4:2:0 and x264 do to single pixels averages out, a letter that was redrawn
 * or a label that moved does not.
 */
const SIZE = 12;

/** The patch of the mask (at least three quarters covered) with the largest difference; undefined when none is covered. */
export function findWorstPatch(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask): Patch | undefined {
  let worst: Patch | undefined;
  for (let y = 0; y + SIZE <= ideal.height; y += SIZE / 2) {
    for (let x = 0; x + SIZE <= ideal.width; x += SIZE / 2) {
      const deltaE = patchDifference(actual, ideal, mask, x, y);
      if (deltaE !== undefined && deltaE > (worst?.deltaE ?? -1)) worst = { x, y, sizePx: SIZE, deltaE };
    }
  }
  return worst;
}

function patchDifference(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask, left: number, top: number): number | undefined {
  const sums = [0, 0, 0, 0, 0, 0] as [number, number, number, number, number, number];
  let count = 0;
  for (let y = top; y < top + SIZE; y++) {
    for (let i = y * ideal.width + left; i < y * ideal.width + left + SIZE; i++) {
      if (!mask[i]) continue;
      count++;
      for (let channel = 0; channel < 3; channel++) {
        sums[channel as 0] += actual.data[i * 3 + channel] as number;
        sums[(channel + 3) as 3] += ideal.data[i * 3 + channel] as number;
      }
    }
  }
  if (count < SIZE * SIZE * 0.75) return undefined;
  const mean = sums.map((sum) => Math.round(sum / count)) as typeof sums;
  return deltaE2000(labOfRgb8(mean[0], mean[1], mean[2]), labOfRgb8(mean[3], mean[4], mean[5]));
}
