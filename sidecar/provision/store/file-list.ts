/**
 * What lies in a folder, exactly: every file with size and hash, every link with where it points. Paths are relative, with forward
 * slashes. Compiled Python (`__pycache__`) does not count: Python makes it anew at any time. Links are never followed.
 */
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { hashFile } from '../download/hash-file.ts';

/** Inside the folder and nowhere else, on every system. */
const relativePathSchema = z.string().min(1).max(4000).refine(isInsidePath, 'leaves its folder');

export const listedFileSchema = z.strictObject({ path: relativePathSchema, bytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/), isExecutable: z.boolean() });
export const listedLinkSchema = z.strictObject({ path: relativePathSchema, target: z.string().min(1).max(4000) });
export type ListedFile = z.infer<typeof listedFileSchema>;
export type ListedLink = z.infer<typeof listedLinkSchema>;

export interface FileList {
  readonly files: readonly ListedFile[];
  readonly links: readonly ListedLink[];
}

export interface Found {
  readonly path: string;
  readonly kind: 'file' | 'link';
  readonly bytes: number;
  readonly isExecutable: boolean;
}

export const BYTECODE_FOLDER = '__pycache__';

/** Files under way at the same time, so that reading one goes on while another is hashed. */
const PARALLEL = 4;

/** `a/b.txt`: relative, forward slashes, no `..`, no drive, nothing that Windows reads as another stream or device. */
export function isInsidePath(path: string): boolean {
  return !/[\\\0]|^\/|^[A-Za-z]:/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Every file and link below `folder`/`part`, sorted by path; empty when there is no such folder. */
export async function walk(folder: string, parts: readonly string[], { hasBytecode = false } = {}): Promise<Found[]> {
  const found: Found[] = [];
  const visit = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries) {
      const at = join(path, entry.name);
      if (entry.isDirectory()) {
        if (hasBytecode || entry.name !== BYTECODE_FOLDER) await visit(at);
        continue;
      }
      const { size, mode } = await lstat(at);
      found.push({ path: relative(folder, at).split(sep).join('/'), kind: entry.isSymbolicLink() ? 'link' : 'file', bytes: size, isExecutable: (mode & 0o111) !== 0 });
    }
  };
  for (const part of parts) {
    const root = await lstat(join(folder, part)).catch(() => undefined); // not made yet
    if (root?.isDirectory()) await visit(join(folder, part));
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Hashes what `walk` found. `onProgress` gets 0..1. */
export async function listFiles(folder: string, found: readonly Found[], options: { signal: AbortSignal; onProgress?(fraction: number): void }): Promise<FileList> {
  const files: ListedFile[] = [];
  const links: ListedLink[] = [];
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const take = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      options.signal.throwIfAborted();
      if (next.kind === 'link') links.push({ path: next.path, target: await readlink(join(folder, next.path)) });
      else files.push({ path: next.path, bytes: next.bytes, sha256: await hashFile(join(folder, next.path), options.signal), isExecutable: next.isExecutable });
      done += next.bytes;
      options.onProgress?.(done / Math.max(1, total));
    }
  };
  const waiting = [...found];
  await Promise.all(Array.from({ length: PARALLEL }, take));
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return { files: files.sort(byPath), links: links.sort(byPath) };
}

export interface Damage {
  readonly path: string;
  readonly what: 'missing' | 'changed';
}

/**
 * What of a list is not there as it was. Sizes alone cost a second or two for a whole engine; `isDeep` reads every byte.
 * Files that the list does not name are nobody's concern here.
 */
export async function compareWithList(folder: string, list: FileList, options: { isDeep: boolean; signal?: AbortSignal; onProgress?(fraction: number): void }): Promise<Damage[]> {
  const damages: Damage[] = [];
  const total = list.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of list.files) {
    options.signal?.throwIfAborted();
    const state = await lstat(join(folder, file.path)).catch(() => undefined); // missing, or in a place that is no folder any more
    if (!state?.isFile()) damages.push({ path: file.path, what: 'missing' });
    else if (state.size !== file.bytes) damages.push({ path: file.path, what: 'changed' });
    else if (options.isDeep && !(await isHash(join(folder, file.path), file.sha256, options.signal))) damages.push({ path: file.path, what: 'changed' });
    done += file.bytes;
    options.onProgress?.(done / Math.max(1, total));
  }
  for (const { path, target } of list.links) {
    const found = await readlink(join(folder, path)).catch(() => undefined); // missing, or a file by now
    if (found !== target) damages.push({ path, what: found === undefined ? 'missing' : 'changed' });
  }
  return damages;
}

async function isHash(path: string, sha256: string, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await hashFile(path, signal)) === sha256;
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false; // a file that cannot be read (a bad block, rights taken away) is damaged
  }
}
