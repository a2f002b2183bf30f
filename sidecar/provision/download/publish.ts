/** A whole file gets its name: in one step, on whatever volume that is. */
import { copyFile, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../durable-json.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { withDiskErrors } from '../space.ts';

/** Moves `part`, which has been flushed, to `destination`, replacing what was there. Throws DISK_FULL, READ_ONLY and what else the disk says. */
export async function publish(part: string, destination: string): Promise<void> {
  await withDiskErrors(destination, async () => {
    try {
      await renamePatiently(part, destination);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      await copyAcross(part, destination);
    }
    await syncFolder(dirname(destination));
  });
}

/** Another volume: copied beside the destination, flushed, renamed. The name is always the same, so a kill leaves nothing that grows. */
async function copyAcross(part: string, destination: string): Promise<void> {
  const copy = join(dirname(destination), `.${basename(destination)}.part`);
  try {
    await copyFile(part, copy);
    const file = await open(copy, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await renamePatiently(copy, destination);
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
  await rm(part, { force: true });
}
