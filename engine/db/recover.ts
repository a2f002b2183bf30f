/**
 * Puts a sound database in the place of a broken one: the backup when it is sound, else an empty one. The broken file is
 * kept aside with its journal. Called by `open.ts` only, under the opening lock and with no other process on the database.
 * A kill in the middle is finished by `finishRestore` at the next start.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { backupPathOf, isSound } from './backup.ts';
import type { Connect } from './open.ts';

/** Returns what the user is told. */
export function replaceBrokenDatabase(path: string, connect: Connect, now: Date): string {
  const aside = `${path}.broken-${now.toISOString().replaceAll(/[-:]/g, '').replace(/\.\d+Z$/, 'Z')}`;
  const restoring = `${path}.restoring`;
  const backup = backupPathOf(path);
  rmSync(restoring, { force: true });
  const hasBackup = existsSync(backup);
  if (hasBackup) copyFileSync(backup, restoring);
  const isRestored = hasBackup && isSound(restoring, connect);
  if (!isRestored) rmSync(restoring, { force: true });
  const kept = existsSync(path) ? ` The damaged file is kept as ${aside}.` : '';
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  finishRestore(path);
  if (isRestored) return `The database was damaged or missing and has been restored from its backup.${kept} Runs made since the backup are not in the history; their finished steps are made again when needed.`;
  return `The database was damaged and there was no sound backup, so a new one was started.${kept} Delivered files and artifacts are untouched.`;
}

/** The database was moved aside but the copy not yet put in its place. */
export function finishRestore(path: string): void {
  if (!existsSync(path) && existsSync(`${path}.restoring`)) renameSync(`${path}.restoring`, path);
}
