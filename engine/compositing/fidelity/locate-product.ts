/** Looks whether the product really stands where it was put, by normalised cross-correlation of lumas. Pure. */
import type { Size } from '#core/project/ratio.ts';
import type { PixelMask } from './rgb-picture.ts';

export interface Location {
  /** The shift at which the frame fits the ideal best, whole pixels; 0,0 where it ought to be. */
  readonly offsetX: number;
  readonly offsetY: number;
  /** Correlation there, −1..1; 1 for a product without any structure. */
  readonly correlation: number;
}

const REACH = 4;
/** Every third pixel of every third row tells as much. */
const STRIDE = 3;
/** A better fit elsewhere counts from this gain on: on smooth products the coding noise makes neighbours equal. */
const NOTABLE_GAIN = 0.0005;

/** Searches ±4 pixels both ways; both lumas and the mask have the same size. */
export function locateProduct(actual: Float32Array, ideal: Float32Array, mask: PixelMask, size: Size): Location {
  const at = (offsetX: number, offsetY: number): Location => ({ offsetX, offsetY, correlation: correlate(actual, ideal, mask, size, offsetX, offsetY) });
  let best = at(0, 0);
  const home = best.correlation;
  for (let offsetY = -REACH; offsetY <= REACH; offsetY++) {
    for (let offsetX = -REACH; offsetX <= REACH; offsetX++) {
      const candidate = at(offsetX, offsetY);
      if (candidate.correlation > best.correlation && candidate.correlation > home + NOTABLE_GAIN) best = candidate;
    }
  }
  return best;
}

function correlate(actual: Float32Array, ideal: Float32Array, mask: PixelMask, size: Size, offsetX: number, offsetY: number): number {
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (let y = Math.max(0, -offsetY); y < Math.min(size.height, size.height - offsetY); y += STRIDE) {
    for (let x = Math.max(0, -offsetX); x < Math.min(size.width, size.width - offsetX); x += STRIDE) {
      const i = y * size.width + x;
      if (!mask[i]) continue;
      const a = actual[i + offsetY * size.width + offsetX] as number;
      const b = ideal[i] as number;
      count++;
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
  }
  const varianceA = squaresA - (sumA * sumA) / count;
  const varianceB = squaresB - (sumB * sumB) / count;
  // Less than one code value of spread: nothing to hold on to.
  if (varianceB < count || varianceA < count) return varianceB < count ? 1 : 0;
  return (products - (sumA * sumB) / count) / Math.sqrt(varianceA * varianceB);
}
