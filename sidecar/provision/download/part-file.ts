/**
 * The unfinished file and its journal: flushed now and then, so that a kill or a power cut costs little. Afterwards it is either
 * continued or published, never half of each.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { writeJsonDurably } from '../durable-json.ts';
import { hashStart } from './hash-file.ts';
import { createHasher } from './hasher.ts';
import type { Hasher } from './hasher.ts';
import type { Journal, PartPaths } from './journal.ts';
import { createSlabWriter } from './slab-writer.ts';
import type { SlabWriter } from './slab-writer.ts';

const SYNC_AT_ONCE_BYTES = 128 * 1000 ** 2;
/** The disk is kept busy while the network delivers, so that little is left to wait for at the end. */
const FLUSH_BYTES = 8 * 1000 ** 2;
/** Given back on a full disk, so that the journal can be written. */
const SPARE_BYTES = 64 * 1024;

export interface PartFile extends Pick<SlabWriter, 'space' | 'took'> {
  /** Bytes received. */
  readonly position: number;
  readonly journal: Journal;
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
  readonly syncEveryMs: number;
  readonly signal: AbortSignal;
}

/** Hashes what is kept, which takes about a second per GB. Throws what the disk says, and AbortError. */
export async function openPartFile({ paths, journal: found, position: kept, syncEveryMs, signal }: PartOptions): Promise<PartFile> {
  const file = await openForUpdate(paths.part);
  const log = createSyncLog(file, paths.journal, { ...found, syncedBytes: kept });
  let hasher: Hasher | undefined;
  const hasherOf = (): Hasher => (hasher ??= createHasher(log.journal.totalBytes)); // when bytes come, the size is known if it ever is
  try {
    await file.truncate(kept);
    await hashStart(file, kept, { update: (piece) => hasherOf().add(Buffer.from(new Uint8Array(piece).buffer)) }, signal);
  } catch (error) {
    await hasher?.close();
    await file.close();
    throw error;
  }
  const writer = createSlabWriter(file, kept, hasherOf, () => log.syncIfDue(writer.written, syncEveryMs));
  const settle = async (): Promise<void> => {
    await writer.settle();
    await log.settle();
  };
  const throwFailure = (): void => {
    const failure = writer.failure ?? log.failure;
    if (failure) throw failure.error;
  };
  return {
    get position() { return writer.position; },
    get journal() { return log.journal; },
    space: () => writer.space(),
    took: (bytes) => writer.took(bytes) && log.failure === undefined,
    async hasRoom() {
      await writer.hasRoom();
      throwFailure();
    },
    async restart({ validator, totalBytes }) {
      await settle();
      throwFailure();
      await file.truncate(0);
      log.learn({ validator, totalBytes });
      writer.restart();
      await log.sync(0);
    },
    learn: (learned) => log.learn(learned),
    async finish() {
      await settle();
      throwFailure();
      await log.sync(writer.written);
      return await writer.digest();
    },
    async close() {
      await settle();
      await leaveConsistent(file, writer, log);
      await hasher?.close();
    },
  };
}

interface SyncLog {
  readonly journal: Journal;
  readonly failure: { readonly error: unknown } | undefined;
  /** Begins a flush beside the writing when enough was written, and journals it when the last time is so long ago or so much came since. */
  syncIfDue(writtenBytes: number, everyMs: number): void;
  /** So many bytes are flushed and journaled; those behind them are not vouched for. */
  sync(writtenBytes: number): Promise<void>;
  settle(): Promise<void>;
  learn(learned: Partial<Pick<Journal, 'validator' | 'totalBytes'>>): void;
}

function createSyncLog(file: FileHandle, path: string, found: Journal): SyncLog {
  let journal = found;
  let flushedBytes = found.syncedBytes;
  let syncedMs = performance.now();
  let syncing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const sync = async (syncedBytes: number): Promise<void> => {
    await file.datasync();
    journal = { ...journal, syncedBytes };
    flushedBytes = syncedBytes;
    await writeJsonDurably(path, journal);
    syncedMs = performance.now();
  };
  return {
    get journal() { return journal; },
    get failure() { return failure; },
    syncIfDue(writtenBytes, everyMs) {
      if (syncing) return;
      const isJournalDue = performance.now() - syncedMs >= everyMs || writtenBytes - journal.syncedBytes >= SYNC_AT_ONCE_BYTES;
      if (!isJournalDue && writtenBytes - flushedBytes < FLUSH_BYTES) return;
      flushedBytes = writtenBytes;
      const work = isJournalDue ? sync(writtenBytes) : file.datasync();
      syncing = work.catch((error: unknown) => void (failure = { error })).then(() => (syncing = undefined));
    },
    sync,
    async settle() {
      await syncing;
    },
    learn(learned) {
      journal = { ...journal, ...learned };
    },
  };
}

async function leaveConsistent(file: FileHandle, writer: SlabWriter, log: SyncLog): Promise<void> {
  const { syncedBytes } = log.journal;
  let keptBytes = writer.written;
  try {
    if (writer.failure ?? log.failure) {
      keptBytes = Math.max(syncedBytes, keptBytes - SPARE_BYTES);
      await file.truncate(keptBytes);
    }
    if (keptBytes !== syncedBytes) await log.sync(keptBytes);
  } catch {
    // the disk does not take even that: the journal of the last flush stands, and what lies behind it is fetched again
  } finally {
    await file.close();
  }
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
