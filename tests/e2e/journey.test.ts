/**
 * The main job through the window, nothing replaced: a photo is dropped, an advert is made, one scene is made anew, the film is cut and the
 * product moved, everything is undone and made again, and a file is exported that is what the page showed.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Film } from '#core/composition/film.ts';
import { sceneSpans, totalFrames } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { askEngine, documentOf } from './kit/ask-engine.ts';
import { nearness } from './kit/compare-frames.ts';
import { dropFiles, fileToDrop } from './kit/drop-files.ts';
import { finishedProject, makeShort, openView, SAMPLE } from './kit/start-advert.ts';

const MINUTES = 60_000;
/** Where the playhead stands when the product is moved. */
const MOVED = 20;
/** Decibels: what encoding alone costs at most, and what another picture is at best. */
const NEAR = 42;
const FAR = 28;

let studio: Studio;
let outDir: string;
/** Of the exported file. */
let path = '';
let projectId = '';
let planned: AdProject;
let edited: AdProject;
/** What the preview draws before and after the film is cut. */
let plannedFilm: Film;
let editedFilm: Film;

beforeAll(async () => {
  studio = await openStudio({ width: 1440, height: 900 });
  outDir = await mkdtemp(join(tmpdir(), 'adgen-e2e-out-'));
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(outDir, { recursive: true, force: true });
});

/** Resolves when the engine's document fulfils what is asked of it. */
async function documentWhere(isSo: (document: AdProject) => boolean): Promise<AdProject> {
  await expect.poll(async () => isSo(await documentOf(studio, projectId)), { timeout: MINUTES }).toBe(true);
  return await documentOf(studio, projectId);
}

