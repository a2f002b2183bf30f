/** Folders that provisioning needs. Node's recursive mkdir is not used: on a read-only volume it reports ENOENT, and in /proc it never returns. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { provisionError } from './failures.ts';
import { toDiskError } from './space.ts';

/** Makes a folder and its parents. Throws DISK_READ_ONLY, DISK_FULL, or DISK_PATH when a file stands in the way. */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => undefined); // missing or hidden: mkdir says which
  if (found?.isDirectory()) return;
  if (found) throw provisionError('DISK_PATH', `${folder} is a file; a folder is needed there.`, { data: { path: folder } });
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return; // another process was first
    if (code === 'ENOENT') throw provisionError('DISK_READ_ONLY', `${folder} cannot be made.`, { data: { path: folder }, cause: error }); // the parent is there: a file system such as /proc
    throw toDiskError(error, folder);
  }
}
