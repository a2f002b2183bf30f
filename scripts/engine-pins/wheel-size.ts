/** How much a wheel takes when it is installed, read from the list at the end of the zip: a few kilobytes instead of the whole file. */
const END_SIGNATURE = 0x06_05_4b_50;
const ENTRY_SIGNATURE = 0x02_01_4b_50;
const LARGE_LOCATOR_SIGNATURE = 0x07_06_4b_50;
const LARGE_END_SIGNATURE = 0x06_06_4b_50;
const END_BYTES = 22;
const LARGE_LOCATOR_BYTES = 20;
const LARGE_END_BYTES = 56;
const ENTRY_BYTES = 46;
/** Stands where a number does not fit; the 64-bit records have it. */
const ELSEWHERE = 0xff_ff_ff_ff;
/** The end records and the longest comment. */
const TAIL_BYTES = LARGE_END_BYTES + LARGE_LOCATOR_BYTES + END_BYTES + 65_535;

/** Reads `length` bytes from `start`. */
export type ReadRange = (start: number, length: number) => Promise<Buffer>;

/** Bytes of all files in a zip of `bytes` bytes. Throws when it is none. */
export async function unpackedBytes(bytes: number, read: ReadRange): Promise<number> {
  const tailStart = Math.max(0, bytes - TAIL_BYTES);
  const tail = await read(tailStart, bytes - tailStart);
  const { start, length } = findList(tail, tailStart);
  return sumEntries(start >= tailStart ? tail.subarray(start - tailStart, start - tailStart + length) : await read(start, length));
}

/** Where the list of files is. Builds for AMD are larger than 4 GB. */
function findList(tail: Buffer, tailStart: number): { start: number; length: number } {
  const end = findEnd(tail);
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (start !== ELSEWHERE && length !== ELSEWHERE) return { start, length };
  const locator = end - LARGE_LOCATOR_BYTES;
  const large = locator < 0 || tail.readUInt32LE(locator) !== LARGE_LOCATOR_SIGNATURE ? -1 : Number(tail.readBigUInt64LE(locator + 8)) - tailStart;
  if (large < 0 || tail.readUInt32LE(large) !== LARGE_END_SIGNATURE) throw new Error('The 64-bit record of this zip is not where it should be.');
  return { length: Number(tail.readBigUInt64LE(large + 40)), start: Number(tail.readBigUInt64LE(large + 48)) };
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) if (tail.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new Error('This is no zip.');
}

function sumEntries(list: Buffer): number {
  let sum = 0;
  for (let at = 0; at + ENTRY_BYTES <= list.length; at += ENTRY_BYTES + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)) {
    if (list.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error('The list of this zip is damaged.');
    sum += sizeIn(list, at);
  }
  return sum;
}

/** A file of more than 4 GB has its size first in the 64-bit field of its entry. */
function sizeIn(list: Buffer, at: number): number {
  const size = list.readUInt32LE(at + 24);
  if (size !== ELSEWHERE) return size;
  const fields = at + ENTRY_BYTES + list.readUInt16LE(at + 28);
  for (let field = fields; field < fields + list.readUInt16LE(at + 30); field += 4 + list.readUInt16LE(field + 2)) {
    if (list.readUInt16LE(field) === 1) return Number(list.readBigUInt64LE(field + 4));
  }
  throw new Error('A file in this zip has no size.');
}

/** Parts of a file at an address. The function throws when the server does not give parts. */
export function rangesOf(url: string): ReadRange {
  return async (start, length) => {
    const response = await fetch(url, { headers: { Range: `bytes=${start}-${start + length - 1}` } });
    if (response.status !== 206) {
      await response.body?.cancel();
      throw new Error(`${url} answered ${response.status} to a request for a part.`);
    }
    return Buffer.from(await response.arrayBuffer());
  };
}
