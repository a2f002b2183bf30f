/**
 * One process at a time: a file that names its owner by pid and start time. The lock of a process that is gone is taken over, so
 * nothing has to be cleaned up after kill -9; a process that lives keeps its lock however long it takes.
 */
import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { isThere, startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { provisionError } from './failures.ts';
import { toDiskError } from './space.ts';

const ownerSchema = z.object({ pid: z.number().int().positive(), startToken: z.string() });
export type LockOwner = z.infer<typeof ownerSchema>;

/** A lock that cannot be read is being written in this moment, or was left by a crash in that moment. */
const HALF_WRITTEN_MS = 5000;
const POLL_MS = 50;

export interface LockOptions {
  /** How long to wait for another process; 0 = not at all. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  /** For the error: what is being done, as in "FILE is being downloaded by another process". */
  readonly what: string;
}

/** Does `work` while holding the lock at `path`, whose folder exists. Throws IN_USE that names the process, or what `work` throws. */
export async function withProcessLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await acquire(path, options);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Who holds the lock, if that process lives. */
export async function lockOwner(path: string): Promise<LockOwner | undefined> {
  const owner = await readOwner(path);
  return owner !== undefined && owner !== 'unreadable' && isAlive(owner) ? owner : undefined;
}

async function acquire(path: string, { waitMs = 0, signal, what }: LockOptions): Promise<void> {
  for (const endMs = performance.now() + waitMs; ; ) {
    signal?.throwIfAborted();
    if (await create(path)) return;
    const owner = await readOwner(path);
    if (await isStale(path, owner)) {
      if (await takeOver(path)) return;
    } else if (performance.now() >= endMs) {
      const pid = owner === undefined || owner === 'unreadable' ? undefined : owner.pid;
      throw provisionError('IN_USE', `${what} by another process${pid === undefined ? '' : ` (${pid})`}.`, { data: { path, pid } });
    }
    await delay(POLL_MS, undefined, { signal });
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify({ pid: process.pid, startToken: startTokenOf(process.pid) } satisfies LockOwner));
      return true;
    } catch (error) {
      await rm(path, { force: true }); // a full disk: nobody shall take the empty file for a lock
      throw error;
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw toDiskError(error, path);
  }
}

/** Two may find the same stale lock: only the one that makes the file beside it may replace it, after another look. */
async function takeOver(path: string): Promise<boolean> {
  const gate = `${path}.takeover`;
  if (!(await create(gate))) {
    if (await isStale(gate, await readOwner(gate))) await rm(gate, { force: true });
    return false;
  }
  try {
    if (!(await isStale(path, await readOwner(path)))) return false;
    await rm(path, { force: true });
    return await create(path);
  } finally {
    await rm(gate, { force: true });
  }
}

async function isStale(path: string, owner: LockOwner | 'unreadable' | undefined): Promise<boolean> {
  if (owner === undefined) return false; // given back in this moment: try again
  if (owner !== 'unreadable') return !isAlive(owner);
  const found = await stat(path).catch(() => undefined); // given back in this moment
  return found !== undefined && Date.now() - found.mtimeMs > HALF_WRITTEN_MS;
}

async function readOwner(path: string): Promise<LockOwner | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable'; // half written
  }
}

/** Where start times cannot be known (Windows), a pid that is in use counts as its owner. */
const isAlive = ({ pid, startToken }: LockOwner): boolean => isThere(pid) && (startToken === '' || startTokenOf(pid) === startToken);
