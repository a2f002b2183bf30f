/** The SHA-256 of a file that is on the disk. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 1024 ** 2;

/** Hex; reads about 1 GB per second. Throws AbortError and what the file system says. */
export async function hashFile(path: string, signal?: AbortSignal, onBytes?: (bytes: number) => void): Promise<string> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    await hashStart(file, Infinity, hash, signal, onBytes);
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** Adds the file's first `bytes` (or all that there are) to a hash; a piece may be overwritten when `update` has resolved. Returns how many those were. */
export async function hashStart(file: FileHandle, bytes: number, hash: { update(piece: Buffer): unknown }, signal?: AbortSignal, onBytes?: (bytes: number) => void): Promise<number> {
  // An engine has tens of thousands of small files: a large buffer for each would cost more than hashing them.
  const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(1, (await file.stat()).size)));
  for (let position = 0; ; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, bytes - position), position);
    if (bytesRead === 0) return position;
    await hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
    onBytes?.(bytesRead);
  }
}
