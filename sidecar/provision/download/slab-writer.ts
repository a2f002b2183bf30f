/** Bytes are gathered in slabs, written behind the receiver's back, and then hashed in their order. */
import type { FileHandle } from 'node:fs/promises';
import type { Hasher } from './hasher.ts';

const SLAB_BYTES = 1024 ** 2;
/**
 * A slab is written in pieces of this size, side by side. Linux keeps what one write brings in pages as large as that, and a virtual
 * machine's host has to find memory for every large one: there 512 MB took up to ten times as long in pieces of 1 MB.
 */
const PIECE_BYTES = 64 * 1024;
/** So many slabs may wait for the disk before the network has to. */
const MOST_SLABS = 16;

export interface SlabWriter {
  /** Bytes taken, from the file's beginning. */
  readonly position: number;
  /** Bytes that the system has taken. */
  readonly written: number;
  /** Where the next bytes may be put; never empty. */
  space(): Buffer;
  /** So many bytes were put there. False = wait for `hasRoom` before the next. */
  took(bytes: number): boolean;
  /** Resolves when much more can be taken, or nothing more can: see `failure`. One waits at a time. */
  hasRoom(): Promise<void>;
  /** Resolves when everything taken is written, or cannot be. */
  settle(): Promise<void>;
  /** What the disk said; nothing is written after that. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Hash of everything taken; only after `settle`. */
  digest(): Promise<string>;
  /** From the file's beginning again; only after `settle`. */
  restart(): void;
}

/** @param hasherOf gives that of the first `position` bytes, which stand in the file; asked when bytes come @param onWritten called after every slab */
export function createSlabWriter(file: FileHandle, position: number, hasherOf: () => Hasher, onWritten: () => void): SlabWriter {
  let [taken, written, inHash] = [position, position, 0];
  let slab: Buffer<ArrayBuffer> | undefined;
  let filled = 0;
  const full: Buffer<ArrayBuffer>[] = [];
  const free: Buffer<ArrayBuffer>[] = [];
  let writing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  let room: PromiseWithResolvers<void> | undefined;

  const giveUp = (error: unknown): void => {
    failure = { error };
    room?.resolve();
  };
  const waiting = (): number => full.length + inHash;
  const hash = async (bytes: Buffer<ArrayBuffer>): Promise<void> => {
    inHash += 1;
    try {
      free.push(await hasherOf().add(bytes));
    } catch (error) {
      giveUp(error);
    }
    inHash -= 1;
    if (waiting() <= MOST_SLABS / 2) room?.resolve();
  };
  const writeFull = async (): Promise<void> => {
    for (let next = full[0]; next !== undefined; next = full[0]) {
      await writeSlab(file, next, written);
      written += next.length;
      full.shift();
      void hash(next);
      onWritten();
    }
  };
  const startWriting = (): void => {
    if (failure === undefined) writing ??= writeFull().catch(giveUp).then(() => (writing = undefined));
  };
  const turnIn = (): void => {
    if (slab === undefined || filled === 0) return;
    full.push(slab.subarray(0, filled));
    [slab, filled] = [undefined, 0];
    startWriting();
  };
  return {
    get position() { return taken; },
    get written() { return written; },
    get failure() { return failure; },
    space() {
      slab ??= free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
      return slab.subarray(filled);
    },
    took(bytes) {
      [filled, taken] = [filled + bytes, taken + bytes];
      if (filled === SLAB_BYTES) turnIn();
      return waiting() < MOST_SLABS && failure === undefined;
    },
    async hasRoom() {
      if (waiting() < MOST_SLABS || failure !== undefined) return;
      room = Promise.withResolvers();
      await room.promise;
    },
    async settle() {
      turnIn();
      while (full.length > 0 && failure === undefined) {
        startWriting();
        await writing;
      }
      await writing;
    },
    digest: () => hasherOf().digest(),
    restart() {
      [taken, written] = [0, 0];
      hasherOf().restart();
    },
  };
}

/** All of it, or an error; then parts of it may stand in the file, and nothing is under way any more. */
async function writeSlab(file: FileHandle, slab: Buffer, position: number): Promise<void> {
  const starts = Array.from({ length: Math.ceil(slab.length / PIECE_BYTES) }, (_, index) => index * PIECE_BYTES);
  const results = await Promise.allSettled(starts.map((start) => writePiece(file, slab.subarray(start, start + PIECE_BYTES), position + start)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** A write may take only some of the bytes, as on a disk that is just filling up; the next one says why. */
async function writePiece(file: FileHandle, piece: Buffer, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}
