/**
 * Takes a product photo as a user has it (any camera, any colour space, any name) and returns the one form that the
 * rest of the program knows: upright 8-bit sRGB PNG. What cannot be a product photo is refused with one sentence.
 */
import { encodeChannels } from './codec.ts';
import { decodePicture, type DecodedPicture } from './ingest/decode-picture.ts';
import { quoteFileName } from './ingest/quote-file-name.ts';
import { badInput, readInputFile } from './ingest/read-input-file.ts';
import { sniffFormat, type SniffedFile } from './ingest/sniff-format.ts';

export interface IngestedPhoto {
  /** 8-bit sRGB, orientation applied, no metadata; RGBA when the file's alpha is really used, RGB otherwise. */
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** What was done to the photo and what the user should know, e.g. `animated: first frame used`, `small: 400 px`. */
  readonly notes: string[];
  /** What the file really is, whatever its name says. */
  readonly original: { readonly mime: string; readonly extension: string };
}

type PictureFile = Extract<SniffedFile, { isPicture: true }>;

const KIND = { noun: 'product photo', maxBytes: 200_000_000 };
const LIMITS = { noun: KIND.noun, minSide: 64, maxPixels: 24_000_000 };
/** Enough to see whether anything is visible. */
const CHECK_PIXELS = 1_000_000;
/** Below this long side a full-height product on a 1080p canvas is visibly enlarged. */
const SMALL_SIDE = 800;
/** An alpha channel that never goes below this carries nothing. */
const OPAQUE_ALPHA = 250;
const VISIBLE_ALPHA = 10;

/** Reads and normalises one photo. Throws `AdgenError('BAD_INPUT')`; scales down to 24 megapixels. */
export async function ingestPhoto(filePath: string): Promise<IngestedPhoto> {
  const { file, picture, hasAlpha } = await openPhoto(filePath, LIMITS.maxPixels);
  const kept = hasAlpha ? picture : dropAlpha(picture);
  const longSide = Math.max(kept.width, kept.height);
  return {
    png: await encodeChannels(kept, kept.channels),
    width: kept.width,
    height: kept.height,
    hasAlpha,
    notes: longSide < SMALL_SIDE ? [...kept.notes, `small: ${longSide} px`] : kept.notes,
    original: { mime: file.mime, extension: file.extension },
  };
}

/** Throws what `ingestPhoto` would throw (every pixel is decoded), at less memory and without writing anything. */
export async function checkPhoto(filePath: string): Promise<void> {
  await openPhoto(filePath, CHECK_PIXELS);
}

async function openPhoto(filePath: string, maxPixels: number): Promise<{ file: PictureFile; picture: DecodedPicture; hasAlpha: boolean }> {
  const bytes = await readInputFile(filePath, KIND);
  const file = sniffFormat(bytes, filePath);
  const named = `The product photo ${quoteFileName(filePath)}`;
  if (!file.isPicture) throw badInput(`${named} is ${file.label}; use a JPEG, PNG, WebP, AVIF, TIFF or GIF picture.`, filePath);
  if (file.format === 'svg') throw badInput(`${named} is an SVG drawing, which can only be a logo; use a photo (JPEG, PNG, WebP, AVIF or TIFF).`, filePath);
  const picture = await decodePicture(bytes, file.format, filePath, { ...LIMITS, maxPixels });
  const alpha = alphaRange(picture);
  if (alpha.max < VISIBLE_ALPHA) throw badInput(`${named} is fully transparent; export it with its pixels visible.`, filePath);
  return { file, picture, hasAlpha: alpha.min < OPAQUE_ALPHA };
}

/** Lowest and highest alpha, 255 for a picture without any. */
function alphaRange(picture: DecodedPicture): { min: number; max: number } {
  if (picture.channels === 3) return { min: 255, max: 255 };
  let min = 255;
  let max = 0;
  for (let at = 3; at < picture.data.length; at += 4) {
    const alpha = picture.data[at] ?? 0;
    if (alpha < min) min = alpha;
    if (alpha > max) max = alpha;
  }
  return { min, max };
}

function dropAlpha(picture: DecodedPicture): DecodedPicture {
  if (picture.channels === 3) return picture;
  const data = Buffer.alloc(picture.width * picture.height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) picture.data.copy(data, to, from, from + 3);
  return { ...picture, channels: 3, data };
}
