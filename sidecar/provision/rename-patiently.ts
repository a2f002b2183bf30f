/** Renames that outlast a virus scanner: on Windows a file that has just been written may be held for a moment by somebody else. */
import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError } from '#core/contract/errors.ts';

const PAUSES_MS = [50, 100, 200, 400, 800, 1600];

/** Replaces `to` in one step. Throws CONFLICT (`data.reason` ENV_LOCKED) on Windows when the file stays held, else what the file system says. */
export async function renamePatiently(from: string, to: string): Promise<void> {
  for (const pauseMs of process.platform === 'win32' ? PAUSES_MS : []) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!isHeld(error)) throw error;
      await delay(pauseMs);
    }
  }
  try {
    await rename(from, to);
  } catch (error) {
    if (process.platform !== 'win32' || !isHeld(error)) throw error;
    throw new AdgenError('CONFLICT', `${basename(to)} is held by another program, perhaps a virus scanner. Close that program, then try again.`, { isTransient: true, data: { reason: 'ENV_LOCKED', path: to }, cause: error });
  }
}

const isHeld = (error: unknown): boolean => ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
