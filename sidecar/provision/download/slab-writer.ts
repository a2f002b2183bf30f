/** Bytes are gathered in slabs, hashed while they are in the processor's cache, and written behind the receiver's back. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

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
  digest(): string;
  /** From the file's beginning again; only after `settle`. */
  restart(): void;
}

/** @param hash of the first `position` bytes, which stand in the file @param onWritten called after every slab */
export function createSlabWriter(file: FileHandle, position: number, hash: Hash, onWritten: () => void): SlabWriter {
  let [taken, written, running] = [position, position, hash];
  let slab: Buffer | undefined;
  let filled = 0;
  const full: Buffer[] = [];
  const free: Buffer[] = [];
  let writing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  let room: PromiseWithResolvers<void> | undefined;

  const giveUp = (error: unknown): void => {
    failure = { error };
    room?.resolve();
  };
  const writeFull = async (): Promise<void> => {
    for (let next = full[0]; next !== undefined; next = full[0]) {
      await writeSlab(file, next, written);
      written += next.length;
      full.shift();
      free.push(Buffer.from(next.buffer));
      if (full.length <= MOST_SLABS / 2) room?.resolve();
      onWritten();
    }
  };
  const startWriting = (): void => {
    if (failure === undefined) writing ??= writeFull().catch(giveUp).then(() => (writing = undefined));
  };
  const turnIn = (): void => {
    if (slab === undefined || filled === 0) return;
    const piece = slab.subarray(0, filled);
    running.update(piece);
    full.push(piece);
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
      return full.length < MOST_SLABS && failure === undefined;
    },
    async hasRoom() {
      if (full.length < MOST_SLABS || failure !== undefined) return;
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
    digest: () => running.copy().digest('hex'),
    restart() {
      [taken, written, running] = [0, 0, createHash('sha256')];
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
