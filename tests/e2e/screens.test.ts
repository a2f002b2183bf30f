/**
 * Every screen in its main states, in dark and light: no accessibility violation, and no words that are cut off, in English and German.
 * `ADGEN_SCREENSHOTS=folder` keeps pictures of all of them at two sizes.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Page } from 'playwright';
import { axeViolations } from '#scripts/browser/axe.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { de } from '#renderer/strings/de/index.ts';
import { en } from '#renderer/strings/en/index.ts';
import { askEngine, documentOf } from './kit/ask-engine.ts';
import { clippedWords } from './kit/clipped-words.ts';
import { EXPORTING_STATES, FIRST_STATES, FULL_STATES, STATES } from './kit/screen-states.ts';
import type { ScreenState, Shown, Words } from './kit/screen-states.ts';

const MINUTES = 60_000;
const SAMPLES = join(import.meta.dirname, '..', '..', 'resources', 'samples');
const PICTURES = process.env['ADGEN_SCREENSHOTS'];
const ENDED = /succeeded|failed|canceled/;
const SMALL = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };

let studio: Studio;
const shown = { finishedId: '', canceledId: '', failedId: '' } satisfies Shown;

beforeAll(async () => {
  studio = await openStudio(SMALL);
  studio.page.setDefaultTimeout(15_000);
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
}, MINUTES);

afterAll(async () => await studio.close());

describe('on the first start', () => {
  test.each(FIRST_STATES)('$name', { timeout: 60_000 }, async (state) => await look(state, en));
});

describe('with projects', () => {
  beforeAll(async () => {
    const canceled = await make('Fizzo Zero');
    await askEngine(studio, `/runs/${canceled.runId}/cancel`, {});
    expect(await stateOf(canceled.projectId, ENDED)).toBe('canceled');
    const finished = await make('Fizzo');
    expect(await stateOf(finished.projectId, ENDED)).toBe('succeeded');
    [shown.canceledId, shown.finishedId] = [canceled.projectId, finished.projectId];
  }, 5 * MINUTES);

  test.each(STATES)('$name', { timeout: 60_000 }, async (state) => await look(state, en));
});

describe('with exports, and projects in every place', () => {
  beforeAll(async () => {
    await makeExports();
    shown.failedId = await makeFailed();
    for (const [name, place] of [['Fizzo of spring', '/project-bin'], ['Fizzo of autumn', '/project-archive']] as const) {
      const { projectId } = await askEngine<{ projectId: string }>(studio, `/projects/${shown.finishedId}/duplicate`, { name });
      await askEngine(studio, place, { projectIds: [projectId], ...(place === '/project-archive' ? { isArchived: true } : {}) });
    }
  }, 5 * MINUTES);

  test.each(FULL_STATES)('$name', { timeout: 60_000 }, async (state) => await look(state, en));
});

describe('while it exports', () => {
  beforeAll(async () => {
    const orders = ['25', '29.97'].flatMap((rate) => ['master', 'pinterest-video'].map((placementId) => ({ ...MASTER, placementId, rate, overrideReason: 'to be seen' })));
    await askEngine(studio, `/projects/${shown.finishedId}/exports`, { orders, outDir: join(studio.folder, 'queue') });
  });

  afterAll(async () => {
    for (const { id } of await exportsWhere(/queued|running/)) await askEngine(studio, `/exports/${id}/cancel`, {});
  }, MINUTES);

  test.each(EXPORTING_STATES)('$name', { timeout: 60_000 }, async (state) => await look(state, en));
});

describe('in German', () => {
  beforeAll(async () => {
    await askEngine(studio, '/settings', { language: 'de' });
    await studio.page.reload();
    await studio.page.locator('html[lang=de]').waitFor();
  }, MINUTES);

  test.each([...STATES.filter(({ name }) => name !== 'home-bin-empty'), ...FULL_STATES])('$name', { timeout: 60_000 }, async (state) => {
    await reach(state, de);
    await comesToRestClean(studio.page, clippedWords);
    await picture(state, 'de-dark');
  });
});

/** Goes there and looks at it in both themes. */
async function look(state: ScreenState, words: Words): Promise<void> {
  const { page } = studio;
  await reach(state, words);
  await comesToRestClean(page, clippedWords);
  await comesToRestClean(page, axeViolations);
  await picture(state, 'en-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  try {
    await page.locator('html:not(.dark)').waitFor();
    await comesToRestClean(page, axeViolations);
    await picture(state, 'en-light');
  } finally {
    await page.emulateMedia({ colorScheme: 'dark' });
  }
}

