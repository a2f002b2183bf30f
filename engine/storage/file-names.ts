/** Readable file names that every file system takes, from any text a user typed. */

/** Names that Windows keeps for devices, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const LONGEST_BYTES = 120;

/**
 * A safe name for one file or folder: no separators, control or shell characters, no leading dot or dash, no trailing dot,
 * at most 120 bytes of UTF-8 with the extension kept. Letters of any script stay. Nothing usable left: `fallback`.
 */
export function safeFileName(text: string, fallback = 'untitled'): string {
  const cleaned = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ') // joiners stay: emoji and Indic scripts need them
    .replace(/[<>:"/\\|?*'`$&;!%^{}[\]~#]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ /g, '_')
    .replace(/_+/g, '_')
    .replace(/^[.\-_]+/, '')
    .replace(/[._]+$/, '');
  if (cleaned === '') return fallback;
  const [stem, extension] = splitExtension(cleaned);
  const short = shorten(stem, LONGEST_BYTES - Buffer.byteLength(extension));
  return (RESERVED.test(short) ? `${short}_` : short) + extension;
}

/** `a.tar.gz` → [`a.tar`, `.gz`]; an extension is 1–8 letters or digits. */
export function splitExtension(name: string): [stem: string, extension: string] {
  const match = /^(.+)(\.[A-Za-z0-9]{1,8})$/s.exec(name);
  return match === null ? [name, ''] : [match[1] ?? name, match[2] ?? ''];
}

/** Cuts between characters, never inside one. */
function shorten(text: string, longestBytes: number): string {
  let result = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > longestBytes) break;
    result += segment;
  }
  return result === '' ? 'untitled' : result;
}
