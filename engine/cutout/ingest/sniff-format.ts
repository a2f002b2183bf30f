/**
 * Says what a file is from its first bytes, whatever its name pretends. It only recognises; whether the picture inside
 * is whole is the decoder's business. Called by the photo and logo ingest before any decoder sees the bytes.
 */

export type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif' | 'heic' | 'svg';

export type SniffedFile =
  | { readonly isPicture: true; readonly format: PictureFormat; readonly mime: string; readonly extension: string }
  /** `label` reads after "is": `a PDF document`. */
  | { readonly isPicture: false; readonly label: string };

const MIMES: Record<PictureFormat, { mime: string; extension: string }> = {
  jpeg: { mime: 'image/jpeg', extension: 'jpg' },
  png: { mime: 'image/png', extension: 'png' },
  gif: { mime: 'image/gif', extension: 'gif' },
  webp: { mime: 'image/webp', extension: 'webp' },
  tiff: { mime: 'image/tiff', extension: 'tif' },
  avif: { mime: 'image/avif', extension: 'avif' },
  heic: { mime: 'image/heic', extension: 'heic' },
  svg: { mime: 'image/svg+xml', extension: 'svg' },
};

/** Signatures at offset 0, as latin-1 text. */
const PICTURES: readonly (readonly [string, PictureFormat])[] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['II+\0', 'tiff'],
  ['MM\0+', 'tiff'],
];

const OTHERS: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['%!PS', 'a PostScript file'],
  ['8BPS', 'a Photoshop document'],
  ['BM', 'a BMP picture, which is not supported'],
  ['\0\0\x01\0', 'an icon file'],
  ['\xff\x0a', 'a JPEG XL picture, which is not supported'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture, which is not supported'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 picture, which is not supported'],
  ['FUJIFILMCCD-RAW', 'a camera raw file'],
  ['IIRO', 'a camera raw file'],
  ['IIU\0', 'a camera raw file'],
  ['PK\x03\x04', 'a ZIP archive or office document'],
  ['\x1f\x8b', 'a gzip archive'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7z archive'],
  ['\x1aE\xdf\xa3', 'a video'],
  ['ID3', 'a sound file'],
  ['OggS', 'a sound file'],
  ['{\\rtf', 'a text document'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a program'],
];

/** Brands of the ISO base media `ftyp` box (ISO/IEC 23008-12 and the AVIF specification). */
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']);

/** Recognises a file by its content. `name` is only used to tell a camera raw file from the TIFF that it is built on. */
export function sniffFormat(bytes: Uint8Array, name = ''): SniffedFile {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString('latin1');
  const picture = PICTURES.find(([signature]) => head.startsWith(signature))?.[1];
  if (picture === 'tiff' && isCameraRaw(head, name)) return { isPicture: false, label: 'a camera raw file' };
  if (picture) return pictureOf(picture);
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return pictureOf('webp');
  if (head.slice(4, 8) === 'ftyp') return sniffIsoMedia(head);
  const other = OTHERS.find(([signature]) => head.startsWith(signature));
  if (other) return { isPicture: false, label: other[1] };
  if (head.startsWith('RIFF')) return { isPicture: false, label: 'a sound or video file' };
  return sniffText(bytes);
}

function pictureOf(format: PictureFormat): SniffedFile {
  return { isPicture: true, format, ...MIMES[format] };
}

/** Raw files of most makers are TIFFs whose first page is a thumbnail, so decoding them "works" and gives a stamp-sized picture. */
function isCameraRaw(head: string, name: string): boolean {
  return head.slice(8, 10) === 'CR' || /\.(nef|nrw|arw|sr2|srf|dng|cr2|pef|rw2|orf|3fr|iiq|erf|mef|mos|dcr|kdc)$/i.test(name);
}

function sniffIsoMedia(head: string): SniffedFile {
  const size = Math.min(head.charCodeAt(2) * 256 + head.charCodeAt(3), head.length);
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return pictureOf('avif');
  if (brands[0] === 'crx ') return { isPicture: false, label: 'a camera raw file' };
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return pictureOf('heic');
  return { isPicture: false, label: 'a video' };
}

function sniffText(bytes: Uint8Array): SniffedFile {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const text = (isUtf16 ? start.replaceAll('\0', '') : start).replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').trimStart();
  if (/^<(!doctype\s+html|html|head|body)/i.test(text)) return { isPicture: false, label: 'a web page' };
  if (/<(\w+:)?svg[\s>]/i.test(text) || /^<\?xml[\s\S]*<!doctype\s+svg/i.test(text)) return pictureOf('svg');
  if (text !== '' && !/[\0-\x08\x0e-\x1a]/.test(text)) return { isPicture: false, label: 'a text file' };
  return { isPicture: false, label: 'not a picture that can be recognised' };
}
