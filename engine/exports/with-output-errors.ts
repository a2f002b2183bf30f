import { AdgenError } from '#core/contract/errors.ts';
import { withDiskErrors } from '#engine/storage/disk-errors.ts';

/** What stands in the way of a file or folder that the user has named, by errno. */
const OBSTACLES: Readonly<Record<string, string>> = {
  EISDIR: 'a folder of that name is in the way',
  ENOTEMPTY: 'a folder of that name is in the way',
  EEXIST: 'something of that name is in the way',
  ENOTDIR: 'a file stands where a folder is needed',
  ENAMETOOLONG: 'the name is too long for this disk',
  ELOOP: 'its links lead in a circle',
  ENOENT: 'the folder is gone',
};

/** Runs `work`, which writes to `path` for the user; throws DISK_FULL, READ_ONLY, or BAD_INPUT when something is in the way. */
export async function withOutputErrors<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await withDiskErrors(path, async () => await work());
  } catch (error) {
    const obstacle = error instanceof AdgenError ? undefined : OBSTACLES[(error as NodeJS.ErrnoException).code ?? ''];
    if (obstacle === undefined) throw error;
    throw new AdgenError('BAD_INPUT', `${path} cannot be written: ${obstacle}. Choose another folder, or make room there.`, { data: { path }, cause: error });
  }
}
