/**
 * The artifact store: files by content hash under `<data>/artifacts/ab/cdef…`. A file is there whole or not at all, however
 * the process or the machine ends, and the same bytes are stored once. Several processes may use one store at a time. It
 * does not know what an artifact is for; `retention.ts` decides what may go.
 */
import { createHash } from 'node:crypto';
import { constants, existsSync, rmSync } from 'node:fs';
import { access, chmod, opendir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { withDiskErrors } from './disk-errors.ts';
import { copyDurably, hashFile, replaceWithCopy, syncFile, syncFolder, writeCopy, writeDurably } from './durable-file.ts';
import { safeFileName } from './file-names.ts';
import { makeFolder } from './make-folder.ts';
import { removeDeadTempFiles, tempPathIn } from './temp-files.ts';

export interface StoredArtifact {
  readonly hash: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface ArtifactStore {
  readonly dataDir: string;
  putBytes(bytes: Uint8Array, name: string, mime: string): Promise<AssetRef>;
  /** `move`: the file is ours to take (it must not be in use); otherwise it is copied. */
  putFile(path: string, name: string, mime: string, options?: { move?: boolean }): Promise<AssetRef>;
  /** Absolute path of the bytes; they are read-only. Does not check that they exist. */
  pathOf(artifact: AssetRef | string): string;
  has(hash: string): boolean;
  /** True when the bytes still have this hash; false when they are missing or damaged. */
  verify(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
  /** `remove` at once, for a caller that holds a lock. */
  removeNow(hash: string): void;
  list(): AsyncGenerator<StoredArtifact>;
  /** A new path in `<data>/tmp` for scratch output; leftovers of dead processes are removed when a store is opened. */
  tempPath(extension?: string): string;
  /**
   * Puts a copy at `destination` in one step, once its bytes have the hash; an artifact that does not is removed. Never a hard
   * link: editing a delivered file must not damage the store.
   */
  exportTo(artifact: AssetRef | string, destination: string): Promise<void>;
  /** Writes a copy to a file that is not there yet, for a caller who names it only when it is whole, and removes it when it is not. */
  copyTo(artifact: AssetRef | string, path: string): Promise<void>;
}

/** Opens (and makes) the store of a data folder. Throws DISK_FULL or READ_ONLY. */
export function openArtifactStore(dataDir: string): ArtifactStore {
  const root = join(resolve(dataDir), 'artifacts');
  makeFolder(root);
  removeDeadTempFiles(dataDir);
  const pathOf = (artifact: AssetRef | string): string => pathOfHash(root, hashOf(artifact));
  const tempPath = (extension = ''): string => tempPathIn(resolve(dataDir), extension);

  return {
    dataDir: resolve(dataDir),
    pathOf,
    tempPath,
    has: (hash) => existsSync(pathOf(hash)),
    putBytes: async (bytes, name, mime) =>
      await withDiskErrors(root, async () => {
        const hash = createHash('sha256').update(bytes).digest('hex');
        await store(tempPath('part'), pathOf(hash), hash, async (temp) => await writeDurably(temp, bytes));
        return { hash, name: safeFileName(name), mime };
      }),
    putFile: async (path, name, mime, options = {}) =>
      await withDiskErrors(root, async () => {
        await assertReadable(path);
        const hash = options.move === true ? await takeFile(path, tempPath('part'), pathOf) : await copyIn(path, tempPath('part'), pathOf);
        return { hash, name: safeFileName(name), mime };
      }),
    verify: async (hash) => await isWhole(pathOf(hash), hash),
    remove: async (hash) => await rm(pathOf(hash), { force: true }),
    removeNow: (hash) => rmSync(pathOf(hash), { force: true }),
    list: () => listArtifacts(root),
    exportTo: async (artifact, destination) => await copyOut(hashOf(artifact), pathOf(artifact), destination, replaceWithCopy),
    copyTo: async (artifact, path) => await copyOut(hashOf(artifact), pathOf(artifact), path, writeCopy),
  };
}

const hashOf = (artifact: AssetRef | string): string => (typeof artifact === 'string' ? artifact : artifact.hash);

function pathOfHash(root: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new AdgenError('BAD_INPUT', `"${hash.slice(0, 80)}" is not an artifact hash (64 hexadecimal digits).`);
  return join(root, hash.slice(0, 2), hash.slice(2));
}

async function assertReadable(path: string): Promise<void> {
  await access(path, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code})`;
    throw new AdgenError(cause.code === 'ENOENT' ? 'NOT_FOUND' : 'BAD_INPUT', `${path} ${why}.`, { data: { path }, cause });
  });
}

async function copyIn(path: string, temp: string, pathOf: (hash: string) => string): Promise<string> {
  try {
    const { hash } = await copyDurably(path, temp);
    await store(temp, pathOf(hash), hash);
    return hash;
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

/** Takes the file itself when it lies on the same volume; across volumes it is copied and then removed. */
async function takeFile(path: string, temp: string, pathOf: (hash: string) => string): Promise<string> {
  try {
    await rename(path, temp);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copied = await copyIn(path, temp, pathOf);
    await rm(path, { force: true });
    return copied;
  }
  const { hash } = await hashFile(temp);
  await store(temp, pathOf(hash), hash, syncFile);
  return hash;
}

/** Moves `temp` (after `prepare` made or flushed it) to its place, unless the same bytes are there already. */
async function store(temp: string, place: string, hash: string, prepare?: (temp: string) => Promise<void>): Promise<void> {
  if (await isStored(place, hash)) return await rm(temp, { force: true });
  try {
    await prepare?.(temp);
    makeFolder(dirname(place));
    if (process.platform !== 'win32') await chmod(temp, 0o444); // Windows could not remove a read-only file again
    await rename(temp, place);
    await syncFolder(dirname(place));
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

/** Other bytes at this place were damaged from outside and are replaced. The touch shields a whole file from retention. */
async function isStored(place: string, hash: string): Promise<boolean> {
  if (!(await isWhole(place, hash))) return false;
  const now = new Date();
  await utimes(place, now, now).catch(() => undefined); // another user's store: readable is enough
  return true;
}

async function isWhole(path: string, hash: string): Promise<boolean> {
  try {
    return (await hashFile(path)).hash === hash;
  } catch (error) {
    // EIO: the disk cannot read its own sectors any more.
    if (['ENOENT', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function* listArtifacts(root: string): AsyncGenerator<StoredArtifact> {
  for await (const folder of await opendir(root)) {
    if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
    for await (const file of await opendir(join(root, folder.name))) {
      const found = await stat(join(root, folder.name, file.name)).catch(() => undefined); // removed meanwhile
      if (found?.isFile() !== true || !/^[0-9a-f]{62}$/.test(file.name)) continue;
      yield { hash: folder.name + file.name, sizeBytes: found.size, modifiedMs: Math.floor(found.mtimeMs) };
    }
  }
}

async function copyOut(hash: string, path: string, destination: string, copy: typeof writeCopy): Promise<void> {
  if (!existsSync(path)) throw new AdgenError('NOT_FOUND', `${destination} cannot be written: its artifact is no longer in the store. Run the project again to make it anew.`);
  await withDiskErrors(destination, async () => {
    makeFolder(dirname(destination));
    await copy(path, destination, async (made) => {
      if ((await hashFile(made)).hash === hash) return;
      await rm(path, { force: true });
      throw new AdgenError('TOOL_FAILED', `${destination} was not written, because its bytes in the store are damaged; they have been removed, and the same command again makes them anew.`, { data: { hash } });
    });
  });
}
