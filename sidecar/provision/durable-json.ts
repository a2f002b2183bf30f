/** Small files of state, wholly old or wholly new after a crash: written beside, flushed, renamed. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces `path`; only whoever holds its lock may call this. Throws what the file system says. */
export async function writeJsonDurably(path: string, value: unknown): Promise<void> {
  const temp = `${path}.tmp`;
  try {
    const file = await open(temp, 'w');
    try {
      await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a rename in `folder` survive a power cut. Windows cannot open a folder and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
