/**
 * Draws the product as it ought to look: the cut-out resampled with Lanczos 3, premultiplied, and nothing else. On whole pixels
 * sharp reduces it to its size; between pixels and enlarged, kernels of our own put it exactly where it belongs. The
 * compositor's code is not used here on purpose: a check that shares the code it checks would share its mistakes.
 */
import sharp from 'sharp';
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { Raster } from '../raster.ts';
import { premultiply, type FineRaster } from './fine-raster.ts';
import { addTaps, tapsOf } from './lanczos-taps.ts';
import type { ProductPlacement } from './product-placement.ts';
import type { PixelMask, RgbPicture } from './rgb-picture.ts';
import { sampleTurned, type Keep } from './sample-turned.ts';

/** The product in a region of the canvas; `opaque` marks where it hides all behind it (alpha above 250). */
export interface IdealProduct {
  readonly picture: RgbPicture;
  readonly opaque: PixelMask;
}

const OPAQUE = 250;
/** Photos are reduced to this many samples per pixel before the exact resampling: fine enough to leave no trace. */
const FINE = 2;

export async function drawIdealProduct(cutout: Raster, placement: ProductPlacement, region: Rect): Promise<IdealProduct> {
  const picture = { width: region.width, height: region.height, data: new Uint8Array(region.width * region.height * 3) };
  const opaque = new Uint8Array(region.width * region.height);
  const keep: Keep = (i, pixel) => {
    const alpha = pixel[3] as number;
    if (alpha <= OPAQUE) return;
    opaque[i] = 1;
    for (let channel = 0; channel < 3; channel++) picture.data[i * 3 + channel] = clampByte(((pixel[channel] as number) * 255) / alpha);
  };
  const { productRect: rect, rotationDeg } = placement;
  if (rotationDeg !== 0) sampleTurned(premultiply(await reduceTo(cutout, { width: Math.round(rect.width), height: Math.round(rect.height) })), placement, region, keep);
  else if (isReducedToWholePixels(cutout, rect)) copyInto(await reduceTo(cutout, rect), rect, region, picture, opaque);
  else drawBetween(premultiply(await reduceTo(cutout, { width: Math.ceil(rect.width * FINE), height: Math.ceil(rect.height * FINE) })), rect, region, keep);
  return { picture, opaque };
}

function isReducedToWholePixels(cutout: Raster, rect: Rect): boolean {
  return [rect.x, rect.y, rect.width, rect.height].every(Number.isInteger) && rect.width <= cutout.width && rect.height <= cutout.height;
}

function copyInto({ width, data }: Raster, rect: Rect, region: Rect, picture: RgbPicture, opaque: PixelMask): void {
  const left = Math.max(region.x, rect.x);
  const right = Math.min(region.x + region.width, rect.x + rect.width);
  for (let y = Math.max(region.y, rect.y); y < Math.min(region.y + region.height, rect.y + rect.height); y++) {
    let from = ((y - rect.y) * width + left - rect.x) * 4;
    let to = (y - region.y) * region.width + left - region.x;
    for (let x = left; x < right; x++, from += 4, to++) {
      if ((data[from + 3] as number) <= OPAQUE) continue;
      opaque[to] = 1;
      for (let channel = 0; channel < 3; channel++) picture.data[to * 3 + channel] = data[from + channel] as number;
    }
  }
}

/** Without a turn the kernel is separable: columns first, then rows, with the weights of each worked out once. */
function drawBetween({ width, height, data }: FineRaster, rect: Rect, region: Rect, keep: Keep): void {
  const columns = tapsOf(region.width, region.x - rect.x, rect.width, width);
  const rows = tapsOf(region.height, region.y - rect.y, rect.height, height);
  const narrow = new Float32Array(height * region.width * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < region.width; x++) addTaps(data, y * width * 4, 4, columns, x, width, narrow, (y * region.width + x) * 4);
  const pixel = new Float32Array(4);
  for (let y = 0, i = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++, i++) {
      addTaps(narrow, x * 4, region.width * 4, rows, y, height, pixel, 0);
      keep(i, pixel);
    }
  }
}

/** The cut-out in this size if that is a reduction, else as it is: sharp enlarges with another filter than Lanczos. */
async function reduceTo(cutout: Raster, { width, height }: Size): Promise<Raster> {
  if (width > cutout.width || height > cutout.height || (width === cutout.width && height === cutout.height)) return cutout;
  const image = sharp(cutout.data, { raw: { width: cutout.width, height: cutout.height, channels: 4 } });
  const data = await image.resize(Math.max(1, width), Math.max(1, height), { kernel: 'lanczos3', fit: 'fill' }).raw().toBuffer();
  return { width: Math.max(1, width), height: Math.max(1, height), data };
}

function clampByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
