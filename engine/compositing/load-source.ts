/**
 * Turns a source description into pixels. Decoding, cropping and the one resampling of the product happen here; results are
 * cached by the compositor under the description, not here.
 */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { parseHex } from '#core/lib/color/hex.ts';
import type { SourceDescription } from '#core/composition/film.ts';
import type { DeepRaster, Raster } from './raster.ts';

/** Loads a still source. Clips are read frame by frame elsewhere (`encode/clip-reader.ts`). */
export async function loadSource(description: Exclude<SourceDescription, { kind: 'clip' }>, pathOf: (hash: string) => string): Promise<Raster | DeepRaster> {
  const path = pathOf(description.hash);
  switch (description.kind) {
    case 'picture':
      return loadPicture(path);
    case 'tinted':
      return tint(await loadPicture8(path), description.color);
    case 'product':
      return loadProduct(path, description);
    case 'fitted':
      return toRaster(sharp(path).ensureAlpha().resize(description.width, description.height, { kernel: 'lanczos3', fit: 'fill' }));
  }
}

/** A PNG of the store at its own depth: 16-bit pictures stay 16-bit. */
async function loadPicture(path: string): Promise<Raster | DeepRaster> {
  const { depth, channels, isPalette } = await sharp(path).metadata();
  if (depth !== 'ushort' || isPalette) return loadPicture8(path);
  const { data, info } = await sharp(path).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: channels === 4 ? 4 : 3, data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) };
}

function loadPicture8(path: string): Promise<Raster> {
  return toRaster(sharp(path).toColourspace('srgb').ensureAlpha());
}

/**
 * Crops to the product's box and reduces that to the size asked for (Lanczos 3, premultiplied by sharp), which is never larger.
 */
function loadProduct(path: string, { bounds, width, height }: Extract<SourceDescription, { kind: 'product' }>): Promise<Raster> {
  const crop = sharp(path).ensureAlpha().extract({ left: bounds.x, top: bounds.y, width: bounds.width, height: bounds.height });
  const isWhole = width === bounds.width && height === bounds.height;
  return toRaster(isWhole ? crop : crop.resize(width, height, { kernel: 'lanczos3', fit: 'fill' }));
}

async function toRaster(image: Sharp): Promise<Raster> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** Keeps the alpha, replaces the colour. */
function tint(raster: Raster, color: string): Raster {
  const { red, green, blue } = parseHex(color);
  for (let i = 0; i < raster.data.length; i += 4) {
    raster.data[i] = red;
    raster.data[i + 1] = green;
    raster.data[i + 2] = blue;
  }
  return raster;
}
