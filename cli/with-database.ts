/** Opens only the database, for commands that look things up. */
import { resolve } from 'node:path';
import { openStudioDb } from '#engine/db/open.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { defaultDataDir } from '#engine/settings.ts';
import { printNote } from './terminal.ts';

export async function withDatabase<T>(options: { readonly data?: string }, work: (db: StudioDb, dataDir: string) => T | Promise<T>): Promise<T> {
  const dataDir = resolve(options.data ?? defaultDataDir());
  const db = openStudioDb(dataDir);
  try {
    db.notices.forEach(printNote);
    return await work(db, dataDir);
  } finally {
    await db.close();
  }
}
