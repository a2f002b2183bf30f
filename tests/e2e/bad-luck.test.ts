/**
 * Bad luck while the page is open: the engine is killed in the middle of a run and of an edit, the page is reloaded while the engine is away,
 * and the whole studio is killed, also while it exports. Nothing is lost, the page says calmly what is going on, and no process is left over.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { childrenOf, isThere } from '#scripts/child-processes.ts';
import { ffmpegsOf } from '../processes.ts';
import { askEngine, documentOf } from './kit/ask-engine.ts';
import { finishedProject, openView, startAdvert } from './kit/start-advert.ts';

const MINUTES = 60_000;
/** One frame less of what is selected. */
const TRIM = 'Alt+Shift+ArrowLeft';

let studio: Studio;
let folder: string;
let projectId = '';
/** The document before any edit. */
let planned = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-e2e-luck-'));
  studio = await openStudio({ folder, width: 1440, height: 900 });
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

/** The engine and everything below it. */
function engineTree(): number[] {
  const engines = studio.enginePids();
  return [...engines, ...engines.flatMap((pid) => childrenOf(pid).map((child) => child.pid))];
}

async function expectGone(pids: readonly number[]): Promise<void> {
  expect(pids.length).toBeGreaterThan(0);
  await expect.poll(() => pids.filter(isThere), { timeout: MINUTES }).toEqual([]);
}

/** Kills the engine and holds the host still, which would start another, until `work` is done. */
async function withoutEngine(work: () => Promise<void>): Promise<void> {
  process.kill(studio.hostPid, 'SIGSTOP');
  const killed = engineTree();
  try {
    studio.killEngine();
    await work();
  } finally {
    process.kill(studio.hostPid, 'SIGCONT');
  }
  await expectGone(killed);
}

const sceneFrames = async (): Promise<number | undefined> => (await documentOf(studio, projectId)).scenes[0]?.durationFrames;

/** Everything is journaled. */
async function saved(): Promise<void> {
  await studio.page.getByText('Saved', { exact: true }).waitFor({ timeout: MINUTES });
}

async function undoAll(): Promise<void> {
  const undo = studio.page.getByRole('button', { name: /^Undo/ });
  while (await undo.isEnabled()) await undo.click();
  await saved();
}

async function chooseFirstScene(): Promise<void> {
  const { page } = studio;
  await openView(studio, 'Timeline');
  const clip = page.locator('[data-clip^="scene:"]').first();
  await clip.waitFor({ timeout: MINUTES });
  await clip.click();
}

async function trim(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await studio.page.keyboard.press(TRIM);
}

/** Adverts that have begun and not ended, as the journal has them. */
async function openRuns(): Promise<number> {
  const db = openStudioDb(folder);
  const row = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM runs WHERE purpose = ? AND started_ms IS NOT NULL AND ended_ms IS NULL').get('advert');
  await db.close();
  return row?.count ?? 0;
}

