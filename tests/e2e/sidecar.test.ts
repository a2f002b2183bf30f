/**
 * ComfyUI as a user of the studio sees it: adopted, started, at work with live previews, killed and started again, dead for good in the middle
 * of a run that goes on without it. Its process is real and our supervisor's; its pictures are the fake server's.
 */
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '#scripts/browser/axe.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { makeServedComfy } from '../served-comfy.ts';
import { askEngine } from './kit/ask-engine.ts';
import { dropFiles, fileToDrop } from './kit/drop-files.ts';
import { makeShort, SAMPLE } from './kit/start-advert.ts';

const MINUTES = 60_000;

let studio: Studio;
let folder: string;
let comfy: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-e2e-sidecar-'));
  comfy = join(folder, 'My ComfyUI');
  await makeServedComfy(comfy, { stepMs: 120 });
  studio = await openStudio({ folder: join(folder, 'data') });
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

const goTo = async (address: string): Promise<void> => await studio.page.evaluate((hash) => { location.hash = hash; }, address);
const button = (name: string | RegExp) => studio.page.getByRole('button', { name, exact: true });
/** The heading of the card says how it is. */
const state = (words: string) => studio.page.getByRole('heading', { name: `ComfyUI ${words}`, exact: true });

async function expectAccessible(): Promise<void> {
  const { page } = studio;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
    await expect.poll(() => axeViolations(page), { timeout: 10_000, interval: 300 }).toEqual([]);
  }
}

/** As a crash of its own would. */
async function killComfy(): Promise<void> {
  const { lines } = await askEngine<{ lines: string[] }>(studio, '/sidecar/log');
  const pid = Number(/^.*serving as process (\d+)$/m.exec(lines.findLast((line) => line.includes('serving as process')) ?? '')?.[1]);
  process.kill(pid, 'SIGKILL');
}

// Adopting takes a Python; ending by signals is not what Windows has.
describe.skipIf(findPython() === undefined || process.platform === 'win32')('ComfyUI in the studio', () => {
  test('a folder is adopted and started, and says how it is', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    await goTo('/settings/sidecar');
    await state('not set up').waitFor();
    await button('Use your own …').click();
    await page.getByRole('radio', { name: 'A folder' }).click();
    await page.getByLabel('Folder of ComfyUI').fill(comfy);
    await button('Use it').click();
    await state('stopped').waitFor();
    await expectAccessible();
    await button('Start').click();
    await state('starting').waitFor();
    await state('ready').waitFor();
    await page.getByText('0.28.1', { exact: true }).waitFor();
    await page.getByRole('meter', { name: 'Graphics memory' }).waitFor();
    await expect.poll(() => page.getByRole('log').innerText()).toMatch(/Total VRAM 8000 MB/);
    await expectAccessible();
  });

  test('a killed one is started again by itself, and the page says so', { timeout: MINUTES }, async () => {
    const { page } = studio;
    await killComfy();
    await page.getByRole('status').getByText(/crashed .*It is started again/).waitFor();
    await state('ready').waitFor();
  });

  test('scenes show what is being made; when it dies for good the run goes on without it and says why', { timeout: 3 * MINUTES }, async () => {
    const { page } = studio;
    await goTo('/new');
    await dropFiles(page, [await fileToDrop(SAMPLE, 'image/jpeg')]);
    await page.getByRole('radio', { name: 'ComfyUI' }).click();
    await makeShort(studio);
    const scenes = page.getByRole('region', { name: 'Scenes' });
    await scenes.locator('img[src^="data:image/"]').first().waitFor();
    await page.getByRole('link', { name: 'ComfyUI: working' }).waitFor();
    await rename(join(comfy, 'main.py'), join(comfy, 'main.py.away'));
    await killComfy();
    await page.getByRole('status').getByText(/The run (waits a little|goes on without it)/).waitFor();
    await expectAccessible();
    await scenes.getByText(/^Not by ComfyUI: /).first().waitFor();
    await scenes.getByText('By built-in studio set').first().waitFor();
    await expectAccessible();
    await page.getByText('Your advert is ready').waitFor();
    await page.getByRole('region', { name: 'Good to know' }).getByText(/Backdrops.*: built-in instead of ComfyUI/).waitFor();
  });

  test('what is broken is said with what to do, and starts again when it is whole', { timeout: MINUTES }, async () => {
    await goTo('/settings/sidecar');
    await state('needs attention').waitFor();
    await expectAccessible();
    await rename(join(comfy, 'main.py.away'), join(comfy, 'main.py'));
    await button('Start').click();
    await state('ready').waitFor();
    await button('Stop').click();
    await state('stopped').waitFor();
  });
});
