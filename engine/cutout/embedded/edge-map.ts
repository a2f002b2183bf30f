/**
 * Where the picture changes abruptly. A soft shadow changes over many pixels and a product's outline over a few, so the
 * gradient's broad plateaus are taken away (a top-hat) and what is left are outlines, print and texture.
 */
import { dilate, erode, gaussianBlur, percentile } from './filters.ts';
import type { WorkingPicture } from './working-picture.ts';

export interface EdgeMap {
  /** Abruptness in levels per pixel. */
  readonly sharp: Float32Array;
  /** Plain gradient magnitude in levels per pixel. */
  readonly gradient: Float32Array;
  /** The same after a wide blur: as high as `gradient` on a ramp, much lower on a step. */
  readonly coarse: Float32Array;
  /** The abruptness of an empty patch of this photo: its noise. */
  readonly noise: number;
}

const RIDGE_RADIUS_PX = 3;
const FINE_SIGMA_PX = 0.8;
const COARSE_SIGMA_PX = 2.5;

export function findEdges(picture: WorkingPicture): EdgeMap {
  const { width, height } = picture;
  const gradient = gradientOf(picture, FINE_SIGMA_PX);
  const floor = dilate(erode(gradient, width, height, RIDGE_RADIUS_PX), width, height, RIDGE_RADIUS_PX);
  const sharp = new Float32Array(gradient.length);
  for (let at = 0; at < sharp.length; at++) sharp[at] = gradient[at]! - floor[at]!;
  return { sharp, gradient, coarse: gradientOf(picture, COARSE_SIGMA_PX), noise: Math.max(0.15, percentile(frameOf(sharp, width, height), 0.5)) };
}

function gradientOf(picture: WorkingPicture, sigma: number): Float32Array {
  const { width, height } = picture;
  const sum = new Float32Array(width * height);
  for (const plane of picture.planes) {
    const smooth = gaussianBlur(plane, width, height, sigma);
    for (let y = 0; y < height; y++) {
      const up = Math.max(0, y - 1) * width;
      const down = Math.min(height - 1, y + 1) * width;
      for (let x = 0; x < width; x++) {
        const left = Math.max(0, x - 1);
        const right = Math.min(width - 1, x + 1);
        const dx = (smooth[y * width + right]! - smooth[y * width + left]!) / 2;
        const dy = (smooth[down + x]! - smooth[up + x]!) / 2;
        sum[y * width + x] = sum[y * width + x]! + (dx * dx + dy * dy) / 3;
      }
    }
  }
  for (let at = 0; at < sum.length; at++) sum[at] = Math.sqrt(sum[at]!);
  return sum;
}

/** The outer twentieth of the picture: nearly always background. */
function frameOf(plane: Float32Array, width: number, height: number): Float32Array {
  const margin = Math.max(2, Math.round(Math.min(width, height) / 20));
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    const isEdgeRow = y < margin || y >= height - margin;
    for (let x = 0; x < width; x++) if (isEdgeRow || x < margin || x >= width - margin) values.push(plane[y * width + x]!);
  }
  return Float32Array.from(values);
}
