/**
 * Says what bytes of the store are, for the header of an answer. Only what cannot run in a page is named; everything else, SVG and HTML among
 * it, goes out as bytes to be saved.
 */
import { open } from 'node:fs/promises';

/** What a browser is told. `kind` says what can be made of it. */
export interface MediaType {
  readonly mime: string;
  readonly kind: 'picture' | 'sound' | 'clip' | 'other';
}

const OTHER: MediaType = { mime: 'application/octet-stream', kind: 'other' };
const picture = (mime: string): MediaType => ({ mime, kind: 'picture' });
const sound = (mime: string): MediaType => ({ mime, kind: 'sound' });

const STARTS: readonly (readonly [string, MediaType])[] = [
  ['\x89PNG\r\n\x1a\n', picture('image/png')],
  ['\xff\xd8\xff', picture('image/jpeg')],
  ['GIF87a', picture('image/gif')],
  ['GIF89a', picture('image/gif')],
  ['II*\0', picture('image/tiff')],
  ['MM\0*', picture('image/tiff')],
  ['\x1aE\xdf\xa3', { mime: 'video/webm', kind: 'clip' }],
  ['ID3', sound('audio/mpeg')],
  ['OggS', sound('audio/ogg')],
  ['fLaC', sound('audio/flac')],
  ['PK\x03\x04', { mime: 'application/zip', kind: 'other' }],
];

const PICTURE_BRANDS: Readonly<Record<string, string>> = { avif: 'image/avif', avis: 'image/avif', heic: 'image/heic', heix: 'image/heic', mif1: 'image/heic' };

/** By the first bytes alone; names and declared types are not looked at. */
export function sniffMedia(head: Uint8Array): MediaType {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 64)).toString('latin1');
  const known = STARTS.find(([start]) => text.startsWith(start))?.[1];
  if (known) return known;
  if (text.startsWith('RIFF')) return sniffRiff(text.slice(8, 12));
  if (text.slice(4, 8) === 'ftyp') return sniffIsoMedia(text.slice(8, 12));
  // An MPEG sound frame: eleven set bits, then version and layer that exist.
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && ((head[1] ?? 0) & 0x06) !== 0) return sound('audio/mpeg');
  return OTHER;
}

function sniffRiff(form: string): MediaType {
  if (form === 'WEBP') return picture('image/webp');
  if (form === 'WAVE') return sound('audio/wav');
  return form === 'AVI ' ? { mime: 'video/x-msvideo', kind: 'clip' } : OTHER;
}

function sniffIsoMedia(brand: string): MediaType {
  const mime = PICTURE_BRANDS[brand];
  if (mime) return picture(mime);
  if (brand === 'M4A ' || brand === 'M4B ') return sound('audio/mp4');
  return { mime: brand === 'qt  ' ? 'video/quicktime' : 'video/mp4', kind: 'clip' };
}

/** The same for a file. Throws what opening it throws. */
export async function sniffMediaFile(path: string): Promise<MediaType> {
  const file = await open(path, 'r');
  try {
    const head = new Uint8Array(64);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return sniffMedia(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
