/** For tests: the real database, with the real migrations, in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStudioDb, type StudioDb, type StudioDbOptions } from './open.ts';

/** A database in a new temporary folder; `close` removes the folder. A file rather than `:memory:`, so that WAL and locks are real. */
export function openTestDb(options: StudioDbOptions = {}): StudioDb {
  const dataDir = mkdtempSync(join(tmpdir(), 'adgen-test-'));
  const db = openStudioDb(dataDir, { backupIntervalMs: Infinity, ...options });
  return {
    ...db,
    close: async () => {
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
