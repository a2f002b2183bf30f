/**
 * Walks the boxes of an ISO base media file (ISO/IEC 14496-12). Pure: works on bytes in memory, reads lengths with
 * care because files come from outside, and knows no box by name.
 */

export interface Mp4Box {
  readonly type: string;
  /** What stands behind the header. */
  readonly body: DataView;
}

const MAX_BOXES = 100_000;

/** The boxes that stand one after the other in `view`; a damaged length ends the list. */
export function* boxesIn(view: DataView, from = 0): Generator<Mp4Box> {
  let offset = from;
  for (let count = 0; offset + 8 <= view.byteLength && count < MAX_BOXES; count++) {
    const header = boxHeader(view, offset);
    const end = header.size === 0 ? view.byteLength : offset + header.size;
    if (end > view.byteLength || end < offset + header.headerBytes) return;
    yield { type: header.type, body: subview(view, offset + header.headerBytes, end) };
    offset = end;
  }
}

/** The first box of that type, or undefined. */
export function findBox(view: DataView, type: string, from = 0): DataView | undefined {
  for (const box of boxesIn(view, from)) if (box.type === type) return box.body;
  return undefined;
}

/** The box at the end of a path of types: `mdia/minf/stbl`. */
export function findPath(view: DataView, path: string): DataView | undefined {
  return path.split('/').reduce<DataView | undefined>((at, type) => at && findBox(at, type), view);
}

/** Size (0: to the end), type and header length of the box at `offset`; 16 bytes from there are enough. */
export function boxHeader(view: DataView, offset: number): { size: number; type: string; headerBytes: number } {
  const size = view.getUint32(offset);
  const type = fourCharacters(view, offset + 4);
  if (size !== 1) return { size, type, headerBytes: 8 };
  return { size: offset + 16 <= view.byteLength ? Number(view.getBigUint64(offset + 8)) : 16, type, headerBytes: 16 };
}

export function fourCharacters(view: DataView, offset: number): string {
  return String.fromCharCode(view.getUint8(offset), view.getUint8(offset + 1), view.getUint8(offset + 2), view.getUint8(offset + 3));
}

function subview(view: DataView, start: number, end: number): DataView {
  return new DataView(view.buffer, view.byteOffset + start, end - start);
}
