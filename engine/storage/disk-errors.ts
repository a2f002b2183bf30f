/** Turns what the file system says into what a user can act on: which volume, how much is free, what to do. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** An `AdgenError` DISK_FULL or READ_ONLY for an errno of that kind at `path`; anything else comes back as it is. */
export function toDiskError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (error instanceof AdgenError) return error;
  if (FULL.has(code)) return diskFull(path, error);
  if (READ_ONLY.has(code)) return readOnly(path, error);
  return error;
}

/** Runs `work`; its disk errors are translated for `path`. */
export async function withDiskErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDiskError(error, path);
  }
}

export function diskFull(path: string, cause?: unknown): AdgenError {
  const freeBytes = freeBytesAt(path);
  const free = freeBytes === undefined ? '' : ` (${formatBytes(freeBytes)} free)`;
  return new AdgenError('DISK_FULL', `The disk that holds ${path} is full${free}. Free some space, then try again: what is finished is kept.`, {
    data: { path, freeBytes },
    cause,
  });
}

export function readOnly(path: string, cause?: unknown): AdgenError {
  return new AdgenError('READ_ONLY', `${path} cannot be written. Choose a folder that you may write to, or change its permissions.`, { data: { path }, cause });
}

/** Bytes that this user may still write on the volume of `path` (or of its nearest existing parent). */
function freeBytesAt(path: string): number | undefined {
  for (let at = path; ; at = dirname(at)) {
    try {
      const stats = statfsSync(at);
      return stats.bavail * stats.bsize;
    } catch {
      if (at === dirname(at)) return undefined; // not even the root answers: the figure is left out
    }
  }
}

/** 1536 → `1.5 KB`. */
function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
