/** Removes files by list and nothing else. A link is removed as a link; a folder that a link stands for is never entered. */
import { lstat, readdir, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withDiskErrors } from '../space.ts';
import { BYTECODE_FOLDER, walk } from './file-list.ts';

/** Removes these files of `folder` and what Python compiled from them. Returns how many there were. */
export async function removeListed(folder: string, paths: readonly string[]): Promise<number> {
  const plainFolders = new Map<string, Promise<boolean>>();
  let removed = 0;
  for (const path of paths) {
    if (!(await isPlain(folder, dirname(path), plainFolders))) continue;
    removed += await withDiskErrors(join(folder, path), () => remove(join(folder, path)));
  }
  return removed;
}

/** Removes what Python has compiled below the parts of `folder`; it makes it anew when it is needed. */
export async function removeBytecode(folder: string, parts: readonly string[]): Promise<void> {
  const compiled = (await walk(folder, parts, { hasBytecode: true })).filter(({ path }) => path.split('/').at(-2) === BYTECODE_FOLDER && path.endsWith('.pyc'));
  for (const { path } of compiled) await withDiskErrors(join(folder, path), () => remove(join(folder, path)));
}

/** Removes folders without anything in them, from the leaves up; `folder` itself too. */
export async function removeEmptyFolders(folder: string): Promise<void> {
  const state = await lstat(folder).catch(() => undefined); // gone already
  if (!state?.isDirectory()) return;
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await removeEmptyFolders(join(folder, entry.name));
  try {
    await rmdir(folder);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EBUSY', 'EPERM'].includes(code)) throw error; // not empty, or held: it stays and is told
  }
}

/** No part of the way from `root` to `path` is a link. */
async function isPlain(root: string, path: string, known: Map<string, Promise<boolean>>): Promise<boolean> {
  if (path === '.') return true;
  const found = known.get(path);
  if (found !== undefined) return await found;
  const answer = (async () => (await isPlain(root, dirname(path), known)) && ((await lstat(join(root, path)).catch(() => undefined))?.isDirectory() ?? false))(); // missing: nothing to remove
  known.set(path, answer);
  return await answer;
}

async function remove(path: string): Promise<0 | 1> {
  try {
    await unlink(path);
    return 1;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 0;
    if (process.platform === 'win32' && code === 'EPERM') { // a read-only file there
      await rm(path, { force: true, maxRetries: 3 });
      return 1;
    }
    if (code === 'EISDIR') return 0; // a folder in its place is not ours
    throw error;
  }
}
