import { readdirSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssetRef } from '#core/project/schema.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { discardPart, exportFileName, placeFile } from './place-file.ts';

let folder: string;
let out: string;
let store: ArtifactStore;
let film: AssetRef;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-place-'));
  out = join(folder, 'out');
  await mkdir(out);
  store = openArtifactStore(join(folder, 'data'));
  film = await store.putBytes(new TextEncoder().encode('film'), 'film.mp4', 'video/mp4');
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

test('never writes over another file, and leaves nothing besides', async () => {
  await writeFile(join(out, 'a_9x16_29.97.mp4'), 'mine');
  expect(await placeFile(film, { folder: out, name: 'a_9x16_29.97.mp4', partKey: 'x' }, store)).toBe(join(out, 'a_9x16_29.97 (2).mp4'));
  expect(await placeFile(film, { folder: out, name: 'a_9x16_29.97.mp4', partKey: 'x' }, store)).toBe(join(out, 'a_9x16_29.97 (3).mp4'));
  expect(await readFile(join(out, 'a_9x16_29.97.mp4'), 'utf8')).toBe('mine');
  expect((await readdir(out)).sort()).toEqual(['a_9x16_29.97 (2).mp4', 'a_9x16_29.97 (3).mp4', 'a_9x16_29.97.mp4']);
});

test('at once, each gets a name of its own', async () => {
  const paths = await Promise.all(Array.from({ length: 8 }, (_, index) => placeFile(film, { folder: out, name: 'a.mp4', partKey: `part-${index}` }, store)));
  expect(new Set(paths).size).toBe(8);
  for (const path of paths) expect(await readFile(path, 'utf8')).toBe('film');
});

test('what a killed program left of the same export is written over', async () => {
  await writeFile(join(out, '.adgen-x.part'), 'half');
  await placeFile(film, { folder: out, name: 'a.mp4', partKey: 'x' }, store);
  expect(await readdir(out)).toEqual(['a.mp4']);
});

test('nothing is left of what will not be finished', async () => {
  await writeFile(join(out, '.adgen-x.part'), 'half');
  await discardPart(out, 'x');
  await discardPart(join(out, 'gone'), 'x');
  expect(await readdir(out)).toEqual([]);
});

test('the name is noted before the file has it', async () => {
  const seen: [string, string[]][] = [];
  const there = readdirSync(out);
  await writeFile(join(out, 'a.mp4'), 'mine');
  const path = await placeFile(film, { folder: out, name: 'a.mp4', partKey: 'x', journal: { noted: null, note: (noted) => seen.push([noted, readdirSync(out).filter((name) => !name.startsWith('.'))]) } }, store);
  expect([there, seen]).toEqual([[], [[path, ['a.mp4']]]]);
});

test.each([
  ['after the file had its name', async (noted: string) => { await writeFile(noted, 'film'); await link(noted, join(out, '.adgen-x.part')); }, ['a (2).mp4', 'a.mp4']],
  ['before', async () => await writeFile(join(out, '.adgen-x.part'), 'fi'), ['a (2).mp4', 'a.mp4']],
  ['after it, and somebody changed the file', async (noted: string) => await writeFile(noted, 'cut'), ['a (2).mp4', 'a (3).mp4', 'a.mp4']],
])('killed %s: the file is there once', async (_, kill, names) => {
  await writeFile(join(out, 'a.mp4'), 'film');
  const noted = join(out, 'a (2).mp4');
  await kill(noted);
  const path = await placeFile(film, { folder: out, name: 'a.mp4', partKey: 'x', journal: { noted, note() {} } }, store);
  expect((await readdir(out)).sort()).toEqual(names);
  expect(await readFile(path, 'utf8')).toBe('film');
});

test('a folder that is gone gets a sentence, and is not made anew', async () => {
  await rm(out, { recursive: true });
  await expect(placeFile(film, { folder: out, name: 'a.mp4', partKey: 'x' }, store)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('is gone') });
  expect(await readdir(folder)).not.toContain('out');
});

test('a damaged artifact is told and leaves nothing', async () => {
  await rm(store.pathOf(film), { force: true });
  await expect(placeFile(film, { folder: out, name: 'a.mp4', partKey: 'x' }, store)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await readdir(out)).toEqual([]);
});

test('names say what a file is, whatever the project is called', () => {
  const order = { placementId: 'dv360', ratio: '16:9', rate: '29.97' };
  expect(exportFileName('Fizzo', order)).toBe('Fizzo_dv360_16x9_29.97.mp4');
  expect(exportFileName('../../etc/passwd', order)).toBe('etc_passwd_dv360_16x9_29.97.mp4');
  expect(exportFileName('  ', order)).toBe('advert_dv360_16x9_29.97.mp4');
});
