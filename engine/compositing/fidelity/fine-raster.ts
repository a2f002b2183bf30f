import type { Raster } from '../raster.ts';

/** Premultiplied RGBA, 0..255, in floating point. */
export interface FineRaster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function premultiply({ width, height, data }: Raster): FineRaster {
  const out = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    for (let channel = at; channel < at + 3; channel++) out[channel] = ((data[channel] as number) * alpha) / 255;
    out[at + 3] = alpha;
  }
  return { width, height, data: out };
}
