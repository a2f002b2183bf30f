/**
 * Reads the tracks of an MP4 from its `moov` box (ISO/IEC 14496-12): exact frame counts, sample durations and edit lists,
 * as no log of ffmpeg tells them. Pure. Fragmented files keep their samples elsewhere and show none here.
 */
import { boxesIn, findBox, findPath, fourCharacters } from './mp4-boxes.ts';
import { parseSampleEntry, type SampleEntry } from './parse-sample-entry.ts';

/** A run of samples with the same value. */
export interface SampleRun {
  readonly count: number;
  readonly value: number;
}

export interface Mp4Edit {
  /** In ticks of the movie. */
  readonly durationTicks: number;
  /** In ticks of the track; −1 is an empty edit, which delays the track. */
  readonly mediaTime: number;
}

export interface Mp4Track {
  readonly kind: 'video' | 'audio' | 'other';
  readonly timescale: number;
  /** Of the media, in ticks of the track; what the edit list cuts off is included. */
  readonly durationTicks: number;
  readonly sampleCount: number;
  readonly sampleDurations: readonly SampleRun[];
  /** Presentation minus decoding time; empty when both are the same. */
  readonly compositionOffsets: readonly SampleRun[];
  readonly edits: readonly Mp4Edit[];
  readonly entry: SampleEntry;
}

export interface Mp4Movie {
  readonly timescale: number;
  readonly tracks: readonly Mp4Track[];
}

const MAX_RUNS = 4_000_000;

/** Parses the body of a `moov` box; undefined when it is not one. Throws RangeError when a table reaches outside its box. */
export function parseMoov(moov: DataView): Mp4Movie | undefined {
  const header = findBox(moov, 'mvhd');
  if (!header) return undefined;
  const tracks = [...boxesIn(moov)].filter((box) => box.type === 'trak').map((box) => parseTrack(box.body));
  return { timescale: header.getUint32(header.getUint8(0) === 1 ? 20 : 12), tracks: tracks.filter((track) => track !== undefined) };
}

function parseTrack(trak: DataView): Mp4Track | undefined {
  const header = findPath(trak, 'mdia/mdhd');
  const handler = findPath(trak, 'mdia/hdlr');
  const table = findPath(trak, 'mdia/minf/stbl');
  const description = table && findBox(table, 'stsd');
  if (!header || !handler || !table || !description) return undefined;
  const isLong = header.getUint8(0) === 1;
  const sizes = findBox(table, 'stsz');
  return {
    kind: { vide: 'video' as const, soun: 'audio' as const }[fourCharacters(handler, 8)] ?? 'other',
    timescale: header.getUint32(isLong ? 20 : 12),
    durationTicks: isLong ? Number(header.getBigUint64(24)) : header.getUint32(16),
    sampleCount: sizes ? sizes.getUint32(8) : 0,
    sampleDurations: parseRuns(findBox(table, 'stts'), (view, at) => view.getUint32(at)),
    // Version 0 is unsigned by the book, but writers store negative offsets in it as well.
    compositionOffsets: parseRuns(findBox(table, 'ctts'), (view, at) => view.getInt32(at)),
    edits: parseEdits(findPath(trak, 'edts/elst')),
    entry: parseSampleEntry(description),
  };
}

function parseRuns(box: DataView | undefined, read: (view: DataView, at: number) => number): SampleRun[] {
  if (!box) return [];
  const count = checkedCount(box, 8);
  return Array.from({ length: count }, (_, i) => ({ count: box.getUint32(8 + i * 8), value: read(box, 12 + i * 8) }));
}

function parseEdits(box: DataView | undefined): Mp4Edit[] {
  if (!box) return [];
  const isLong = box.getUint8(0) === 1;
  const count = checkedCount(box, isLong ? 20 : 12);
  return Array.from({ length: count }, (_, i) =>
    isLong
      ? { durationTicks: Number(box.getBigUint64(8 + i * 20)), mediaTime: Number(box.getBigInt64(16 + i * 20)) }
      : { durationTicks: box.getUint32(8 + i * 12), mediaTime: box.getInt32(12 + i * 12) });
}

/** The entry count of a table box, which must fit into the box: a broken file must not make us allocate gigabytes. */
function checkedCount(box: DataView, entryBytes: number): number {
  const count = box.getUint32(4);
  if (count > MAX_RUNS || 8 + count * entryBytes > box.byteLength) throw new RangeError('a table of the MP4 reaches outside its box');
  return count;
}
