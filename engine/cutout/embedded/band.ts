/**
 * The full-size pixels near the product's outline: the only ones that the refinement touches, so a photo of 24 megapixels
 * costs no more than its outline. Depth is in full-size pixels, negative inside the product.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { sampleBilinear } from './fill-smoothly.ts';
import type { WorkingPicture } from './working-picture.ts';

export interface Band {
  readonly width: number;
  readonly height: number;
  readonly halfWidth: number;
  /** Pixel indices of the band, in reading order. */
  readonly pixels: Int32Array;
  /** Signed distance for every pixel of the photo, whole pixels ×8, clamped to ±120 (15 px). */
  readonly depth: Int8Array;
}

export const DEPTH_UNITS = 8;
const MAX_DEPTH = 120;

/** Enlarges a working-size signed distance for some rows of the photo and collects the pixels within `halfWidth` of the outline. */
export function bandFromWorking(signed: Float32Array, picture: WorkingPicture, photo: Raster, rows: { from: number; to: number }, halfWidth: number): Band {
  const { width } = photo;
  const height = rows.to - rows.from;
  const depth = new Int8Array(width * height);
  for (let y = 0; y < height; y++) {
    const workY = ((y + rows.from + 0.5) * picture.height) / photo.height - 0.5;
    for (let x = 0; x < width; x++) {
      const value = sampleBilinear(signed, picture.width, picture.height, ((x + 0.5) * picture.width) / width - 0.5, workY) * picture.factor * DEPTH_UNITS;
      depth[y * width + x] = Math.max(-MAX_DEPTH, Math.min(MAX_DEPTH, Math.round(value)));
    }
  }
  return bandOf(depth, width, height, halfWidth);
}

export function bandOf(depth: Int8Array, width: number, height: number, halfWidth: number): Band {
  const limit = Math.min(MAX_DEPTH - 1, halfWidth * DEPTH_UNITS);
  let count = 0;
  for (let at = 0; at < depth.length; at++) if (Math.abs(depth[at]!) <= limit) count++;
  const pixels = new Int32Array(count);
  count = 0;
  for (let at = 0; at < depth.length; at++) if (Math.abs(depth[at]!) <= limit) pixels[count++] = at;
  return { width, height, halfWidth, pixels, depth };
}