describe('from a photo to a file', () => {
  test('a dropped photo is cut out, and two actions start an advert', { timeout: 8 * MINUTES }, async () => {
    const { page } = studio;
    await dropFiles(page, [await fileToDrop(SAMPLE, 'image/jpeg')]);
    await page.getByRole('slider', { name: 'Compare photo and cut-out' }).waitFor({ timeout: 2 * MINUTES });
    await makeShort(studio);
    projectId = await finishedProject(studio);
    planned = await documentOf(studio, projectId);
    expect(planned).toMatchObject({ brief: { productName: 'Fizzo', callToAction: 'Taste it' }, durationFrames: 180 });
    expect(new Set(planned.renditions.map(({ ratio }) => ratio))).toEqual(new Set(['1:1']));
    await expect(page.getByText(/Colours differ by ΔE/).count()).resolves.toBe(1);
  });

  test('one scene gets a new backdrop, and keeps the old one as a take', { timeout: 6 * MINUTES }, async () => {
    const { page } = studio;
    await openView(studio, 'Storyboard');
    await page.getByRole('list', { name: 'Scenes' }).getByRole('listitem').nth(1).click();
    await page.getByRole('button', { name: 'New take', exact: true }).click();
    const document = await documentWhere(({ scenes }) => scenes[1]?.takes?.length === 1);
    expect(document.scenes[1]?.seed).not.toBe(planned.scenes[1]?.seed);
    expect(document.scenes[1]?.takes?.[0]).toMatchObject({ seed: planned.scenes[1]?.seed });
    expect(document.scenes[0]).toEqual(planned.scenes[0]);
    await page.getByText('Everything is rendered').waitFor({ timeout: 4 * MINUTES });
  });

  test('the film is trimmed and split, and the product moved', { timeout: 3 * MINUTES }, async () => {
    const { page } = studio;
    planned = await documentOf(studio, projectId);
    plannedFilm = await shownFilm();
    await openView(studio, 'Timeline');
    const clips = page.locator('[data-clip^="scene:"]');
    await clips.nth(2).waitFor();
    const product = page.getByRole('button', { name: 'Fizzo', exact: true });
    await product.waitFor({ timeout: 2 * MINUTES });
    await trimEnd(0, -40);
    const trimmed = await documentWhere(({ scenes }) => (scenes[0]?.durationFrames ?? 0) < (planned.scenes[0]?.durationFrames ?? 0));
    expect(trimmed.durationFrames).toBe(totalFrames(trimmed));

    const [, second] = sceneSpans(trimmed);
    await page.getByLabel('Playhead', { exact: true }).fill(String((second?.startFrame ?? 0) + 24));
    await page.keyboard.press('Enter');
    await clips.nth(1).click();
    await page.keyboard.press('s');
    const split = await documentWhere(({ scenes }) => scenes.length === planned.scenes.length + 1);
    expect(totalFrames(split)).toBe(split.durationFrames);

    await page.getByLabel('Playhead', { exact: true }).fill(String(MOVED));
    await page.keyboard.press('Enter');
    await product.focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowLeft');
    edited = await documentWhere(({ scenes }) => scenes[0]?.placement?.keyframes['1:1'] !== undefined);
    edited = await settled();
    editedFilm = await shownFilm();
  });

  test('everything is undone to the byte, and made again to the byte', { timeout: 3 * MINUTES }, async () => {
    const { page } = studio;
    const undo = page.getByRole('button', { name: /^Undo/ });
    for (let step = 0; step < 60 && JSON.stringify(await settled()) !== JSON.stringify(planned) && (await undo.isEnabled()); step++) await undo.click();
    expect(JSON.stringify(await settled())).toBe(JSON.stringify(planned));
    const redo = page.getByRole('button', { name: /^Redo/ });
    while (await redo.isEnabled()) await redo.click();
    expect(JSON.stringify(await settled())).toBe(JSON.stringify(edited));
  });

  test('the exported file is what it should be', { timeout: 8 * MINUTES }, async () => {
    const { page } = studio;
    await openView(studio, 'Export');
    await page.getByRole('button', { name: /Master file, 1:1$/ }).first().click();
    await page.getByLabel('Folder').fill(outDir);
    await page.getByRole('article').first().getByText(/Ready|warning/).waitFor({ timeout: 2 * MINUTES });
    await page.getByRole('button', { name: /^Export 1 file/ }).click();
    await expect.poll(async () => (await askEngine<{ state: string; error: unknown }[]>(studio, `/exports?projectId=${projectId}`))[0], { timeout: 6 * MINUTES }).toMatchObject({ state: 'succeeded', error: null });
    path = join(outDir, (await readdir(outDir))[0] ?? '');
    expect(existsSync(path)).toBe(true);
    const probe = await probeMedia(path, { ffmpegPath: (await locateFfmpeg()).path });
    expect(probe).toMatchObject({ video: { width: 1080, height: 1080 } });
    expect(Math.abs(probe.durationSeconds - edited.durationFrames / 30)).toBeLessThan(0.05);
    await page.getByRole('button', { name: /^Play / }).first().waitFor({ timeout: MINUTES });
  });

  test('its frames are those of the edited film, and no longer those of the planned one', { timeout: 2 * MINUTES }, async () => {
    const file = { path, dataDir: studio.folder, ffmpegPath: (await locateFfmpeg()).path };
    const [first, , third, fourth] = sceneSpans(edited);
    const earlier = (fourth?.startFrame ?? 0) + 8; // what comes after the trim is earlier now
    for (const frame of [0, MOVED, (first?.endFrame ?? 0) + 10, (third?.startFrame ?? 0) + 2, earlier, edited.durationFrames - 1]) expect(await nearness(file, editedFilm, frame), `frame ${frame}`).toBeGreaterThan(NEAR);
    // Without the move, or without the trim, the file would show these frames as they were planned.
    for (const frame of [MOVED, earlier]) expect(await nearness(file, plannedFilm, frame)).toBeLessThan(FAR);
  });

  test('nothing but the studio itself was asked for anything', () => {
    expect(studio.strangers).toEqual([]);
  });
});

/** The document once the page has sent everything. */
async function settled(): Promise<AdProject> {
  await studio.page.getByText('Saved', { exact: true }).waitFor();
  return await documentOf(studio, projectId);
}

/** The film as the page is given it. */
async function shownFilm(): Promise<Film> {
  return (await askEngine<{ film: Film }>(studio, `/projects/${projectId}/film?ratio=1:1`)).film;
}

/** Drags the end of a scene's clip by `dx` pixels. */
async function trimEnd(index: number, dx: number): Promise<void> {
  const { page } = studio;
  const edge = page.locator('[data-clip^="scene:"]').nth(index).locator('[data-edge=end]');
  const box = await edge.boundingBox();
  if (!box) throw new Error('the clip has no end to drag');
  // Below the transition's handle and inside the clip's own edge.
  const [x, y] = [box.x + box.width / 2 - 1, box.y + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y, { steps: 4 });
  await page.mouse.move(x + dx, y, { steps: 4 });
  await page.mouse.up();
}
