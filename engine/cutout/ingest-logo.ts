/**
 * Takes a brand's logo (PNG, JPEG, WebP or SVG) and returns an RGBA PNG of at most 2048 px. An SVG is rendered at that
 * size after it has been judged (`ingest/clean-svg.ts`); it never reaches outside itself. An opaque background is kept
 * as it is, because guessing what belongs to a logo spoils logos, but it is noted.
 */
import sharp from 'sharp';
import { paletteOf } from './analysis/palette.ts';
import { decodeRaster, encodeChannels, type Mask } from './codec.ts';
import { cleanSvg } from './ingest/clean-svg.ts';
import { decodePicture, type DecodedPicture } from './ingest/decode-picture.ts';
import { quoteFileName } from './ingest/quote-file-name.ts';
import { badInput, readInputFile } from './ingest/read-input-file.ts';
import { sniffFormat, type PictureFormat } from './ingest/sniff-format.ts';

export interface IngestedLogo {
  /** RGBA, 8-bit sRGB, at most 2048 px on its long side. */
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  /** e.g. `opaque background #ffffff kept`, `contains text: drawn with the fonts of this machine`. */
  readonly notes: string[];
  readonly original: { readonly mime: string; readonly extension: string };
}

const KIND = { noun: 'logo', maxBytes: 30_000_000 };
const MAX_SVG_BYTES = 5_000_000;
const MAX_SIDE = 2048;
const LIMITS = { noun: KIND.noun, minSide: 8, maxPixels: MAX_SIDE * MAX_SIDE, maxSide: MAX_SIDE };
const FORMATS: ReadonlySet<PictureFormat> = new Set(['png', 'jpeg', 'webp', 'svg']);

/** Reads and normalises one logo. Throws `AdgenError('BAD_INPUT')`. */
export async function ingestLogo(filePath: string): Promise<IngestedLogo> {
  const bytes = await readInputFile(filePath, KIND);
  const file = sniffFormat(bytes, filePath);
  const named = `The logo ${quoteFileName(filePath)}`;
  if (!file.isPicture) throw badInput(`${named} is ${file.label}; use a PNG, SVG, WebP or JPEG picture.`, filePath);
  if (!FORMATS.has(file.format)) throw badInput(`${named} is a ${file.format.toUpperCase()} picture; save it as PNG, SVG, WebP or JPEG.`, filePath);
  const picture = file.format === 'svg' ? await renderSvg(bytes, named, filePath) : await decodePicture(bytes, file.format, filePath, LIMITS);
  const rgba = withAlpha(picture);
  if (!rgba.data.some((value, index) => index % 4 === 3 && value >= 10)) throw badInput(`${named} is fully transparent; export it with its pixels visible.`, filePath);
  const background = uniformBorder(rgba);
  const notes = background === undefined ? picture.notes : [...picture.notes, `opaque background ${background} kept`];
  return { png: await encodeChannels(rgba, 4), width: rgba.width, height: rgba.height, notes, original: { mime: file.mime, extension: file.extension } };
}

/** Dominant colours of a logo as `ingestLogo` returns it, strongest first, `#rrggbb`; an opaque uniform background does not count. */
export async function logoColors(png: Uint8Array): Promise<string[]> {
  const raster = await decodeRaster(png);
  const background = uniformBorder(raster);
  const mask: Mask = { width: raster.width, height: raster.height, data: raster.data.filter((_, index) => index % 4 === 3) };
  const colors = paletteOf(raster, mask, 5);
  const drawn = colors.filter((color) => background === undefined || distance(color, background) > 24);
  return drawn.length > 0 ? drawn : colors;
}

async function renderSvg(bytes: Buffer, named: string, path: string): Promise<DecodedPicture> {
  if (bytes.length > MAX_SVG_BYTES) throw badInput(`${named} is an SVG of more than ${MAX_SVG_BYTES / 1e6} MB; simplify it or save it as PNG.`, path);
  const cleaned = cleanSvg(bytes);
  if (!cleaned.isClean) throw badInput(`${named} ${cleaned.reason}; save it as a plain SVG or as PNG.`, path);
  try {
    const { width, height } = await sharp(cleaned.svg, { limitInputPixels: false }).metadata();
    const density = Math.min(20_000, Math.max(1, (72 * MAX_SIDE) / Math.max(width, height)));
    const { data, info } = await sharp(cleaned.svg, { density, limitInputPixels: 4 * MAX_SIDE * MAX_SIDE })
      .timeout({ seconds: 30 })
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: 4, data, notes: cleaned.hasText ? ['contains text: drawn with the fonts of this machine'] : [] };
  } catch (cause) {
    throw badInput(`${named} cannot be drawn as SVG; save it as a plain SVG or as PNG.`, path, cause);
  }
}

function withAlpha(picture: DecodedPicture): { width: number; height: number; data: Buffer } {
  if (picture.channels === 4) return picture;
  const data = Buffer.alloc(picture.width * picture.height * 4, 255);
  for (let from = 0, to = 0; from < picture.data.length; from += 3, to += 4) picture.data.copy(data, to, from, from + 3);
  return { ...picture, data };
}

/** The colour of an opaque border whose pixels all agree (within JPEG noise), else undefined. */
function uniformBorder(picture: { width: number; height: number; data: Uint8Array }): string | undefined {
  const { width, height, data } = picture;
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) border.push(y * width, y * width + width - 1);
  const first = [0, 1, 2].map((channel) => data[(border[0] ?? 0) * 4 + channel] ?? 0);
  const agrees = border.every((pixel) => (data[pixel * 4 + 3] ?? 0) >= 250 && first.every((value, channel) => Math.abs((data[pixel * 4 + channel] ?? 0) - value) <= 10));
  return agrees ? `#${first.map((value) => value.toString(16).padStart(2, '0')).join('')}` : undefined;
}

function distance(one: string, other: string): number {
  const [a, b] = [Number.parseInt(one.slice(1), 16), Number.parseInt(other.slice(1), 16)];
  return Math.max(...[16, 8, 0].map((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255))));
}
