/** A part of a raster as a raster of its own. */
import type { Raster } from '../raster.ts';

/** `bounds` in whole pixels; what lies outside the raster is clear. */
export function cropToBounds(cutout: Raster, bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Raster {
  const data = new Uint8Array(bounds.width * bounds.height * 4);
  const left = Math.max(0, bounds.x);
  const right = Math.min(cutout.width, bounds.x + bounds.width);
  for (let y = Math.max(0, bounds.y); y < Math.min(cutout.height, bounds.y + bounds.height); y++) {
    if (right <= left) break;
    const from = (y * cutout.width + left) * 4;
    data.set(cutout.data.subarray(from, from + (right - left) * 4), ((y - bounds.y) * bounds.width + left - bounds.x) * 4);
  }
  return { width: bounds.width, height: bounds.height, data };
}
