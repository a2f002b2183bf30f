import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { listProjects } from '#engine/projects/list-projects.ts';
import { openStudioDb } from './open.ts';

test('projects of an older database are found, damaged ones among them', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'adgen-cards-'));
  const folder = join(import.meta.dirname, 'migrations');
  const older = new Database(join(dataDir, 'studio.db'));
  for (const file of readdirSync(folder).filter((name) => /^000[0-3]_.*\.sql$/.test(name)).sort()) older.exec(readFileSync(join(folder, file), 'utf8'));
  older.pragma('user_version = 4');
  const insert = older.prepare('INSERT INTO projects (id, name, document, created_ms, updated_ms) VALUES (?, ?, ?, 1, ?)');
  insert.run('whole', 'Ärmel', JSON.stringify({ ...exampleProject(), id: 'whole' }), 1);
  ['{"scenes', '[]', '7', '{"scenes":["x",7,{"captions":[null,"y"]}],"brief":[1],"renditions":{"a":"b"}}'].forEach((text, index) => insert.run(`odd ${index}`, 'Odd', text, 2 + index));
  older.close();

  const db = openStudioDb(dataDir);
  const find = (query: string): string[] => listProjects(db, { query, show: 'active', sort: 'updated', limit: 9, offset: 0 }).items.map(({ id }) => id);
  expect([find('taste it'), find('armel'), find('odd').length, find('').length]).toEqual([['whole'], ['whole'], 4, 5]);
  expect(listProjects(db, { query: 'fizzo', show: 'active', sort: 'name', limit: 1, offset: 0 }).items[0]).toMatchObject({ ratios: ['9:16'], durationFrames: 165, product: { name: 'can.jpg' } });
  await db.close();
  rmSync(dataDir, { recursive: true });
});
