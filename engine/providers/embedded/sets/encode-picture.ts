/** Writes a layer's pixels as PNG: 16-bit for deep rasters, 8-bit RGBA otherwise; the same input gives the same bytes. */
import sharp from 'sharp';
import type { DeepRaster, Raster } from '#engine/compositing/raster.ts';

/** Fast and deterministic; artifacts are read back within the minute, so size matters little. */
const COMPRESSION_LEVEL = 1;

/** PNG bytes of a layer's picture. */
export async function encodePicture(picture: Raster | DeepRaster): Promise<Uint8Array> {
  const { width, height, data } = picture;
  if (data instanceof Uint16Array) {
    const channels = (picture as DeepRaster).channels;
    return sharp(data, { raw: { width, height, channels } }).toColourspace('rgb16').png({ compressionLevel: COMPRESSION_LEVEL, adaptiveFiltering: true }).toBuffer();
  }
  return sharp(data, { raw: { width, height, channels: 4 } }).png({ compressionLevel: COMPRESSION_LEVEL, adaptiveFiltering: false }).toBuffer();
}
