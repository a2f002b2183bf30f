/** Notes of the store: text that is wholly there or not at all, and JSON that is what its schema says or does not count. */
import { randomUUID } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { syncFolder } from '../durable-json.ts';
import { makeFolder } from '../make-folder.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { withDiskErrors } from '../space.ts';

/** Replaces `path` in one step. Throws DISK_FULL or DISK_READ_ONLY; the former content stands then. */
export async function writeText(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  await withDiskErrors(path, async () => {
    try {
      await writeFlushed(temporary, text);
      await renamePatiently(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  });
}

export const writeJson = (path: string, value: unknown): Promise<void> => writeText(path, `${JSON.stringify(value, null, 1)}\n`);

/** Undefined when there is none, or when it is not what it should be: a damaged note is no note. */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