/** What a screen is once it has come to rest; on a busy machine pictures and answers come in while one looks. */
async function comesToRestClean(page: Page, faults: (page: Page) => Promise<string[]>): Promise<void> {
  await expect.poll(() => faults(page), { timeout: 10_000, interval: 300 }).toEqual([]);
}

async function reach(state: ScreenState, words: Words): Promise<void> {
  const { page } = studio;
  await closeSheets(page);
  await page.evaluate((address) => { location.hash = address; }, state.address(shown));
  await state.reach(page, words);
  // What comes in moves and fades; contrast is measured on what has come.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => (animation.effect?.getTiming().iterations === Infinity ? undefined : animation.finished.catch(() => undefined)))));
}

/** Menus and dialogs that the state before has left open. */
async function closeSheets(page: Page): Promise<void> {
  const open = page.locator('[role=dialog], [role=menu], [role=listbox][data-state=open]');
  while ((await open.count()) > 0) {
    const before = await open.count();
    await page.keyboard.press('Escape');
    await expect.poll(() => open.count()).toBeLessThan(before);
  }
}

async function picture({ name, hasFilm = false }: ScreenState, kind: string): Promise<void> {
  if (!PICTURES) return;
  const { page } = studio;
  for (const size of [SMALL, LARGE]) {
    await page.setViewportSize(size);
    await page.waitForTimeout(hasFilm ? 900 : 200);
    await page.screenshot({ path: join(PICTURES, `${name}-${kind}-${size.width}.png`) });
  }
  await page.setViewportSize(SMALL);
}

/** Starts an advert of a sample and waits until its project is there. */
async function make(productName: string, photo = 'soda-can.jpg'): Promise<{ runId: string; projectId: string }> {
  const brief = { productName, description: 'Blood orange soda, 330 ml', callToAction: 'Taste it' };
  const started = await askEngine<{ runId: string; projectId: string }>(studio, '/adverts', { photoPaths: [join(SAMPLES, photo)], brief, ratios: ['1:1'], durationFrames: 120, sceneCount: 3, engine: 'embedded', nonce: productName });
  await stateOf(started.projectId, /./);
  return started;
}

const MASTER = { placementId: 'master', ratio: '1:1', rate: '30', encoder: 'libx264' };

/** One export that ends well, and one whose folder is taken away meanwhile. */
async function makeExports(): Promise<void> {
  const order = async (rate: string, outDir: string): Promise<void> => void (await askEngine(studio, `/projects/${shown.finishedId}/exports`, { orders: [{ ...MASTER, rate }], outDir }));
  await order('25', join(studio.folder, 'stick'));
  rmSync(join(studio.folder, 'stick'), { recursive: true });
  await order('30', join(studio.folder, 'films'));
  await vi.waitFor(async () => {
    expect(await exportsWhere(/succeeded/)).toHaveLength(1);
    expect(await exportsWhere(/failed/)).toHaveLength(1);
  }, { timeout: 2 * MINUTES, interval: 200 });
}

async function exportsWhere(isLike: RegExp): Promise<{ id: string; state: string }[]> {
  return (await askEngine<{ id: string; state: string }[]>(studio, '/exports')).filter(({ state }) => isLike.test(state));
}

/** A project whose cut-out somebody has removed from the data folder, and a run that found out. */
async function makeFailed(): Promise<string> {
  const { projectId } = await make('Clay', 'mug.jpg');
  await stateOf(projectId, /succeeded/);
  const { products: [product], scenes: [scene] } = await documentOf(studio, projectId);
  const hash = product?.cutout?.hash ?? '';
  rmSync(join(studio.folder, 'artifacts', hash.slice(0, 2), hash.slice(2)));
  await askEngine(studio, `/projects/${projectId}/scenes/${scene?.id}/regenerate`, {});
  await stateOf(projectId, /failed/);
  return projectId;
}

/** The state of a project's run, once it is like that. */
async function stateOf(projectId: string, isLike: RegExp): Promise<string> {
  return await vi.waitFor(async () => {
    const state = (await askEngine<{ state: string }[]>(studio, `/runs?projectId=${projectId}`))[0]?.state ?? '';
    if (!isLike.test(state)) throw new Error(`the run of the project is "${state}"`);
    return state;
  }, { timeout: 2 * MINUTES, interval: 50 });
}
