/** Brings a file of the user's to its place, by copy or by link; it appears there whole, and the source is only read. */
import { createHash } from 'node:crypto';
import { link, open, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { syncFolder } from '#sidecar/provision/durable-json.ts';
import { provisionError } from '#sidecar/provision/failures.ts';
import { renamePatiently } from '#sidecar/provision/rename-patiently.ts';

const PIECE_BYTES = 1024 ** 2;

export interface TakeFile {
  readonly from: string;
  /** Its folder exists. What is there is replaced. */
  readonly to: string;
  /** Sees the hash before the file appears; throws when it must not. */
  check(sha256: string): void;
  readonly signal: AbortSignal;
  onBytes(bytes: number): void;
}

/** Gives the hash of what was copied. Throws what `check` throws, AbortError, and what the disk says; then nothing is left. */
export async function copyFileHashed({ from, to, check, signal, onBytes }: TakeFile): Promise<string> {
  const temp = tempOf(to);
  try {
    const sha256 = await copyBytes(from, temp, signal, onBytes);
    check(sha256);
    await renamePatiently(temp, to);
    await syncFolder(dirname(to));
    return sha256;
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

/** A hard link; from another volume a symbolic one. */
export async function linkFile(from: string, to: string): Promise<void> {
  const temp = tempOf(to);
  await rm(temp, { force: true });
  try {
    await link(from, temp);
  } catch {
    await linkSymbolically(from, temp); // another volume, or a file system without hard links
  }
  await renamePatiently(temp, to);
}

async function linkSymbolically(from: string, temp: string): Promise<void> {
  try {
    await symlink(resolve(from), temp, 'file');
  } catch (error) {
    throw provisionError('DISK_PATH', `${from} cannot be linked from ${dirname(temp)} (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, { action: 'Copy it instead.', cause: error });
  }
}

async function copyBytes(from: string, to: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string> {
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'w');
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(PIECE_BYTES);
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(buffer, 0, PIECE_BYTES, null);
        if (bytesRead === 0) break;
        const piece = buffer.subarray(0, bytesRead);
        hash.update(piece);
        await target.writeFile(piece);
        onBytes(bytesRead);
      }
      await target.sync();
      return hash.digest('hex');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Always the same name, so that what a kill leaves is overwritten by the next attempt. */
const tempOf = (to: string): string => join(dirname(to), `.${basename(to)}.part`);
