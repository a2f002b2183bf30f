/**
 * Reads what line breaking and the search for missing characters need from a TrueType or OpenType file: family name,
 * which code points it draws, and how wide they are (OpenType 1.9: `name`, `cmap` formats 4 and 12, `hmtx`). Shaping and
 * drawing are Pango's business.
 */
import { closeSync, openSync, readSync } from 'node:fs';

export interface FontFace {
  readonly path: string;
  readonly family: string;
  covers(codePoint: number): boolean;
  /** Unshaped advance width in em; 0 for what it does not cover. */
  advanceEm(codePoint: number): number;
}

type Tables = ReadonlyMap<string, { readonly offset: number; readonly length: number }>;
const MAX_TABLE_BYTES = 8 * 2 ** 20;

/** The (first) face of a file, or undefined when it is no font that we can read. */
export function readFontFace(path: string): FontFace | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return parseFace(path, file);
  } catch {
    // A font of the system that is broken or unreadable is a font that we do not have.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function parseFace(path: string, file: number): FontFace | undefined {
  const tables = readDirectory(file);
  const table = (tag: string): DataView => {
    const entry = tables.get(tag);
    if (entry === undefined) throw new RangeError(`no ${tag}`);
    return readAt(file, entry.offset, Math.min(entry.length, MAX_TABLE_BYTES));
  };
  const glyphOf = parseCmap(table('cmap'));
  const unitsPerEm = table('head').getUint16(18);
  const longMetrics = table('hhea').getUint16(34);
  const metrics = table('hmtx');
  return {
    path,
    family: parseFamily(table('name')),
    covers: (codePoint) => glyphOf(codePoint) !== 0,
    advanceEm: (codePoint) => {
      const glyph = glyphOf(codePoint);
      return glyph === 0 ? 0 : metrics.getUint16(Math.min(glyph, longMetrics - 1) * 4) / unitsPerEm;
    },
  };
}

function readAt(file: number, offset: number, length: number): DataView {
  const bytes = new Uint8Array(length);
  const read = readSync(file, bytes, 0, length, offset);
  return new DataView(bytes.buffer, 0, read);
}

function readDirectory(file: number): Tables {
  const collection = readAt(file, 0, 16);
  const start = collection.getUint32(0) === 0x74746366 ? collection.getUint32(12) : 0;
  const count = readAt(file, start, 12).getUint16(4);
  const directory = readAt(file, start + 12, count * 16);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let i = 0; i < count; i++) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => directory.getUint8(i * 16 + byte)));
    tables.set(tag, { offset: directory.getUint32(i * 16 + 8), length: directory.getUint32(i * 16 + 12) });
  }
  return tables;
}

function parseFamily(name: DataView): string {
  const strings = name.getUint16(4);
  const found = new Map<number, string>();
  for (let i = 0; i < name.getUint16(2); i++) {
    const at = 6 + i * 12;
    const [platform, nameId] = [name.getUint16(at), name.getUint16(at + 6)];
    if (platform !== 3 || (nameId !== 1 && nameId !== 16) || found.has(nameId)) continue;
    const [length, offset] = [name.getUint16(at + 8), strings + name.getUint16(at + 10)];
    found.set(nameId, Array.from({ length: length / 2 }, (_, c) => String.fromCharCode(name.getUint16(offset + c * 2))).join(''));
  }
  return found.get(16) ?? found.get(1) ?? '';
}

/** Code point → glyph number (0 = none), from the best Unicode subtable. */
function parseCmap(cmap: DataView): (codePoint: number) => number {
  const subtables = Array.from({ length: cmap.getUint16(2) }, (_, i) => cmap.getUint32(4 + i * 8 + 4)).map((offset) => ({ offset, format: cmap.getUint16(offset) }));
  const full = subtables.find((subtable) => subtable.format === 12);
  if (full !== undefined) return segmentedCoverage(cmap, full.offset);
  const basic = subtables.find((subtable) => subtable.format === 4);
  if (basic !== undefined) return basicPlane(cmap, basic.offset);
  throw new RangeError('no cmap of format 4 or 12');
}

function segmentedCoverage(cmap: DataView, offset: number): (codePoint: number) => number {
  const groups = cmap.getUint32(offset + 12);
  return (codePoint) => {
    let [low, high] = [0, groups - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = offset + 16 + middle * 12;
      if (codePoint < cmap.getUint32(at)) high = middle - 1;
      else if (codePoint > cmap.getUint32(at + 4)) low = middle + 1;
      else return cmap.getUint32(at + 8) + codePoint - cmap.getUint32(at);
    }
    return 0;
  };
}

function basicPlane(cmap: DataView, offset: number): (codePoint: number) => number {
  const bytes = cmap.getUint16(offset + 6);
  const [ends, starts, deltas, ranges] = [14, 16 + bytes, 16 + 2 * bytes, 16 + 3 * bytes].map((at) => offset + at) as [number, number, number, number];
  return (codePoint) => {
    for (let i = 0; i < bytes; i += 2) {
      if (codePoint > cmap.getUint16(ends + i)) continue;
      const start = cmap.getUint16(starts + i);
      if (codePoint < start) return 0;
      const range = cmap.getUint16(ranges + i);
      const delta = cmap.getUint16(deltas + i);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = cmap.getUint16(ranges + i + range + (codePoint - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
