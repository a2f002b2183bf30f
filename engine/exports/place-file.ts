/**
 * Puts a finished file into the user's folder: whole or not at all, under a name that says what it is, and never over another file. A
 * folder that is gone is not made anew: it may have been on a disk that was taken away.
 */
import { link, lstat, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { hashFile, syncFolder } from '#engine/storage/durable-file.ts';
import { safeFileName, splitExtension } from '#engine/storage/file-names.ts';
import { withOutputErrors } from './with-output-errors.ts';

const MOST_NAMES = 999;

/** Where a file goes. */
export interface Place {
  readonly folder: string;
  readonly name: string;
  /** Names the file while it is written; the same work writes over its own leftover. */
  readonly partKey: string;
  /** For work that outlives its process: where it may have put the file already, and where it is about to. */
  readonly journal?: PlaceJournal;
}

interface PlaceJournal {
  readonly noted: string | null;
  note(path: string): void;
}

/** Returns the path. Throws BAD_INPUT, DISK_FULL or READ_ONLY. */
export async function placeFile(asset: AssetRef, place: Place, store: ArtifactStore): Promise<string> {
  const { folder, partKey, journal } = place;
  const isThere = await stat(folder).then((found) => found.isDirectory(), () => false);
  if (!isThere) throw new AdgenError('BAD_INPUT', `The folder ${folder} is gone. Choose another one, or plug its disk in again, and retry.`, { data: { path: folder } });
  return await withOutputErrors(folder, async () => {
    const part = partPath(folder, partKey);
    try {
      if (journal?.noted && (await holds(journal.noted, asset))) return journal.noted;
      await rm(part, { force: true });
      await store.copyTo(asset, part);
      const path = await claim(part, place);
      await syncFolder(folder);
      return path;
    } finally {
      await rm(part, { force: true });
    }
  });
}

/** Removes what a killed program has left of a file that will not be finished, if the folder can still be reached. */
export async function discardPart(folder: string, partKey: string): Promise<void> {
  await rm(partPath(folder, partKey), { force: true }).catch(() => undefined); // its disk is gone, or may not be written any more
}

const partPath = (folder: string, partKey: string): string => join(folder, `.adgen-${safeFileName(partKey)}.part`);

/** The user may have removed or changed it since. */
async function holds(path: string, { hash }: AssetRef): Promise<boolean> {
  return await hashFile(path).then((found) => found.hash === hash, () => false);
}

/** The first free one of `film.mp4`, `film (2).mp4`, … */
async function claim(part: string, { folder, name, journal }: Place): Promise<string> {
  const safe = safeFileName(name, 'advert.mp4');
  const [stem, extension] = splitExtension(safe);
  for (let count = 1; count <= MOST_NAMES; count++) {
    const path = join(folder, count === 1 ? safe : `${stem} (${count})${extension}`);
    if (await isTaken(path)) continue;
    journal?.note(path);
    if (await tryName(part, path)) return path;
  }
  throw new AdgenError('BAD_INPUT', `${folder} holds ${MOST_NAMES} files named ${safe}. Remove some, or choose another folder.`);
}

/** A hard link fails where something has come to stand meanwhile; where there are no links, looking must do. */
async function tryName(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === undefined || !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) throw error;
  }
  if (await isTaken(path)) return false;
  await rename(part, path);
  return true;
}

const isTaken = async (path: string): Promise<boolean> => await lstat(path).then(() => true, () => false);

/** `Fizzo_tiktok-infeed_9x16_29.97.mp4`. */
export function exportFileName(projectName: string, order: { readonly placementId: string; readonly ratio: string; readonly rate: string }, extension = 'mp4'): string {
  const parts = [safeFileName(projectName, 'advert'), order.placementId, order.ratio.replace(':', 'x'), order.rate];
  return `${parts.join('_')}.${extension}`;
}
