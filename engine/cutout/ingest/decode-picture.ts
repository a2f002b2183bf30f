/**
 * Decodes the bytes of one picture into upright 8-bit sRGB. libvips (through sharp) does the colour management and the
 * orientation; this file decides what may be decoded at all: the header is read and judged before a single pixel is,
 * so that a small file which declares a gigantic picture costs nothing. Called by the photo and the logo ingest.
 */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { quoteFileName } from './quote-file-name.ts';
import { profileName } from './profile-name.ts';
import { badInput } from './read-input-file.ts';
import type { PictureFormat } from './sniff-format.ts';

export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** 3 (RGB) or 4 (straight-alpha RGBA). */
  readonly channels: 3 | 4;
  readonly data: Buffer;
  readonly notes: string[];
}

export interface DecodeLimits {
  readonly noun: string;
  readonly minSide: number;
  /** The result is scaled down to at most this many pixels … */
  readonly maxPixels: number;
  /** … and to this long side. */
  readonly maxSide?: number;
}

/** Decoders that read line by line; the others hold the whole picture, so they get a lower limit. */
const STREAMING: ReadonlySet<PictureFormat> = new Set(['jpeg', 'png', 'tiff']);
const MAX_STREAMED_PIXELS = 220_000_000;
const MAX_HELD_PIXELS = 64_000_000;
const MAX_SIDE = 40_000;

export async function decodePicture(bytes: Buffer, format: PictureFormat, path: string, limits: DecodeLimits): Promise<DecodedPicture> {
  const named = `The ${limits.noun} ${quoteFileName(path)}`;
  const metadata = await readHeader(bytes, format, named, path);
  judgeSize(metadata, format, named, path, limits);
  const size = uprightSize(metadata);
  const scale = Math.min(1, Math.sqrt(limits.maxPixels / (size.width * size.height)), (limits.maxSide ?? Infinity) / Math.max(size.width, size.height));
  const notes = describe(metadata);
  let pipeline = toEightBitFirst(sharp(bytes, { failOn: 'error', limitInputPixels: MAX_STREAMED_PIXELS }), metadata).timeout({ seconds: 120 }).autoOrient();
  if (scale < 1) {
    const target = { width: Math.max(1, Math.floor(size.width * scale)), height: Math.max(1, Math.floor(size.height * scale)) };
    pipeline = pipeline.resize({ ...target, fit: 'fill', kernel: 'lanczos3' });
    notes.push(`scaled down from ${size.width}×${size.height} px to ${target.width}×${target.height} px`);
  }
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw undecodable(format, named, path, cause);
    });
  return toRgb({ data, width: info.width, height: info.height }, info.channels, notes);
}

/**
 * sharp converts 16-bit RGB with a profile to Display P3 and leaves it there, and ignores the profile of 16-bit grey;
 * brought to 8 bits first, both go through their profile to sRGB.
 */
function toEightBitFirst(image: Sharp, metadata: Metadata): Sharp {
  if (metadata.space === 'rgb16') return image.pipelineColourspace('srgb');
  return metadata.space === 'grey16' ? image.pipelineColourspace('b-w') : image;
}

async function readHeader(bytes: Buffer, format: PictureFormat, named: string, path: string): Promise<Metadata> {
  return sharp(bytes, { failOn: 'error', limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw undecodable(format, named, path, cause);
    });
}

function judgeSize(metadata: Metadata, format: PictureFormat, named: string, path: string, limits: DecodeLimits): void {
  const { width, height } = metadata;
  if (Math.min(width, height) < limits.minSide) {
    throw badInput(`${named} is only ${width}×${height} px; use a picture of at least ${limits.minSide} px on its short side.`, path);
  }
  const isHeld = !STREAMING.has(format) || metadata.isProgressive === true;
  const maxPixels = isHeld ? MAX_HELD_PIXELS : MAX_STREAMED_PIXELS;
  if (width * height > maxPixels || Math.max(width, height) > MAX_SIDE) {
    throw badInput(`${named} declares ${width}×${height} px, more than the ${maxPixels / 1e6} megapixels that can be opened; save a smaller copy.`, path);
  }
}

function undecodable(format: PictureFormat, named: string, path: string, cause: unknown): Error {
  const detail = String((cause as Error).message ?? cause);
  if (format === 'heic') return badInput(`${named} is a HEIC picture and no decoder for it is installed; export it as JPEG or PNG.`, path, cause);
  if (/timeout/i.test(detail)) return badInput(`${named} takes more than two minutes to decode; save a plain JPEG or PNG copy.`, path, cause);
  return badInput(`${named} is damaged or cut short and cannot be decoded as ${format.toUpperCase()}; export or download it again.`, path, cause);
}

/** `autoOrient` in sharp's metadata is the size after the EXIF orientation. */
function uprightSize(metadata: Metadata): { width: number; height: number } {
  return { width: metadata.autoOrient.width, height: metadata.autoOrient.height };
}

function describe(metadata: Metadata): string[] {
  const notes: string[] = [];
  const profile = metadata.icc && profileName(metadata.icc);
  const from = profile === undefined ? '' : ` (${profile})`;
  if ((metadata.pages ?? 1) > 1) notes.push(metadata.format === 'tiff' ? 'several pages: first used' : 'animated: first frame used');
  if (metadata.orientation !== undefined && metadata.orientation > 1) notes.push('turned upright from its orientation tag');
  if (metadata.space === 'cmyk') notes.push(`CMYK converted to sRGB${from}`);
  else if (metadata.icc && !/sRGB/i.test(profile ?? '')) notes.push(`colour profile converted to sRGB${from}`);
  if (metadata.depth !== 'uchar' && metadata.depth !== 'char') notes.push('more than 8 bits per channel: reduced to 8');
  return notes;
}

function toRgb(picture: { data: Buffer; width: number; height: number }, channels: number, notes: string[]): DecodedPicture {
  if (channels === 3 || channels === 4) return { ...picture, channels, notes };
  const outChannels = channels === 2 ? 4 : 3;
  const data = Buffer.alloc(picture.width * picture.height * outChannels);
  for (let from = 0, to = 0; to < data.length; from += channels, to += outChannels) {
    data.fill(picture.data[from] ?? 0, to, to + 3);
    if (outChannels === 4) data[to + 3] = picture.data[from + 1] ?? 255;
  }
  return { ...picture, data, channels: outChannels, notes };
}
