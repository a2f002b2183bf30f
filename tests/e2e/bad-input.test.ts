/**
 * Bad files on the window: each is answered by one clear sentence, what was good stays, and the page goes on. So it is with music
 * of two hours, and with a project whose document in the database has become garbage.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { writeGif, writePng } from '#engine/cutout/ingest/test-pictures.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { documentOf } from './kit/ask-engine.ts';
import { dropPaths } from './kit/drop-paths.ts';
import { finishedProject, makeShort, openView, SAMPLE } from './kit/start-advert.ts';

const MINUTES = 60_000;
const TWO_HOURS = 7200;

let studio: Studio;
let folder: string;
let projectId = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-e2e-input-'));
  await writePictures();
  studio = await openStudio({ width: 1440, height: 900 });
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

// What the page throws belongs to the test that made it.
afterEach(() => expect(studio.complaints.splice(0)).toEqual([]));

async function writePictures(): Promise<void> {
  const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">${inside}</svg>`;
  const product = await sharp(Buffer.from(svg('<ellipse cx="150" cy="160" rx="80" ry="120" fill="#c33"/>'))).png().toBuffer();
  const files: Record<string, string | Uint8Array> = {
    'empty.jpg': '', 'notes.jpg': 'Buy milk.\nCall the client.\n', 'notes.txt': 'Buy milk.', 'really-a-pdf.jpg': '%PDF-1.7\n%âãÏÓ\n1 0 obj <<>> endobj', 'page.jpg': '<!doctype html><html><script>document.title = "!"</script></html>',
    'cut-short.jpg': (await readFile(SAMPLE)).subarray(0, 20_000), 'drawing.svg': svg('<script>window.wasRun = true</script>'), 'hidden.jpg': svg('<script>window.wasRun = true</script>'),
    'one.png': writePng({ width: 1, height: 1, bitDepth: 8, colourType: 2, pixel: [9, 9, 9] }), 'gigantic.png': writePng({ width: 60_000, height: 60_000, bitDepth: 8, colourType: 2 }), 'bomb.gif': writeGif(30_000, 30_000, 1),
    'phone.heic': Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x40meta', 'latin1'), Buffer.alloc(200)]),
    'clear.png': await sharp({ create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer(),
    'words.mp3': 'These are words, no sound.',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
  await mkdir(at('folder.jpg'));
  await mkdir(at('many'));
  for (let index = 1; index <= 200; index++) await writeFile(at('many', `fizzo-${String(index).padStart(3, '0')}.png`), product);
  await copyFile(SAMPLE, at('good.jpg'));
}

const BAD: [file: string, says: RegExp][] = [
  ['empty.jpg', /"empty\.jpg" is empty/], ['notes.jpg', /notes\.jpg.*(picture|photo)/], ['notes.txt', /"notes\.txt" is no photo\. Use a JPEG/], ['really-a-pdf.jpg', /is a PDF document; use a JPEG/], ['page.jpg', /is a web page/],
  ['cut-short.jpg', /damaged or cut short/], ['drawing.svg', /"drawing\.svg" is no photo/], ['hidden.jpg', /SVG drawing/], ['one.png', /only 1×1 px; use a picture of at least/],
  ['gigantic.png', /60000×60000 px.*save a smaller copy/], ['bomb.gif', /30000×30000 px.*save a smaller copy/], ['phone.heic', /HEIC.*export it as JPEG/], ['clear.png', /fully transparent/],
  ['folder.jpg', /"folder\.jpg" is a folder\. Open it and drop the photos in it\./],
];

const problems = (): Promise<string[]> => studio.page.getByRole('alert').getByRole('listitem').allInnerTexts();
/** Photos in the strip; the last place is for one more. */
const photos = (): Promise<number> => studio.page.getByRole('list', { name: 'Product photos' }).locator('button:not([title])').count();

async function writeSound(name: string, seconds: number): Promise<void> {
  await execa((await locateFfmpeg()).path, ['-v', 'error', '-f', 'lavfi', '-i', 'anoisesrc=r=8000:a=0.1', '-t', String(seconds), '-b:a', '8k', at(name)]);
}