// Signals, and holding a process still, are not what Windows has.
describe.skipIf(process.platform === 'win32')('bad luck', () => {
  test('an engine that is killed in the middle of a run is replaced, and the run goes on', { timeout: 8 * MINUTES }, async () => {
    const { page } = studio;
    await startAdvert(studio);
    await page.getByRole('region', { name: 'Scenes' }).waitFor({ timeout: 3 * MINUTES });
    await withoutEngine(async () => {
      await page.getByText('The engine is being started again. Your work is kept.').waitFor({ timeout: MINUTES });
      await page.getByText(/finished work is kept and the run goes on by itself/).waitFor();
      await expect(page.getByRole('alert').count()).resolves.toBe(0);
    });
    projectId = await finishedProject(studio);
    await page.getByText('The engine is being started again').first().waitFor({ state: 'hidden' });
    expect(studio.enginePids()).toHaveLength(1);
  });

  test('edits around the death of the engine arrive, and can be undone', { timeout: 5 * MINUTES }, async () => {
    const { page } = studio;
    await chooseFirstScene();
    const before = await documentOf(studio, projectId);
    planned = JSON.stringify(before);
    const frames = before.scenes[0]?.durationFrames ?? 0;
    await trim(2);
    await withoutEngine(async () => {
      await trim(3);
      await page.getByText('Not sent yet', { exact: true }).waitFor({ timeout: MINUTES });
    });
    await saved();
    await expect(sceneFrames()).resolves.toBe(frames - 5);
    await undoAll();
    expect(JSON.stringify(await documentOf(studio, projectId))).toBe(planned);
  });

  test('a page that is reloaded with unsent edits has them again', { timeout: 5 * MINUTES }, async () => {
    const { page } = studio;
    const frames = (await sceneFrames()) ?? 0;
    const address = page.url();
    await chooseFirstScene();
    await withoutEngine(async () => {
      await trim(4);
      await page.getByText('Not sent yet', { exact: true }).waitFor({ timeout: MINUTES });
      await expect(page.reload({ timeout: MINUTES })).rejects.toThrow(/ERR_/);
    });
    await expect.poll(() => page.goto(address).then(() => true, () => false), { timeout: MINUTES }).toBe(true);
    await page.getByText(/of an earlier session (was|were) put back/).waitFor({ timeout: MINUTES });
    await saved();
    await expect(sceneFrames()).resolves.toBe(frames - 4);
  });

  test('a studio that is killed whole opens again with the project, its history and the run', { timeout: 10 * MINUTES }, async () => {
    const before = await documentOf(studio, projectId);
    await openView(studio, 'Storyboard');
    await studio.page.getByRole('button', { name: 'Render', exact: true }).click();
    await studio.page.getByRole('button', { name: 'Show', exact: true }).or(studio.page.getByRole('link', { name: 'Show', exact: true })).first().waitFor({ timeout: MINUTES });
    const processes = [studio.hostPid, ...engineTree()];
    process.kill(studio.hostPid, 'SIGKILL');
    await expectGone(processes);
    await studio.close();
    expect(await openRuns()).toBe(1);

    studio = await openStudio({ folder, width: 1440, height: 900 });
    const { page } = studio;
    await page.getByRole('gridcell').first().click();
    await openView(studio, 'Run');
    expect(await documentOf(studio, projectId)).toEqual(before);
    await finishedProject(studio);
    await expect.poll(async () => (await askEngine<{ state: string }[]>(studio, `/runs?projectId=${projectId}`)).map(({ state }) => state), { timeout: 3 * MINUTES }).toEqual(['succeeded', 'succeeded']);
    expect(await openRuns()).toBe(0);

    await undoAll();
    expect(JSON.stringify(await documentOf(studio, projectId))).toBe(planned);
  });

  test('exports go on after the death of the engine and of the whole studio; the folder holds whole files only', { timeout: 10 * MINUTES }, async () => {
    const outDir = join(folder, 'films');
    const ordered = ['25', '29.97'].map((rate) => ({ placementId: 'master', ratio: '1:1', rate, encoder: 'libx264' }));
    await askEngine(studio, `/projects/${projectId}/exports`, { orders: ordered, outDir });
    await studio.page.evaluate(() => { location.hash = '/exports'; });
    await studio.page.getByRole('heading', { name: 'Under way' }).waitFor();
    await encoding();
    await withoutEngine(async () => await studio.page.getByText('The engine is being started again. Your work is kept.').waitFor({ timeout: MINUTES }));
    await encoding();
    const processes = [studio.hostPid, ...engineTree()];
    process.kill(studio.hostPid, 'SIGKILL');
    await expectGone(processes);
    await studio.close();
    expect(ffmpegsOf(folder)).toEqual([]);
    expect(await readdir(outDir)).toEqual([]);

    studio = await openStudio({ folder, width: 1440, height: 900 });
    const { page } = studio;
    await page.evaluate(() => { location.hash = '/exports'; });
    await expect.poll(async () => (await exportsOf()).map(({ state, error }) => ({ state, error })), { timeout: 4 * MINUTES }).toEqual([{ state: 'succeeded', error: null }, { state: 'succeeded', error: null }]);
    await expect.poll(() => page.getByRole('button', { name: /^Play / }).count(), { timeout: MINUTES }).toBe(2);
    await expect(page.getByRole('heading', { name: 'Under way' }).count()).resolves.toBe(0);
    const names = (await readdir(outDir)).sort();
    expect(names).toEqual(['Fizzo_master_1x1_25.mp4', 'Fizzo_master_1x1_29.97.mp4']);
    const { durationFrames } = await documentOf(studio, projectId);
    for (const name of names) {
      const { durationSeconds, video } = await probeMedia(join(outDir, name));
      expect(video).toMatchObject({ width: 1080, height: 1080 });
      expect(Math.abs(durationSeconds - durationFrames / 30)).toBeLessThan(0.05);
    }
    // Scratch files carry the id of the process that made them.
    expect((await readdir(join(folder, 'tmp'))).filter((name) => /^\d+-/.test(name))).toEqual([]);
  });
});

interface ShownExport {
  readonly state: string;
  readonly error: unknown;
}

const exportsOf = async (): Promise<ShownExport[]> => await askEngine<ShownExport[]>(studio, `/exports?projectId=${projectId}`);

/** An export is at its longest part: its ffmpeg is there. */
async function encoding(): Promise<void> {
  await expect.poll(async () => (await exportsOf().catch(() => [])).some(({ state }) => state === 'running'), { timeout: 2 * MINUTES }).toBe(true);
  await expect.poll(() => ffmpegsOf(folder).length, { timeout: 2 * MINUTES, interval: 20 }).toBeGreaterThan(0);
}
