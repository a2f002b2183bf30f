/**
 * Brings a database to the schema of this program: the files of `migrations/` in order, `user_version` counting how many
 * were applied. Each runs in the transaction of the caller, so a killed program leaves the old schema or the new one. The
 * files are drizzle-kit's output; its own migrator is not used because it would apply on top of a newer schema silently.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { SqliteConnection } from './open.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

/** The schema version that this program writes. */
export function programSchemaVersion(): number {
  return migrationFiles().length;
}

/** Applies what is missing. Throws DATABASE_NEWER for a database that a later program has written. */
export function migrate(connection: SqliteConnection, path: string): void {
  if (schemaVersionOf(connection) === programSchemaVersion()) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    const version = schemaVersionOf(connection); // again: another process may have been first
    assertNotNewer(version, path);
    for (const file of migrationFiles().slice(version)) connection.exec(readFileSync(join(FOLDER, file), 'utf8'));
    connection.pragma(`user_version = ${programSchemaVersion()}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

export function schemaVersionOf(connection: SqliteConnection): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

function assertNotNewer(version: number, path: string): void {
  const known = programSchemaVersion();
  if (version <= known) return;
  throw new AdgenError(
    'DATABASE_NEWER',
    `${path} was written by a newer AdGen Studio (database version ${version}, this program knows ${known}). Update AdGen Studio, or use another folder with --data.`,
    { data: { path, databaseVersion: version, programVersion: known } },
  );
}

function migrationFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort();
}