describe('bad photos', () => {
  test('a folder that falls on the list of projects says what to do', { timeout: MINUTES }, async () => {
    await dropPaths(studio.page, [at('folder.jpg')]);
    await expect.poll(problems, { timeout: MINUTES / 2 }).toEqual(['"folder.jpg" is a folder. Open it and drop the photos in it.']);
    expect(await photos()).toBe(0);
    await studio.page.getByRole('button', { name: 'Dismiss' }).click();
  });

  test('a good one is taken', { timeout: 2 * MINUTES }, async () => {
    await dropPaths(studio.page, [at('good.jpg')]);
    await studio.page.getByRole('slider', { name: 'Compare photo and cut-out' }).waitFor({ timeout: 2 * MINUTES });
    expect(await photos()).toBe(1);
  });

  test.each(BAD)('%s is refused in one sentence', { timeout: MINUTES }, async (file, says) => {
    await dropPaths(studio.page, [at(file)]);
    await expect.poll(problems, { timeout: MINUTES / 2 }).toEqual([expect.stringMatching(says)]);
    const [sentence = ''] = await problems();
    expect(sentence).toMatch(/^[^\n]+\.$/);
    expect(sentence).not.toMatch(/undefined|\[object|Error:|\bat .*:\d+/);
    await expect.poll(photos).toBe(1);
    await studio.page.getByRole('button', { name: 'Dismiss' }).click();
  });

  test('all of them at once stop no good one', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Begin anew' }).click();
    const bad = BAD.map(([file]) => file).slice(0, 9);
    await dropPaths(page, [...bad, 'good.jpg'].map((file) => at(file)));
    await page.getByRole('slider', { name: 'Compare photo and cut-out' }).waitFor({ timeout: 2 * MINUTES });
    await expect.poll(photos, { timeout: MINUTES }).toBe(1);
    expect(await problems()).toHaveLength(bad.length);
  });

  test('of 200 at once twelve are taken, and it says so', { timeout: 4 * MINUTES }, async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await dropPaths(page, (await readdir(at('many'))).map((file) => at('many', file)));
    await expect.poll(problems).toEqual(['An advert takes 12 photos; 188 more were left out.']);
    expect(await photos()).toBe(12);
    await page.getByRole('slider', { name: 'Compare photo and cut-out' }).waitFor({ timeout: 2 * MINUTES });
    await page.getByRole('button', { name: 'Begin anew' }).click();
  });

  test('after all that a good photo becomes an advert, and no script has run', { timeout: 8 * MINUTES }, async () => {
    const { page } = studio;
    await dropPaths(page, [at('good.jpg')]);
    await makeShort(studio);
    projectId = await finishedProject(studio);
    expect(await page.evaluate(() => ['wasRun' in window, document.title])).toEqual([false, 'AdGen Studio']);
  });
});

describe('bad sound', () => {
  test('text that calls itself a sound is refused, and the music stays', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    await openView(studio, 'Timeline');
    await page.locator('[data-clip=music]').waitFor({ timeout: MINUTES });
    const before = await documentOf(studio, projectId);
    await dropPaths(page, [at('words.mp3')], '[data-clip=music]');
    await page.getByText(/words\.mp3.*\.$/).filter({ hasNotText: 'Taking in' }).first().waitFor({ timeout: MINUTES });
    expect(await documentOf(studio, projectId)).toEqual(before);
  });

  test('two hours of music are refused in one sentence, and a short piece is taken', { timeout: 4 * MINUTES }, async () => {
    const { page } = studio;
    await writeSound('two-hours.mp3', TWO_HOURS);
    await dropPaths(page, [at('two-hours.mp3')], '[data-clip=music]');
    await page.getByText(/^The music "two-hours\.mp3" is 2 h.* long; at most 20 minutes are taken\. Cut it to the part that the advert needs, then add that\.$/).waitFor({ timeout: 2 * MINUTES });
    await page.getByRole('button', { name: 'Music: two-hours.mp3' }).waitFor({ state: 'detached' });
    await writeSound('short.mp3', 12);
    await dropPaths(page, [at('short.mp3')], '[data-clip=music]');
    await page.getByRole('button', { name: 'Music: short.mp3' }).waitFor({ timeout: MINUTES });
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: MINUTES });
    expect((await documentOf(studio, projectId)).soundtrack.music?.name).toBe('short.mp3');
  });
});

describe('a damaged project', () => {
  test('opens in its last whole state, and says so', { timeout: 3 * MINUTES }, async () => {
    const { page } = studio;
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: MINUTES });
    const newest = await documentOf(studio, projectId);
    await page.getByRole('link', { name: 'Show projects' }).click();
    await page.getByRole('gridcell').first().waitFor();
    await damageDocument();

    await page.getByRole('gridcell').first().click();
    await page.getByText(/The newest state of this project was damaged, so the last one that was whole has been opened/).waitFor({ timeout: MINUTES });
    const opened = await documentOf(studio, projectId);
    expect(opened.soundtrack.music?.name).not.toBe('short.mp3');
    expect(opened.scenes).toEqual(newest.scenes);
    expect(await readdir(join(studio.folder, 'damaged-projects'))).toHaveLength(1);

    await page.getByRole('button', { name: /^Redo/ }).click();
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: MINUTES });
    expect(await documentOf(studio, projectId)).toEqual(newest);
  });
});

/** What a bad disk or another program may leave behind. */
async function damageDocument(): Promise<void> {
  const db = openStudioDb(studio.folder);
  db.prepare<[string, string]>('UPDATE projects SET document = ? WHERE id = ?').run('{"schemaVersion": 1, "scenes": [\u0000', projectId);
  await db.close();
}
