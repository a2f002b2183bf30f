/** Folders that this program needs. Node's recursive mkdir is not used: on a read-only volume it reports ENOENT, and in /proc it never returns. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { readOnly, toDiskError } from './disk-errors.ts';

/** Makes a folder and its parents. Throws READ_ONLY, DISK_FULL, or BAD_INPUT when a file stands in the way. */
export function makeFolder(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return;
  if (stats !== undefined) throw new AdgenError('BAD_INPUT', `${path} is a file; a folder is needed there. Choose another place.`, { data: { path } });
  if (dirname(resolve(path)) !== resolve(path)) makeFolder(dirname(resolve(path)));
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return; // another process was first
    if (code === 'ENOENT') throw readOnly(path, error); // the parent is there: a file system such as /proc, where nothing can be made
    throw toDiskError(error, path);
  }
}
