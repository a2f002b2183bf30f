/** How much a wheel takes when it is installed, read from the list at the end of the zip: a few kilobytes instead of the whole file. */
const END_SIGNATURE = 0x06_05_4b_50;
const ENTRY_SIGNATURE = 0x02_01_4b_50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const IN_ZIP64 = 0xff_ff_ff_ff;
/** The end record and the longest comment. */
const TAIL_BYTES = END_BYTES + 65_535;

/** Reads `length` bytes from `start`. */
export type ReadRange = (start: number, length: number) => Promise<Buffer>;

/** Bytes of all files in a zip of `bytes` bytes. Throws when it is no zip, or one so large that its list is in the 64-bit form. */
export async function unpackedBytes(bytes: number, read: ReadRange): Promise<number> {
  const tailStart = Math.max(0, bytes - TAIL_BYTES);
  const tail = await read(tailStart, bytes - tailStart);
  const end = findEnd(tail);
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (start === IN_ZIP64 || length === IN_ZIP64) throw new Error('The list of this zip stands behind 4 GB.');
  return sumEntries(start >= tailStart ? tail.subarray(start - tailStart, start - tailStart + length) : await read(start, length));
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) if (tail.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new Error('This is no zip.');
}

function sumEntries(list: Buffer): number {
  let sum = 0;
  for (let at = 0; at + ENTRY_BYTES <= list.length; at += ENTRY_BYTES + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)) {
    if (list.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error('The list of this zip is damaged.');
    sum += list.readUInt32LE(at + 24);
  }
  return sum;
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
