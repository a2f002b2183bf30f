/** Reads the first sample description of an MP4 track: codec, size or sampling, colour (ISO/IEC 14496-12, -14, -15; 23091-2). */
import { findBox, fourCharacters } from './mp4-boxes.ts';

/** Code points of ISO/IEC 23091-2 by ffmpeg's names; what is not listed stays a number in text. */
const PRIMARIES: Readonly<Record<number, string>> = { 1: 'bt709', 2: 'unknown', 5: 'bt470bg', 6: 'smpte170m', 9: 'bt2020', 12: 'smpte432' };
const TRANSFERS: Readonly<Record<number, string>> = { 1: 'bt709', 2: 'unknown', 6: 'smpte170m', 8: 'linear', 13: 'iec61966-2-1', 16: 'smpte2084', 18: 'arib-std-b67' };
const MATRICES: Readonly<Record<number, string>> = { 0: 'gbr', 1: 'bt709', 2: 'unknown', 5: 'bt470bg', 6: 'smpte170m', 9: 'bt2020nc' };

export interface ColorTags {
  readonly primaries: string;
  readonly transfer: string;
  readonly matrix: string;
  readonly range: 'tv' | 'pc' | 'unknown';
}

export interface SampleEntry {
  /** `avc1`, `mp4a`, … */
  readonly format: string;
  readonly width?: number;
  readonly height?: number;
  readonly color?: ColorTags;
  readonly channels?: number;
  readonly sampleRate?: number;
  /** From the `esds`: bits per second as the encoder declared them. */
  readonly averageBitrate?: number;
}

/** Parses the body of an `stsd` box. */
export function parseSampleEntry(stsd: DataView): SampleEntry {
  if (stsd.byteLength < 16) return { format: '' };
  const format = fourCharacters(stsd, 12);
  const entry = new DataView(stsd.buffer, stsd.byteOffset + 16, Math.max(0, Math.min(stsd.getUint32(8), stsd.byteLength - 8) - 8));
  if (isVideoEntry(format) && entry.byteLength >= 78) {
    return { format, width: entry.getUint16(24), height: entry.getUint16(26), color: parseColor(findBox(entry, 'colr', 78)) };
  }
  if (format === 'mp4a' && entry.byteLength >= 28) {
    return { format, channels: entry.getUint16(16), sampleRate: entry.getUint32(24) / 65536, averageBitrate: parseBitrate(findBox(entry, 'esds', 28)) };
  }
  return { format };
}

function isVideoEntry(format: string): boolean {
  return ['avc1', 'avc3', 'hvc1', 'hev1', 'av01', 'vp08', 'vp09', 'mp4v', 'apch', 'apcn', 'apcs', 'ap4h'].includes(format);
}

function parseColor(colr: DataView | undefined): ColorTags | undefined {
  if (!colr || colr.byteLength < 10) return undefined;
  const kind = fourCharacters(colr, 0);
  if (kind !== 'nclx' && kind !== 'nclc') return undefined;
  const name = (table: Readonly<Record<number, string>>, code: number): string => table[code] ?? String(code);
  const isFull = kind === 'nclx' && colr.byteLength > 10 && (colr.getUint8(10) & 0x80) !== 0;
  return {
    primaries: name(PRIMARIES, colr.getUint16(4)), transfer: name(TRANSFERS, colr.getUint16(6)), matrix: name(MATRICES, colr.getUint16(8)),
    range: kind === 'nclc' ? 'unknown' : isFull ? 'pc' : 'tv',
  };
}

/** Descriptors of MPEG-4 part 1: ES (3) holds DecoderConfig (4), whose last four bytes before its children are the average. */
function parseBitrate(esds: DataView | undefined): number | undefined {
  if (!esds) return undefined;
  let at = 4;
  for (let depth = 0; depth < 4 && at + 2 < esds.byteLength; depth++) {
    const tag = esds.getUint8(at++);
    while (at < esds.byteLength && (esds.getUint8(at) & 0x80) !== 0) at++;
    at++;
    if (tag === 4) return at + 13 <= esds.byteLength ? esds.getUint32(at + 9) : undefined;
    if (tag !== 3) return undefined;
    at += 3;
  }
  return undefined;
}
