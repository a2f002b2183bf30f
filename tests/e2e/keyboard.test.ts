/**
 * The main job without a mouse: from the photo to the file with Tab, Enter, arrows and shortcuts. The focus always stands somewhere, and one
 * sees where.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AdProject } from '#core/project/schema.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { askEngine, documentOf } from './kit/ask-engine.ts';
import { focusProblem } from './kit/focus.ts';
import { finishedProject, SAMPLE } from './kit/start-advert.ts';

const MINUTES = 60_000;
/** More stops than any screen has. */
const MOST_STOPS = 160;

let studio: Studio;
let outDir: string;
let projectId = '';

beforeAll(async () => {
  studio = await openStudio({ width: 1280, height: 800 });
  outDir = await mkdtemp(join(tmpdir(), 'adgen-e2e-keys-'));
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(outDir, { recursive: true, force: true });
});

const press = (...keys: string[]): Promise<void> => keys.reduce((before, key) => before.then(() => studio.page.keyboard.press(key)), Promise.resolve());

const hasFocus = (target: Locator): Promise<boolean> => target.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement));

/** Tabs on until `target` has the focus. Every stop on the way must be visible; behind the last one the browser itself has a stop. */
async function tabTo(target: Locator): Promise<void> {
  await target.first().waitFor({ timeout: MINUTES });
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus(target)) return;
    await press('Tab');
    const isOutside = await studio.page.evaluate(() => document.activeElement === document.body);
    if (!isOutside) expect(await focusProblem(studio.page)).toBeNull();
  }
  throw new Error(`Tab never comes to ${String(target)}`);
}

/** Inside a group the focus follows a key a moment later. */
async function walkTo(target: Locator, key: string): Promise<void> {
  await press(key);
  await expect.poll(() => hasFocus(target)).toBe(true);
}

/** The focus stands on something that is shown. */
async function expectFocus(): Promise<void> {
  await expect.poll(() => focusProblem(studio.page), { timeout: 10_000 }).toBeNull();
}

/** By the palette, as somebody does who knows what it is called. */
async function goTo(view: string): Promise<void> {
  await press('Control+k');
  await studio.page.getByRole('dialog').getByRole('combobox').waitFor();
  await studio.page.keyboard.type(view);
  await studio.page.getByRole('option', { name: view, exact: true }).first().waitFor();
  await press('Enter');
  await expect.poll(() => studio.page.url()).toMatch(new RegExp(`/projects/[^/]+/${view.toLowerCase()}$`));
  await expectFocus();
}

async function documentWhere(isSo: (document: AdProject) => boolean): Promise<AdProject> {
  await expect.poll(async () => isSo(await documentOf(studio, projectId)), { timeout: MINUTES }).toBe(true);
  return await documentOf(studio, projectId);
}

