/**
 * The unfinished file: bytes are gathered into slabs, hashed and written in large pieces behind the receiver's back, and flushed now
 * and then, so that a kill or a power cut costs little. Afterwards it is either continued or published, never half of each.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { writeJsonDurably } from '../durable-json.ts';
import { hashStart } from './hash-file.ts';
import type { Journal, PartPaths } from './journal.ts';

const SLAB_BYTES = 1024 ** 2;
/** So many slabs may wait for the disk before the network has to. */
const MOST_SLABS = 16;
const SYNC_EVERY_MS = 5000;
/** Given back on a full disk, so that the journal can be written. */
const SPARE_BYTES = 64 * 1024;

export interface PartFile {
  /** Bytes received. */
  readonly position: number;
  readonly journal: Journal;
  /** Where the next bytes may be put; never empty. */
  space(): Buffer;
  /** So many bytes were put there. False = wait for `hasRoom` before the next. */
  took(bytes: number): boolean;
  /** Resolves when more can be taken; throws what the disk said. */
  hasRoom(): Promise<void>;
  /** Away with everything; what comes next is the file's first byte. */
  restart(found: Pick<Journal, 'validator' | 'totalBytes'>): Promise<void>;
  /** The server said how long the file is. */
  learn(found: Pick<Journal, 'totalBytes'>): void;
  /** All bytes are on the disk for good; gives their hash. */
  finish(): Promise<string>;
  /** Leaves everything so that the next run can go on. Never throws. */
  close(): Promise<void>;
}

export interface PartOptions {
  readonly paths: PartPaths;
  readonly journal: Journal;
  /** Keep so many bytes of what is there. */
  readonly position: number;
  readonly syncEveryBytes: number;
  readonly signal: AbortSignal;
}

/** Hashes what is kept, which takes about a second per GB. Throws what the disk says, and AbortError. */
export async function openPartFile({ paths, journal: found, position: kept, syncEveryBytes, signal }: PartOptions): Promise<PartFile> {
  const file = await openForUpdate(paths.part);
  let hash = createHash('sha256');
  let journal: Journal = { ...found, syncedBytes: kept };
  let [position, written, synced, syncedMs] = [kept, kept, kept, performance.now()];
  let slab: Buffer | undefined;
  let filled = 0;
  let full: Buffer[] = [];
  const free: Buffer[] = [];
  let writing: Promise<void> | undefined;
  let syncing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;

  const fail = (error: unknown): void => void (failure ??= { error });
  const throwFailure = (): void => {
    if (failure) throw failure.error;
  };
  /** Hashed while it is still in the processor's cache. */
  const turnIn = (): void => {
    if (slab === undefined || filled === 0) return;
    hash.update(slab.subarray(0, filled));
    full.push(slab.subarray(0, filled));
    [slab, filled] = [undefined, 0];
    startWriting();
  };
  const startWriting = (): void => {
    writing ??= writeFull().catch(fail).finally(() => (writing = undefined));
  };
  const writeFull = async (): Promise<void> => {
    for (let next = full[0]; next !== undefined && failure === undefined; next = full[0]) {
      await writeAll(file, next, written, (bytes) => (written += bytes));
      full.shift();
      if (next.buffer.byteLength === SLAB_BYTES) free.push(Buffer.from(next.buffer));
      if (written - synced >= syncEveryBytes || performance.now() - syncedMs >= SYNC_EVERY_MS) syncing ??= sync().catch(fail).finally(() => (syncing = undefined));
    }
  };
  /** Runs beside the writing: it vouches only for what was written before it began. */
  const sync = async (): Promise<void> => {
    const reached = written;
    await file.datasync();
    journal = { ...journal, syncedBytes: reached };
    await writeJsonDurably(paths.journal, journal);
    [synced, syncedMs] = [reached, performance.now()];
  };
  const settle = async (): Promise<void> => {
    turnIn();
    while (writing !== undefined || syncing !== undefined || (full.length > 0 && failure === undefined)) {
      startWriting();
      await Promise.all([writing, syncing]);
    }
  };

  try {
    await file.truncate(kept);
    await hashStart(file, kept, hash, signal);
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    get position() { return position; },
    get journal() { return journal; },
    space() {
      slab ??= free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
      return slab.subarray(filled);
    },
    took(bytes) {
      [filled, position] = [filled + bytes, position + bytes];
      if (filled === SLAB_BYTES) turnIn();
      return full.length < MOST_SLABS && failure === undefined;
    },
    async hasRoom() {
      await writing;
      throwFailure();
    },
    async restart({ validator, totalBytes }) {
      await settle();
      throwFailure();
      await file.truncate(0);
      hash = createHash('sha256');
      position = written = synced = 0;
      journal = { ...journal, validator, totalBytes, syncedBytes: 0 };
      await writeJsonDurably(paths.journal, journal);
    },
    learn(learned) {
      journal = { ...journal, ...learned };
    },
    async finish() {
      await settle();
      throwFailure();
      await sync();
      return hash.copy().digest('hex');
    },
    async close() {
      await settle();
      try {
        if (failure) {
          written = Math.max(synced, written - SPARE_BYTES);
          await file.truncate(written);
        }
        if (written !== synced) await sync();
      } catch {
        // the disk does not take even that: the journal of the last flush stands, and what lies behind it is fetched again
      } finally {
        full = [];
        await file.close();
      }
    },
  };
}

/** Opens for reading and writing, and makes the file when there is none; nothing in it is touched. */
async function openForUpdate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return await open(path, 'wx+');
    throw error;
  }
}

/** A write may take only some of the bytes, as on a disk that is just filling up; the next one says why. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number, onWritten: (bytes: number) => void): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    onWritten(bytesWritten);
    done += bytesWritten;
  }
}
