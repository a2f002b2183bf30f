/**
 * Puts a finished file into the user's folder: whole or not at all, under a name that says what it is, and never over another file. A
 * folder that is gone is not made anew: it may have been on a disk that was taken away.
 */
import { link, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { syncFolder } from '#engine/storage/durable-file.ts';
import { safeFileName, splitExtension } from '#engine/storage/file-names.ts';
import { withOutputErrors } from './with-output-errors.ts';

const MOST_NAMES = 999;

/** Returns the path. Throws BAD_INPUT, DISK_FULL or READ_ONLY. @param partKey names the file while it is written; the same work writes over its own leftover */
export async function placeFile(asset: AssetRef, folder: string, name: string, partKey: string, store: ArtifactStore): Promise<string> {
  const safe = safeFileName(name, 'advert.mp4');
  const isThere = await stat(folder).then((found) => found.isDirectory(), () => false);
  if (!isThere) throw new AdgenError('BAD_INPUT', `The folder ${folder} is gone. Choose another one, or plug its disk in again, and retry.`, { data: { path: folder } });
  return await withOutputErrors(folder, async () => {
    const part = join(folder, `.adgen-${safeFileName(partKey)}.part`);
    try {
      await store.exportTo(asset, part);
      const path = await claim(part, folder, safe);
      await syncFolder(folder);
      return path;
    } finally {
      await rm(part, { force: true });
    }
  });
}

/** The first free one of `film.mp4`, `film (2).mp4`, … A hard link fails where something stands; where there are no links, it is looked first. */
async function claim(part: string, folder: string, name: string): Promise<string> {
  const [stem, extension] = splitExtension(name);
  for (let count = 1; count <= MOST_NAMES; count++) {
    const path = join(folder, count === 1 ? name : `${stem} (${count})${extension}`);
    if (await tryName(part, path)) return path;
  }
  throw new AdgenError('BAD_INPUT', `${folder} holds ${MOST_NAMES} files named ${name}. Remove some, or choose another folder.`);
}

async function tryName(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === undefined || !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) throw error;
  }
  if (await stat(path).then(() => true, () => false)) return false;
  await rename(part, path);
  return true;
}

/** `Fizzo_tiktok-infeed_9x16_29.97.mp4`. */
export function exportFileName(projectName: string, order: { readonly placementId: string; readonly ratio: string; readonly rate: string }, extension = 'mp4'): string {
  const parts = [safeFileName(projectName, 'advert'), order.placementId, order.ratio.replace(':', 'x'), order.rate];
  return `${parts.join('_')}.${extension}`;
}