describe('with the keyboard alone', () => {
  test('a photo becomes an advert', { timeout: 8 * MINUTES }, async () => {
    const { page } = studio;
    await press('Tab');
    await expectFocus();
    await press('Alt+n');
    const chooser = page.waitForEvent('filechooser', { timeout: MINUTES }); // early: Enter is faster than the browser learns that we wait
    await tabTo(page.getByRole('button', { name: 'Choose photos …' }));
    await press('Enter');
    await (await chooser).setFiles(SAMPLE);
    await expectFocus();
    const line = page.getByRole('slider', { name: 'Compare photo and cut-out' });
    await tabTo(line);
    const before = await line.getAttribute('aria-valuenow');
    await press('ArrowRight');
    expect(await line.getAttribute('aria-valuenow')).not.toBe(before);
    for (const [label, words] of [['Product name', 'Fizzo'], ['What it is', 'Blood orange soda, 330 ml'], ['Call to action', 'Taste it']] as const) {
      await tabTo(page.getByLabel(label));
      await press('Control+a');
      await page.keyboard.type(words);
    }
    const shapes = page.locator('[aria-label=Shapes] button');
    await tabTo(shapes);
    await walkTo(shapes.first(), 'Home');
    await press('Space');
    await walkTo(shapes.last(), 'End');
    await press('Space');
    await expect.poll(() => shapes.evaluateAll((all) => all.map((each) => each.getAttribute('aria-pressed')))).toEqual(['false', 'true', 'false']);
    const lengths = page.locator('[aria-label=Length] button');
    await tabTo(lengths);
    await walkTo(lengths.first(), 'Home');
    await press('Space', 'Control+Enter');
    projectId = await finishedProject(studio);
    await expectFocus();
    expect((await documentOf(studio, projectId))).toMatchObject({ brief: { productName: 'Fizzo', callToAction: 'Taste it' }, durationFrames: 180 });
  });

  test('a headline is rewritten on the storyboard', { timeout: 3 * MINUTES }, async () => {
    const { page } = studio;
    await tabTo(page.getByRole('navigation', { name: 'Views of the project' }).getByRole('link', { name: 'Storyboard' }));
    await press('Enter');
    await page.getByRole('list', { name: 'Scenes' }).waitFor({ timeout: MINUTES });
    await expectFocus();
    await tabTo(page.getByRole('list', { name: 'Scenes' }).getByRole('button'));
    const tiles = page.getByRole('list', { name: 'Scenes' }).getByRole('button');
    await walkTo(tiles.nth(1), 'ArrowRight');
    await walkTo(tiles.first(), 'ArrowLeft');
    await tabTo(page.getByRole('textbox', { name: 'Headline' }));
    await press('Control+a');
    await page.keyboard.type('Made by keys');
    await documentWhere(({ scenes }) => scenes[0]?.captions.some(({ text }) => text === 'Made by keys') === true);
  });

  test('the film is trimmed, split and put back on the timeline', { timeout: 3 * MINUTES }, async () => {
    const { page } = studio;
    await goTo('Timeline');
    const planned = await documentOf(studio, projectId);
    await tabTo(page.getByRole('group', { name: 'Clips of the timeline' }));
    await walkTo(page.locator('[data-clip^="scene:"]').first(), 'Home');
    await expectFocus();
    await press('Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowLeft');
    await documentWhere(({ scenes }) => scenes[0]?.durationFrames === (planned.scenes[0]?.durationFrames ?? 0) - 3);
    await press(...Array.from({ length: 20 }, () => '.'), 's');
    await documentWhere(({ scenes }) => scenes.length === planned.scenes.length + 1);
    await expectFocus();
    await press('Control+z', 'Control+z');
    const undone = await documentWhere(({ scenes }) => scenes.length === planned.scenes.length && scenes[0]?.durationFrames === planned.scenes[0]?.durationFrames);
    expect(JSON.stringify(undone)).toBe(JSON.stringify(planned));
    await expectFocus();
  });

  test('the film is exported', { timeout: 6 * MINUTES }, async () => {
    const { page } = studio;
    await tabTo(page.getByRole('navigation', { name: 'Views of the project' }).getByRole('link', { name: 'Export' }));
    await press('Enter');
    await tabTo(page.getByRole('button', { name: /Master file, 1:1$/ }));
    await press('Enter');
    await tabTo(page.getByLabel('Folder'));
    await page.keyboard.type(outDir);
    await page.getByRole('article').first().getByText(/Ready|warning/).waitFor({ timeout: 2 * MINUTES });
    await tabTo(page.getByRole('button', { name: /^Export 1 file/ }));
    await press('Enter');
    await expect.poll(async () => (await askEngine<{ state: string; error: unknown }[]>(studio, `/exports?projectId=${projectId}`))[0], { timeout: 4 * MINUTES }).toMatchObject({ state: 'succeeded', error: null });
    expect(await readdir(outDir)).toHaveLength(1);
    await expectFocus();
  });
});
