/**
 * Files that are either wholly there or not at all: write beside, fsync, rename, fsync the folder. Used by the artifact
 * store, exports, the database backup and the child journal. Knows nothing of hashes or projects.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { ownIdentity } from '../jobs/process-liveness.ts';

let counter = 0;

/** A name for a temporary file that says whose it is: `<pid>-<start token>-<thread>_<n>`, then the extension. Threads count each for itself. */
export function ownTempName(extension = ''): string {
  const { pid, startToken } = ownIdentity();
  counter += 1;
  return `${pid}-${startToken === '' ? 'x' : startToken}-${threadId}_${counter}${extension === '' ? '' : `.${extension.replace(/^\./, '')}`}`;
}

/** Writes all bytes, then makes them durable. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await withFile(path, 'wx', async (file) => {
    await file.writeFile(bytes);
    await file.sync();
  });
}

/** Copies `from` to the new file `to` and returns the SHA-256 and size of what was copied. */
export async function copyDurably(from: string, to: string): Promise<{ hash: string; sizeBytes: number }> {
  return await withFile(from, 'r', async (source) => {
    return await withFile(to, 'wx', async (target) => {
      const result = await digest(source, async (chunk) => {
        await target.writeFile(chunk);
      });
      await target.sync();
      return result;
    });
  });
}

/** SHA-256 and size of a file. */
export async function hashFile(path: string): Promise<{ hash: string; sizeBytes: number }> {
  return await withFile(path, 'r', async (file) => await digest(file));
}

/** Flushes a file that somebody else wrote. */
export async function syncFile(path: string): Promise<void> {
  await withFile(path, 'r+', async (file) => await file.sync());
}

/** Makes a rename in `folder` survive a power cut. Windows cannot open a folder and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await withFile(folder, 'r', async (file) => await file.sync());
}

/**
 * Puts a copy of `from` at `to`, replacing what was there in one step.
 * @param check looks at the copy before it is put there, and throws when it must not be
 */
export async function replaceWithCopy(from: string, to: string, check: (copy: string) => Promise<void>): Promise<void> {
  await replaceAtomically(to, async (temp) => await writeCopy(from, temp, check));
}

/** Makes the new file `to`, a durable copy of `from`. Shares the blocks where the file system can (reflink). What is left of it after an error is the caller's to remove. */
export async function writeCopy(from: string, to: string, check: (copy: string) => Promise<void>): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await check(to);
  await chmod(to, 0o644); // a copy of a read-only file is read-only, and could not be flushed
  await syncFile(to);
}

/** Puts `bytes` at `to`, replacing what was there in one step. */
export async function replaceWithBytes(bytes: Uint8Array, to: string): Promise<void> {
  await replaceAtomically(to, async (temp) => await writeDurably(temp, bytes));
}

async function replaceAtomically(to: string, write: (temp: string) => Promise<void>): Promise<void> {
  const temp = join(dirname(to), `.${basename(to).slice(0, 60)}.${ownTempName()}.part`);
  try {
    await write(temp);
    await rename(temp, to);
    await syncFolder(dirname(to));
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

async function digest(file: FileHandle, onChunk?: (chunk: Uint8Array) => Promise<void>): Promise<{ hash: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(256 * 1024);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return { hash: hash.digest('hex'), sizeBytes };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    sizeBytes += bytesRead;
    if (onChunk !== undefined) await onChunk(chunk);
  }
}

async function withFile<T>(path: string, flags: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
