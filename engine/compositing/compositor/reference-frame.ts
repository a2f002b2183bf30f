/** The ideal picture in floating point, for tests: straight alpha-over of rasters on whole pixels, then BT.709 with box chroma. */
import type { Size } from '#core/project/ratio.ts';
import type { Raster } from '../raster.ts';
import { exactYuv } from './nearest-yuv.ts';

export type Pixel = readonly [number, number, number, number];

/** RGB canvas, 0..1 floats. */
export class ReferenceCanvas {
  readonly size: Size;
  readonly rgb: Float64Array;

  constructor(size: Size) {
    this.size = size;
    this.rgb = new Float64Array(size.width * size.height * 3);
  }

  /** Blends `paint(x, y)` (straight RGBA 0..1) over every pixel. */
  blend(kind: 'normal' | 'multiply' | 'screen', opacity: number, paint: (x: number, y: number) => Pixel): this {
    for (let y = 0; y < this.size.height; y++) {
      for (let x = 0; x < this.size.width; x++) {
        const pixel = paint(x, y);
        const alpha = pixel[3] * opacity;
        const at = (y * this.size.width + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const below = this.rgb[at + channel] as number;
          const colour = pixel[channel] as number;
          const blended = { normal: colour, multiply: below * colour, screen: 1 - (1 - below) * (1 - colour) }[kind];
          this.rgb[at + channel] = below + (blended - below) * alpha;
        }
      }
    }
    return this;
  }

  place(raster: Raster, left: number, top: number): this {
    return this.blend('normal', 1, (x, y) => pixelAt(raster, x - left, y - top));
  }

  /** Planes as the compositor returns them, not rounded. */
  toYuv(): Float64Array {
    const { width, height } = this.size;
    const luma = width * height;
    const out = new Float64Array((luma * 3) / 2);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 3;
        const yuv = exactYuv([this.rgb[at] as number, this.rgb[at + 1] as number, this.rgb[at + 2] as number]);
        const chroma = luma + (y >> 1) * (width / 2) + (x >> 1);
        out[y * width + x] = yuv[0];
        out[chroma] = (out[chroma] as number) + yuv[1] / 4;
        out[chroma + luma / 4] = (out[chroma + luma / 4] as number) + yuv[2] / 4;
      }
    }
    return out;
  }
}

/** Straight RGBA 0..1; clear outside the raster. */
export function pixelAt(raster: Raster, x: number, y: number): Pixel {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return [0, 0, 0, 0];
  const at = (y * raster.width + x) * 4;
  const channel = (index: number): number => (raster.data[at + index] as number) / 255;
  return [channel(0), channel(1), channel(2), channel(3)];
}

export function peakSignalToNoise(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++) sum += ((actual[i] as number) - (expected[i] as number)) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 * 255 * expected.length) / sum);
}

export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs((actual[i] as number) - (expected[i] as number)));
  return largest;
}
