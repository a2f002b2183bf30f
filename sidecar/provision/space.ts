/**
 * Is there room? Asked before the first byte and again while bytes arrive, for every volume that an operation writes to. Also the
 * words for a disk that is full or may not be written to.
 */
import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { provisionError } from './failures.ts';

/** File systems need more than the sum of the sizes. */
const MARGIN_PERCENT = 110;
/** The system itself wants to live on: logs, page file, other programs. */
export const RESERVE_BYTES = 2 * 1024 ** 3;

export interface SpaceNeed {
  /** A folder or file, which need not exist yet. */
  readonly path: string;
  readonly bytes: number;
}

export interface VolumeForecast {
  /** The first of the given paths that lie on this volume. */
  readonly path: string;
  /** With margin and reserve. */
  readonly needBytes: number;
  readonly freeBytes: number;
  readonly isEnough: boolean;
}

export interface SpaceRules {
  /** What must stay free afterwards; 2 GiB. */
  readonly reserveBytes?: number;
}

/** One entry per volume (needs on the same volume add up): 1.1 × the bytes, plus the reserve, against what this user may write. */
export async function forecastSpace(needs: readonly SpaceNeed[], { reserveBytes = RESERVE_BYTES }: SpaceRules = {}): Promise<VolumeForecast[]> {
  const volumes = new Map<number, { path: string; bytes: number; existing: string }>();
  for (const need of needs) {
    const { existing, device } = await nearestExisting(need.path);
    const volume = volumes.get(device);
    if (volume) volume.bytes += need.bytes;
    else volumes.set(device, { path: need.path, bytes: need.bytes, existing });
  }
  return Promise.all([...volumes.values()].map(async ({ path, bytes, existing }) => {
    const { bavail, bsize } = await statfs(existing);
    const freeBytes = bavail * bsize;
    const needBytes = bytes === 0 ? 0 : Math.ceil((bytes * MARGIN_PERCENT) / 100) + reserveBytes;
    return { path, needBytes, freeBytes, isEnough: freeBytes >= needBytes };
  }));
}

/** Throws DISK_FULL that names need, free and folder of every volume that is too small. */
export async function requireSpace(needs: readonly SpaceNeed[], rules?: SpaceRules): Promise<void> {
  const short = (await forecastSpace(needs, rules)).filter(({ isEnough }) => !isEnough);
  if (short.length === 0) return;
  const sentence = short.map(({ path, needBytes, freeBytes }) => `${formatBytes(needBytes)} are needed for ${path} and ${formatBytes(freeBytes)} are free there`).join('; ');
  throw provisionError('DISK_FULL', `${sentence}.`, { data: { volumes: short } });
}

/** What the file system said at `path`, as DISK_FULL or DISK_READ_ONLY; anything else comes back as it is. */
export function toDiskError(error: unknown, path: string): unknown {
  if (error instanceof AdgenError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return provisionError('DISK_FULL', `The disk that holds ${path} is full.`, { data: { path }, cause: error });
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return provisionError('DISK_READ_ONLY', `${path} cannot be written.`, { data: { path }, cause: error });
  if (['ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EISDIR'].includes(code)) return provisionError('DISK_PATH', `${path} cannot be used (${code}).`, { data: { path }, cause: error });
  return error;
}

/** Runs `work`; its disk errors are told for `path`. */
export async function withDiskErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDiskError(error, path);
  }
}

/** Decimal, as disks and downloads are sold: 1_500_000_000 → `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return power === 0 ? `${bytes} bytes` : `${(bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** Do both paths (or their nearest existing parents) lie on one volume, so that a rename between them works? */
export async function isSameVolume(a: string, b: string): Promise<boolean> {
  return (await nearestExisting(a)).device === (await nearestExisting(b)).device;
}

async function nearestExisting(path: string): Promise<{ existing: string; device: number }> {
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      return { existing: at, device: (await stat(at)).dev };
    } catch (error) {
      if (at === dirname(at)) throw error; // not even the root answers
    }
  }
}
