/** Worker task: one source of a frame plan, as the export makes it, as a picture that a page can load. */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { SourceDescription } from '#core/composition/film.ts';
import { loadSource } from '#engine/compositing/load-source.ts';
import type { DeepRaster, Raster } from '#engine/compositing/raster.ts';
import { storeOf } from '#engine/compositing/tasks/task-store.ts';

/** What is made, where its artifact lies, and at which part of its size. */
export interface SourcePicturePayload {
  readonly dataDir: string;
  readonly description: Exclude<SourceDescription, { kind: 'clip' }>;
  readonly scale: number;
}

/** A PNG: straight alpha, colours under clear pixels kept, so that scaling on a canvas does not darken edges. */
export async function run({ dataDir, description, scale }: SourcePicturePayload): Promise<Uint8Array> {
  const store = storeOf(dataDir);
  const raster = await loadSource(description, (hash) => store.pathOf(hash));
  const image = toImage(raster);
  const size = { width: Math.max(1, Math.round(raster.width * scale)), height: Math.max(1, Math.round(raster.height * scale)) };
  const sized = scale < 1 ? image.resize(size.width, size.height, { kernel: 'lanczos3', fit: 'fill' }) : image;
  return await sized.toColourspace('srgb').png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer();
}

function toImage(raster: Raster | DeepRaster): Sharp {
  const { width, height } = raster;
  if ('channels' in raster) return sharp(dithered(raster), { raw: { width, height, channels: raster.channels } });
  return sharp(raster.data, { raw: { width, height, channels: 4 } });
}

/** 4 × 4 ordered thresholds: sixteen steps between two 8-bit values, and still a pattern that PNG packs well. */
const THRESHOLDS = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** A page draws 8 bits; rounding a 16-bit gradient to them would show bands that the export does not have. */
function dithered({ width, height, channels, data }: DeepRaster): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const threshold = ((THRESHOLDS[(y & 3) * 4 + (x & 3)] ?? 0) + 0.5) / 16;
      for (let channel = 0; channel < channels; channel++, at++) out[at] = Math.min(255, Math.floor((data[at] ?? 0) / 257 + threshold));
    }
  }
  return out;
}
