/**
 * The database's own backup, `studio.db.backup`: written by SQLite's online backup while others read and write, checked,
 * then put in place in one step, so that a damaged database never replaces a sound backup.
 */
import { rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ownTempName, syncFile, syncFolder } from '../storage/durable-file.ts';
import { databaseBroken } from './database-error.ts';
import type { Connect, SqliteConnection } from './open.ts';

export const backupPathOf = (databasePath: string): string => `${databasePath}.backup`;

/** Age of the backup in milliseconds, Infinity when there is none. */
export function backupAgeMs(databasePath: string, nowMs: number): number {
  const found = statSync(backupPathOf(databasePath), { throwIfNoEntry: false });
  return found === undefined ? Infinity : nowMs - found.mtimeMs;
}

export async function writeBackup(connection: SqliteConnection, databasePath: string, connect: Connect): Promise<void> {
  const temp = join(dirname(databasePath), 'tmp', ownTempName('db'));
  try {
    await connection.backup(temp, { progress: createPace() });
    if (!isSound(temp, connect)) throw databaseBroken(databasePath);
    await syncFile(temp);
    await rename(temp, backupPathOf(databasePath));
    await syncFolder(dirname(databasePath));
  } finally {
    removeDatabaseFiles(temp);
  }
}

/**
 * Pages per step: small enough that the process stays responsive. Every commit of another process makes SQLite start again from
 * the first page, so a backup that does not come to its end this way does the rest in one go.
 */
function createPace(): () => number {
  let steps = 0;
  return () => (++steps > 200 ? 0x7fffffff : 2000);
}

/** Opens a database that nobody else has open and lets SQLite check it. */
export function isSound(path: string, connect: Connect): boolean {
  let connection: SqliteConnection | undefined;
  try {
    connection = connect(path);
    return passesQuickCheck(connection) && connection.pragma('user_version', { simple: true }) !== 0;
  } catch {
    return false; // whatever the reason: it cannot be used
  } finally {
    connection?.close();
  }
}

export function passesQuickCheck(connection: SqliteConnection): boolean {
  return connection.pragma('quick_check(1)', { simple: true }) === 'ok';
}

function removeDatabaseFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
