/** What SQLite reports, in the words of the product. */
import { AdgenError } from '#core/contract/errors.ts';
import { diskFull, readOnly } from '../storage/disk-errors.ts';

/** True for the two ways in which SQLite says that a file is not a sound database. */
export function isBrokenDatabase(error: unknown): boolean {
  const code = sqliteCode(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || (error instanceof AdgenError && error.code === 'DATABASE_BROKEN');
}

/** DISK_FULL, READ_ONLY, DATABASE_BROKEN or CONFLICT (transient: another process holds the lock) for a SQLite error; others unchanged. */
export function toDatabaseError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'SQLITE_IOERR_SHMSIZE') return diskFull(path, error);
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM')) return readOnly(path, error);
  if (isBrokenDatabase(error)) return databaseBroken(path, error);
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new AdgenError('CONFLICT', `${path} is in use by another program. Close it and try again.`, { isTransient: true, data: { path }, cause: error });
  }
  return error;
}

export function databaseBroken(path: string, cause?: unknown): AdgenError {
  return new AdgenError('DATABASE_BROKEN', `The database ${path} is damaged. Close every adgen that uses it and start again: it is then restored from its own backup.`, {
    data: { path },
    cause,
  });
}

function sqliteCode(error: unknown): string {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return '';
  return (error as Error & { code: string }).code;
}
