/**
 * Opens `<data>/studio.db`. The only importer of better-sqlite3: pragmas, migrations, slow-statement log, backup and repair
 * are all behind it. Several processes may have one data folder open; opening itself is one at a time.
 */
import Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toDiskError } from '../storage/disk-errors.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { backupAgeMs, backupPathOf, passesQuickCheck, writeBackup } from './backup.ts';
import { databaseBroken, isBrokenDatabase, toDatabaseError } from './database-error.ts';
import { drizzle } from './drizzle.ts';
import { migrate, schemaVersionOf } from './migrate.ts';
import { readOpenMarkers, removeMarkers, writeOpenMarker } from './open-markers.ts';
import { finishRestore, replaceBrokenDatabase } from './recover.ts';
import * as schema from './schema.ts';
import { timeStatements } from './slow-statements.ts';

export type SqliteConnection = Database.Database;
export type Connect = (path: string) => SqliteConnection;

export interface StudioDbOptions {
  /** Told about every statement that took longer than 40 ms. */
  readonly onSlowStatement?: (statement: string, durationMs: number) => void;
  /** No backup is written while the last one is younger than this; default 5 minutes. */
  readonly backupIntervalMs?: number;
}

export interface StudioDb {
  readonly path: string;
  readonly dataDir: string;
  /** Sentences for the user, e.g. that the database was restored; empty nearly always. */
  readonly notices: readonly string[];
  readonly orm: BetterSQLite3Database<typeof schema>;
  /** For the few hot paths that need hand-written SQL; keep the statement, preparing costs. */
  prepare<Parameters extends unknown[], Row = unknown>(statement: string): Database.Statement<Parameters, Row>;
  /** All or nothing, with the write lock from the start; inside another transaction it joins that one. */
  transaction<T>(work: () => T): T;
  /** Changes when another connection has committed. Cheap: no I/O. */
  dataVersion(): number;
  /** Writes `studio.db.backup` unless it is young enough; returns whether it did. */
  backup(options?: { isForced?: boolean }): Promise<boolean>;
  /** Backs up if it is time, closes, and marks the shutdown as clean. */
  close(): Promise<void>;
}

const SLOW_MS = 40;
const BACKUP_INTERVAL_MS = 5 * 60_000;

/** Throws DATABASE_NEWER, DATABASE_BROKEN (another process still uses the broken file), DISK_FULL or READ_ONLY. */
export function openStudioDb(dataDir: string, options: StudioDbOptions = {}): StudioDb {
  const folder = resolve(dataDir);
  const path = join(folder, 'studio.db');
  makeFolder(join(folder, 'tmp'));
  try {
    return withOpeningLock(folder, () => {
      const { connection, notices } = openSound(folder, path);
      return wrap(connection, { folder, path, notices, marker: writeOpenMarker(folder), options });
    });
  } catch (error) {
    throw toDiskError(toDatabaseError(error, path), path);
  }
}

/**
 * WAL with synchronous NORMAL: a killed process loses nothing, and a power cut can only lose the last commits, never order
 * or soundness. A lost "succeeded" makes a step run again; the artifacts themselves are always flushed before it is written.
 */
function connect(path: string): SqliteConnection {
  const connection = new Database(path, { timeout: 10_000 });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('wal_autocheckpoint = 4000');
    connection.pragma('journal_size_limit = 33554432');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** SQLite's own file lock is the mutex: the kernel frees it however a process ends. */
function withOpeningLock<T>(folder: string, work: () => T): T {
  const lock = new Database(join(folder, 'opening.lock'), { timeout: 30_000 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return work();
  } finally {
    lock.close();
  }
}

function openSound(folder: string, path: string): { connection: SqliteConnection; notices: string[] } {
  const markers = readOpenMarkers(folder);
  finishRestore(path);
  try {
    assertNotLost(path);
    const connection = openChecked(path, markers.deadPaths.length > 0);
    removeMarkers(markers.deadPaths);
    return { connection, notices: [] };
  } catch (error) {
    if (!isBrokenDatabase(error)) throw error;
    if (markers.living.length > 0) throw databaseBroken(path, error);
    const notice = replaceBrokenDatabase(path, connect, new Date());
    const connection = openChecked(path, false);
    removeMarkers(markers.deadPaths);
    return { connection, notices: [notice] };
  }
}

function openChecked(path: string, wasUnclean: boolean): SqliteConnection {
  const connection = connect(path);
  try {
    migrateOnlyIfOurs(connection, path);
    if (wasUnclean && !passesQuickCheck(connection)) throw databaseBroken(path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** No file, or an empty one, is a valid new database to SQLite; with a backup beside it, it is a lost one to us. */
function assertNotLost(path: string): void {
  const isEmpty = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
  const hasJournal = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (isEmpty && !hasJournal && existsSync(backupPathOf(path))) throw databaseBroken(path);
}

function migrateOnlyIfOurs(connection: SqliteConnection, path: string): void {
  const hasTables = connection.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() !== undefined;
  if (hasTables && schemaVersionOf(connection) === 0) throw databaseBroken(path);
  migrate(connection, path);
}

interface OpenState {
  readonly folder: string;
  readonly path: string;
  readonly notices: readonly string[];
  readonly marker: ReturnType<typeof writeOpenMarker>;
  readonly options: StudioDbOptions;
}

function wrap(connection: SqliteConnection, { folder, path, notices, marker, options }: OpenState): StudioDb {
  timeStatements(connection, SLOW_MS, options.onSlowStatement);
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  let isSuspect = false;
  let closing: Promise<void> | undefined;

  const transaction = <T>(work: () => T): T => {
    if (connection.inTransaction) return work();
    try {
      begin.run();
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      if (connection.inTransaction) rollback.run();
      isSuspect ||= isBrokenDatabase(error);
      throw toDatabaseError(error, path);
    }
  };
  const backup = async ({ isForced = false } = {}): Promise<boolean> => {
    const intervalMs = options.backupIntervalMs ?? BACKUP_INTERVAL_MS;
    if (isSuspect || (!isForced && backupAgeMs(path, Date.now()) < intervalMs)) return false;
    await writeBackup(connection, path, connect);
    return true;
  };
  const close = async (): Promise<void> => {
    // A backup that fails (a full disk) must not keep the program from closing; the last one stays.
    await backup().catch(() => (isSuspect = true));
    connection.close();
    // The marker of a suspect database stays: the next start then checks the whole file.
    if (isSuspect) marker.abandon();
    else marker.remove();
  };
  return {
    path,
    dataDir: folder,
    notices,
    orm: drizzle(connection, { schema }),
    prepare: (statement) => connection.prepare(statement) as never,
    transaction,
    dataVersion: () => connection.pragma('data_version', { simple: true }) as number,
    backup,
    close: async () => await (closing ??= close()),
  };
}
