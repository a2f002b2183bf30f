/** A damaged history never stops the work: it is restored from its own backup, the damaged file is kept, and the user is told. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStudioDb } from '#engine/db/open.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import { adgen, sampleCan, scratchFolder } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await scratchFolder('broken-database');
});
afterAll(() => folder.remove());

/** A data folder with one run in its history, and a backup that knows it. */
async function prepare(name: string): Promise<string> {
  const data = at(name);
  const db = openStudioDb(data);
  createRun(db, { id: 'run-1', request: {} });
  await db.backup({ isForced: true });
  await db.close();
  return data;
}

async function overwrite(path: string, bytes: Uint8Array, position: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, position);
  await file.close();
}

/** Overwrites the start of the file, as a dying disk does. */
const damage = (path: string): Promise<void> => overwrite(path, Buffer.alloc(3000, 0x5a), 0);

/** `user_version` is the big-endian number at byte 60 (sqlite.org/fileformat2.html §1.3). */
const setVersion = (path: string, version: number): Promise<void> => overwrite(path, Uint8Array.of(0, 0, 0, version), 60);

const listRuns = async (data: string): Promise<{ id: string }[]> => JSON.parse((await adgen(['runs', '--json', '--data', data])).stdout) as { id: string }[];

it('restores a damaged database from its backup, says so, and keeps the damaged one', async () => {
  const data = await prepare('damaged');
  await damage(join(data, 'studio.db'));
  const { exitCode, stdout, stderr } = await adgen(['runs', '--json', '--data', data]);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/^The database was damaged or missing and has been restored from its backup\. The damaged file is kept as .*studio\.db\.broken-\d{8}T\d{6}Z\./);
  expect(stdout && JSON.parse(stdout)).toMatchObject([{ id: 'run-1' }]);
  expect((await readdir(data)).filter((file) => /^studio\.db\.broken-\w+$/.test(file))).toHaveLength(1);
  const again = await adgen(['runs', '--data', data]);
  expect(again).toMatchObject({ exitCode: 0, stderr: '' });
});

it('restores a database that has been emptied or deleted', async () => {
  const data = await prepare('emptied');
  await writeFile(join(data, 'studio.db'), '');
  expect(await listRuns(data)).toMatchObject([{ id: 'run-1' }]);
});

it('starts a new one when the backup is damaged too, and says so', async () => {
  const data = await prepare('both');
  await damage(join(data, 'studio.db'));
  await damage(join(data, 'studio.db.backup'));
  const { exitCode, stdout, stderr } = await adgen(['runs', '--json', '--data', data]);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/there was no sound backup, so a new one was started\. The damaged file is kept as/);
  expect(JSON.parse(stdout)).toEqual([]);
});

it('opens something that is no database at all the same way', async () => {
  const data = at('no-database');
  await mkdir(data);
  await copyFile(sampleCan, join(data, 'studio.db'));
  const { exitCode, stderr } = await adgen(['doctor', '--json', '--data', data]).then(() => adgen(['runs', '--data', data]));
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/a new one was started/);
});

it('leaves the database of a newer program alone', async () => {
  const data = await prepare('newer');
  await setVersion(join(data, 'studio.db'), 99);
  const before = await readFile(join(data, 'studio.db'));
  for (const args of [['runs'], ['make', '--product', sampleCan, '--out', at('out')]]) {
    const { exitCode, stdout, stderr } = await adgen([...args, '--data', data]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: \S+studio\.db was written by a newer AdGen Studio \(database version 99, this program knows \d+\)\. Update AdGen Studio, or use another folder with --data\.$/);
  }
  expect((await readFile(join(data, 'studio.db'))).equals(before)).toBe(true);
  expect((await readdir(data)).filter((file) => file.includes('broken'))).toEqual([]);
  expect(existsSync(at('out'))).toBe(false);
});

it('refuses a data folder that cannot be one', async () => {
  await writeFile(at('file'), 'x');
  expect(await adgen(['runs', '--data', at('file')])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/is a file; a folder is needed there/) });
  expect(await adgen(['runs', '--data', '/proc/adgen-test'])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: \S+ cannot be written\./) });
});
