/**
 * Small files made from artifacts (thumbnails, source pictures, peaks), kept on disk by what they are made of. All of it can be made again, so it
 * stands under `<data>/tmp/cache`, is bounded, and loses what was not asked for longest. The same file is never made twice at a time.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toDiskError } from '../storage/disk-errors.ts';
import { ownTempName } from '../storage/durable-file.ts';

/** A cache of derived files. */
export interface DerivedFiles {
  /** Path and key of the file that `description` names; made by `make` when it is not there. */
  get(description: unknown, make: () => Promise<Uint8Array>): Promise<{ path: string; etag: string }>;
}

/** How much may lie there before the oldest goes. */
const MAX_BYTES = 1_000_000_000;
/** What is left after a clean-up, so that not every new file needs one. */
const KEPT_PART = 0.7;

const known = new Map<string, DerivedFiles>();

/** The cache of a data folder, one per process. */
export function derivedFilesOf(dataDir: string): DerivedFiles {
  const files = known.get(dataDir) ?? createDerivedFiles(dataDir);
  known.set(dataDir, files);
  return files;
}

/** @param maxBytes what may lie there */
export function createDerivedFiles(dataDir: string, maxBytes = MAX_BYTES): DerivedFiles {
  const folder = join(dataDir, 'tmp', 'cache');
  const making = new Map<string, Promise<void>>();
  let writtenBytes = Infinity; // the first write looks what lies there

  const make = async (path: string, work: () => Promise<Uint8Array>): Promise<void> => {
    const bytes = await work();
    try {
      mkdirSync(folder, { recursive: true });
      const temp = join(dataDir, 'tmp', ownTempName('cache'));
      await writeFile(temp, bytes);
      await rename(temp, path); // not flushed: what a power cut spoils is caught by its size, and made again
    } catch (error) {
      throw toDiskError(error, folder);
    }
    writtenBytes += bytes.length;
    if (writtenBytes < maxBytes * (1 - KEPT_PART)) return;
    writtenBytes = 0;
    await dropOldest(folder, maxBytes * KEPT_PART, path);
  };

  return {
    async get(description, work) {
      const etag = createHash('sha256').update(JSON.stringify(description)).digest('hex');
      const path = join(folder, etag);
      if (await isThere(path)) return { path, etag };
      const running = making.get(path) ?? make(path, work).finally(() => making.delete(path));
      making.set(path, running);
      await running;
      return { path, etag };
    },
  };
}

/** An empty file is one whose bytes a power cut took. Being asked for keeps it young. */
async function isThere(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.size === 0) return false;
  if (Date.now() - found.mtimeMs > 60_000) await utimes(path, new Date(), new Date()).catch(() => undefined); // removed meanwhile: the caller finds out
  return true;
}

async function dropOldest(folder: string, maxBytes: number, spared: string): Promise<void> {
  const files = await Promise.all((await readdir(folder)).map(async (name) => ({ path: join(folder, name), found: await stat(join(folder, name)).catch(() => undefined) })));
  const known = files.flatMap(({ path, found }) => (found && path !== spared ? [{ path, size: found.size, mtimeMs: found.mtimeMs }] : []));
  let bytes = known.reduce((sum, file) => sum + file.size, 0);
  for (const file of known.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (bytes <= maxBytes) return;
    await rm(file.path, { force: true });
    bytes -= file.size;
  }
}
