import { afterAll, expect, test } from 'vitest';
import { getTableColumns, getTableConfig, is, SQLiteTable } from './drizzle.ts';
import * as schema from './schema.ts';
import { openTestDb } from './test-db.ts';

const db = openTestDb();
afterAll(async () => await db.close());

const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));

test('the migrations make exactly the tables of the schema', () => {
  const made = db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'project_search%' ORDER BY name").all();
  expect(made.map(({ name }) => name)).toEqual(tables.map((table) => getTableConfig(table).name).sort());
});

test.each(tables.map((table) => [getTableConfig(table).name, table] as const))('%s has the columns, keys and indices of the schema', (name, table) => {
  const config = getTableConfig(table);
  const made = db.prepare<[], { name: string; type: string; notnull: number; pk: number }>(`PRAGMA table_info(${name})`).all();
  const primary = new Set(config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  const wanted = Object.values(getTableColumns(table)).map((column) => ({
    name: column.name,
    type: column.getSQLType(),
    isRequired: column.notNull,
    isPrimary: column.primary || primary.has(column.name),
  }));
  expect(made.map((column) => ({ name: column.name, type: column.type.toLowerCase(), isRequired: column.notnull === 1, isPrimary: column.pk > 0 }))).toEqual(wanted);
  const indices = db.prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '${name}' AND sql IS NOT NULL ORDER BY name`).all();
  expect(indices.map((row) => row.name)).toEqual(config.indexes.map((index) => index.config.name).sort());
  const foreign = db.prepare(`PRAGMA foreign_key_list(${name})`).all();
  expect(foreign).toHaveLength(config.foreignKeys.length);
});
