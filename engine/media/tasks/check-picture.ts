/** Worker task: looks at a picture of the user's. Every pixel is decoded once, so that what is taken in can be used; logos and masks get their one form. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { storeOf } from '#engine/compositing/tasks/task-store.ts';
import { decodeMask, encodeMask } from '#engine/cutout/codec.ts';
import { ingestLogo } from '#engine/cutout/ingest-logo.ts';
import { checkPhoto } from '#engine/cutout/ingest-photo.ts';
import { decodePicture } from '#engine/cutout/ingest/decode-picture.ts';
import { sniffFormat } from '#engine/cutout/ingest/sniff-format.ts';

/** What to look at, and what for. */
export interface CheckPicturePayload {
  readonly dataDir: string;
  readonly path: string;
  /** How the user knows it. */
  readonly name: string;
  readonly purpose: 'photo' | 'logo' | 'backdrop' | 'mask';
}

/** `made`: the artifact that takes the file's place; missing = the file is kept as it is. The size is that of the upright picture. */
export interface CheckedPicture {
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly notices: readonly string[];
  readonly made?: AssetRef;
}

/** Throws BAD_INPUT. */
export async function run(payload: CheckPicturePayload): Promise<CheckedPicture> {
  switch (payload.purpose) {
    case 'photo':
      await checkPhoto(payload.path);
      return { ...(await describe(payload.path)), notices: [] };
    case 'backdrop':
      return await checkBackdrop(payload);
    case 'logo':
      return await takeLogo(payload);
    case 'mask':
      return await takeMask(payload);
  }
}

const mimeOf = (bytes: Uint8Array, path: string): string => {
  const file = sniffFormat(bytes, path);
  return file.isPicture ? file.mime : 'application/octet-stream';
};

async function describe(path: string): Promise<Pick<CheckedPicture, 'mime' | 'width' | 'height'>> {
  const bytes = await readFile(path);
  const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return { mime: mimeOf(bytes, path), width: autoOrient.width, height: autoOrient.height };
}

async function checkBackdrop({ path, name }: CheckPicturePayload): Promise<CheckedPicture> {
  const bytes = await readFile(path);
  const file = sniffFormat(bytes, path);
  if (!file.isPicture || file.format === 'svg') throw new AdgenError('BAD_INPUT', `The backdrop "${name}" is ${file.isPicture ? 'an SVG drawing' : file.label}; use a JPEG, PNG, WebP, MP4, MOV or WebM file.`);
  const { notes } = await decodePicture(bytes, file.format, path, { noun: 'backdrop', minSide: 64, maxPixels: 1_000_000 });
  return { ...(await describe(path)), notices: notes.filter((note) => !note.startsWith('scaled down')) }; // scaled down only to be looked at
}

async function takeLogo({ dataDir, path }: CheckPicturePayload): Promise<CheckedPicture> {
  const { png, width, height, notes } = await ingestLogo(path);
  return { mime: 'image/png', width, height, notices: notes, made: await storeOf(dataDir).putBytes(png, 'logo.png', 'image/png') };
}

/** A painted mask in its one form, so that the same mask always has the same hash. */
async function takeMask({ dataDir, path, name }: CheckPicturePayload): Promise<CheckedPicture> {
  const bytes = await readFile(path);
  if (mimeOf(bytes, path) !== 'image/png') throw new AdgenError('BAD_INPUT', `The mask "${name}" is no PNG picture. Save it as an 8-bit grey PNG.`);
  const damaged = (cause: unknown): never => {
    throw new AdgenError('BAD_INPUT', `The mask "${name}" is damaged and cannot be read. Save it again.`, { cause });
  };
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata().catch(damaged);
  if (width * height > 24_000_000) throw new AdgenError('BAD_INPUT', `The mask "${name}" has ${width}×${height} px; a mask is as large as its upright photo, at most 24 megapixels.`);
  const mask = await decodeMask(bytes).catch(damaged);
  return { mime: 'image/png', width, height, notices: [], made: await storeOf(dataDir).putBytes(await encodeMask(mask), 'product_mask.png', 'image/png') };
}
