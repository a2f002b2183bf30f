/** The alpha channel of a raster as a mask. */
import type { Raster } from '../raster.ts';
import type { Mask } from './grid.ts';

export function maskOf({ width, height, data }: Raster): Mask {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = data[i * 4 + 3] as number;
  return { width, height, data: alpha };
}
