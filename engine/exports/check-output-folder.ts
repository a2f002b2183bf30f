/**
 * Finds out before the work starts whether files can be put into a folder, by doing it: permissions alone do not tell (root may
 * everything, and yet nothing can be made in /proc). Leaves no trace, also not of folders that it had to make.
 */
import { existsSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ownTempName } from '#engine/storage/durable-file.ts';
import { makeFolder } from '#engine/storage/make-folder.ts';
import { withOutputErrors } from './with-output-errors.ts';

/** Throws BAD_INPUT, READ_ONLY or DISK_FULL with what is wrong with the folder. */
export async function checkOutputFolder(folder: string): Promise<void> {
  const missing = missingFolders(resolve(folder));
  const probe = join(folder, `.${ownTempName('part')}`);
  try {
    await withOutputErrors(folder, () => {
      makeFolder(folder);
      writeFileSync(probe, '', { flag: 'wx' });
      rmSync(probe);
    });
  } finally {
    missing.forEach(removeEmptyFolder);
  }
}

/** The folder and its parents as far as they do not exist, innermost first. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) || dirname(folder) === folder ? [] : [folder, ...missingFolders(dirname(folder))];
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // It was never made, or somebody has put something into it: then it is theirs.
  }
}
