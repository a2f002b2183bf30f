/**
 * What the engine uses of drizzle-orm, loaded as CommonJS: for each of its 200 ES modules Node would read the package's
 * 180 kB package.json anew, a quarter of a second of CPU at every start. Everybody else imports it from here.
 */
import { createRequire } from 'node:module';

export type { SQL } from 'drizzle-orm';

const load = createRequire(import.meta.url);

export const { and, asc, desc, eq, getTableColumns, gt, inArray, is, isNotNull, isNull, lt, sql } = load('drizzle-orm') as typeof import('drizzle-orm');
export const { getTableConfig, index, integer, primaryKey, real, sqliteTable, SQLiteTable, text, uniqueIndex } = load('drizzle-orm/sqlite-core') as typeof import('drizzle-orm/sqlite-core');
export const { drizzle } = load('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3');
