/**
 * The small pictures that shadow, light and stance are measured on: linear luminance and product coverage, averaged
 * down to a working size. Averages are taken in linear light and separately outside the product, so that its colours
 * do not bleed into the floor beside it.
 */
import { linearFromSrgb } from '#core/lib/color/srgb.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import type { Mask } from '../codec.ts';

export interface LightPlanes {
  readonly width: number;
  readonly height: number;
  /** Working pixels per photo pixel, ≤ 1. */
  readonly scale: number;
  /** Linear luminance 0..1 of what is not product; where all is product, of the product. */
  readonly luminance: Float32Array;
  /** Mean linear red, green, blue of what is not product. */
  readonly background: readonly [Float32Array, Float32Array, Float32Array];
  /** Share of the product in each working pixel, 0..1. */
  readonly coverage: Float32Array;
}

const WORK_SIDE = 720;
/** Linear light of each 8-bit sRGB value. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, value) => linearFromSrgb(value / 255));

export function lightPlanes(photo: Raster, mask: Mask, workSide = WORK_SIDE): LightPlanes {
  const scale = Math.min(1, workSide / Math.max(photo.width, photo.height));
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const sums = Array.from({ length: 5 }, () => new Float32Array(width * height)) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const [red, green, blue, weights, coverage] = sums;
  const counts = new Float32Array(width * height);
  const columns = Int32Array.from({ length: photo.width }, (_, x) => Math.min(width - 1, Math.floor((x * width) / photo.width)));
  for (let y = 0; y < photo.height; y++) {
    const row = Math.min(height - 1, Math.floor((y * height) / photo.height)) * width;
    for (let x = 0; x < photo.width; x++) {
      const pixel = y * photo.width + x;
      const at = row + (columns[x] ?? 0);
      const alpha = (mask.data[pixel] ?? 0) / 255;
      // A trace of weight for the product keeps the mean defined where nothing else is.
      const weight = Math.max(1e-4, alpha > 0.02 ? 0 : 1);
      red[at] = (red[at] ?? 0) + weight * (LINEAR[photo.data[pixel * 4] ?? 0] ?? 0);
      green[at] = (green[at] ?? 0) + weight * (LINEAR[photo.data[pixel * 4 + 1] ?? 0] ?? 0);
      blue[at] = (blue[at] ?? 0) + weight * (LINEAR[photo.data[pixel * 4 + 2] ?? 0] ?? 0);
      weights[at] = (weights[at] ?? 0) + weight;
      coverage[at] = (coverage[at] ?? 0) + alpha;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  const luminance = new Float32Array(width * height);
  for (let at = 0; at < luminance.length; at++) {
    const weight = weights[at] || 1;
    for (const plane of [red, green, blue]) plane[at] = (plane[at] ?? 0) / weight;
    luminance[at] = 0.2126 * (red[at] ?? 0) + 0.7152 * (green[at] ?? 0) + 0.0722 * (blue[at] ?? 0);
    coverage[at] = (coverage[at] ?? 0) / (counts[at] || 1);
  }
  return { width, height, scale, luminance, background: [red, green, blue], coverage };
}
