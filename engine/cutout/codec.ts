/**
 * Pictures in and out of memory for the cut-out code: PNG bytes ↔ rasters and masks. The encoder's settings are fixed
 * and no metadata is written, so the same pixels always give the same bytes.
 */
import sharp from 'sharp';
import type { Raster } from '#engine/compositing/raster.ts';

/** One 8-bit value per pixel, row by row: an alpha mask or a shadow matte. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const PNG_OPTIONS = { compressionLevel: 6, adaptiveFiltering: true, palette: false, progressive: false } as const;

/** Decodes an 8-bit sRGB PNG (as the ingest writes it) to straight-alpha RGBA. */
export async function decodeRaster(png: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(png, { limitInputPixels: false }).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** Decodes a grey PNG to a mask. */
export async function decodeMask(png: Uint8Array): Promise<Mask> {
  const { data, info } = await sharp(png, { limitInputPixels: false }).removeAlpha().toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** RGBA raster → PNG with alpha. */
export function encodeRaster(raster: Raster): Promise<Buffer> {
  return encodeChannels(raster, 4);
}

/** Mask → 8-bit grey PNG. */
export function encodeMask(mask: Mask): Promise<Buffer> {
  return encodeChannels(mask, 1);
}

/** Packed 8-bit channels → PNG: 1 grey, 3 RGB, 4 RGBA. */
export function encodeChannels(picture: { width: number; height: number; data: Uint8Array }, channels: 1 | 3 | 4): Promise<Buffer> {
  const image = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels }, limitInputPixels: false });
  return (channels === 1 ? image.toColourspace('b-w') : image).png(PNG_OPTIONS).toBuffer();
}
