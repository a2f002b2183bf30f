/**
 * SSIM after Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
 * Similarity" (2004): 11×11 Gaussian (σ 1.5), K1 0.01, K2 0.03, L 255. Pure. The Gaussian is separable: five planes are
 * blurred along the rows at once, and along the columns only where the mask asks.
 */
import type { PixelMask } from './rgb-picture.ts';

const RADIUS = 5;
const GAUSSIAN = gaussianWindow(2 * RADIUS + 1, 1.5);
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** What SSIM needs of a window: mean of both, of both squares, and of the product. */
interface Moments {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly xx: Float32Array;
  readonly yy: Float32Array;
  readonly xy: Float32Array;
}

/** Mean over the mask's pixels whose window lies within the planes, −1..1; NaN when there is none. Planes hold 0..255. */
export function structuralSimilarity(x: Float32Array, y: Float32Array, mask: PixelMask, width: number, height: number): number {
  const rows = blurRows(x, y, width, height);
  let sum = 0;
  let count = 0;
  for (let row = RADIUS; row < height - RADIUS; row++) {
    for (let i = row * width + RADIUS, end = (row + 1) * width - RADIUS; i < end; i++) {
      if (!mask[i]) continue;
      sum += similarityAt(rows, i, width);
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}

function blurRows(x: Float32Array, y: Float32Array, width: number, height: number): Moments {
  const plane = (): Float32Array => new Float32Array(width * height);
  const out: Moments = { x: plane(), y: plane(), xx: plane(), yy: plane(), xy: plane() };
  for (let row = 0; row < height; row++) {
    for (let i = row * width + RADIUS, end = (row + 1) * width - RADIUS; i < end; i++) {
      let [mx, my, mxx, myy, mxy] = [0, 0, 0, 0, 0];
      for (let tap = 0; tap <= 2 * RADIUS; tap++) {
        const weight = GAUSSIAN[tap] as number;
        const a = x[i + tap - RADIUS] as number;
        const b = y[i + tap - RADIUS] as number;
        mx += weight * a;
        my += weight * b;
        mxx += weight * a * a;
        myy += weight * b * b;
        mxy += weight * a * b;
      }
      out.x[i] = mx;
      out.y[i] = my;
      out.xx[i] = mxx;
      out.yy[i] = myy;
      out.xy[i] = mxy;
    }
  }
  return out;
}

function similarityAt(rows: Moments, i: number, width: number): number {
  let [mx, my, mxx, myy, mxy] = [0, 0, 0, 0, 0];
  for (let tap = 0, at = i - RADIUS * width; tap <= 2 * RADIUS; tap++, at += width) {
    const weight = GAUSSIAN[tap] as number;
    mx += weight * (rows.x[at] as number);
    my += weight * (rows.y[at] as number);
    mxx += weight * (rows.xx[at] as number);
    myy += weight * (rows.yy[at] as number);
    mxy += weight * (rows.xy[at] as number);
  }
  const variances = mxx - mx * mx + myy - my * my;
  const covariance = mxy - mx * my;
  return ((2 * mx * my + C1) * (2 * covariance + C2)) / ((mx * mx + my * my + C1) * (variances + C2));
}

function gaussianWindow(size: number, sigma: number): Float64Array {
  const window = Float64Array.from({ length: size }, (_, i) => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * sigma * sigma)));
  const sum = window.reduce((total, weight) => total + weight, 0);
  return window.map((weight) => weight / sum);
}
