/**
 * Hands on the timeline and the canvas: transitions from the list, trims that are seen while they last, everything that a pointer can do to
 * the product and to words, Escape in the middle of it, keys of time, full screen. What was done is undone at the end, to the byte.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { AdProject, Transition } from '#core/project/schema.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { documentOf } from './kit/ask-engine.ts';
import { pull } from './kit/pointer.ts';
import { finishedProject, openView, startAdvert } from './kit/start-advert.ts';

const MINUTES = 60_000;

let studio: Studio;
let projectId = '';
let planned: AdProject;

beforeAll(async () => {
  studio = await openStudio({ width: 1440, height: 900 });
  await startAdvert(studio);
  projectId = await finishedProject(studio);
  await openView(studio, 'Timeline');
  await product().waitFor({ timeout: 2 * MINUTES });
  planned = await settled();
}, 4 * MINUTES);

afterAll(() => studio.close());

afterEach(() => expect(studio.complaints.splice(0)).toEqual([]));

describe('transitions', () => {
  const cut = () => studio.page.locator('[data-cut]').nth(1);

  test('one is dragged from the list onto a cut, which shows that it would take it', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Transitions' }).click();
    const wipe = page.getByRole('button', { name: 'Wipe up', exact: true }).last();
    const [from, to] = [await wipe.boundingBox(), await cut().boundingBox()];
    if (!from || !to) throw new Error('there is no list, or no cut');
    await pull(page, wipe, { dx: to.x - from.x - from.width / 2 - 20, dy: to.y - from.y - from.height / 2 - 15, during: async () => {
      await expect.poll(() => page.locator('[data-cut][data-over]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['cut']))).toEqual([planned.scenes[1]?.id]);
    } });
    await expect.poll(transition).toMatchObject({ kind: 'wipeUp' });
    expect(await page.locator('[data-cut][data-over]').count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('it is changed, made longer and taken away', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    await cut().click();
    await page.getByRole('radio', { name: 'Dissolve' }).click();
    await expect.poll(transition).toMatchObject({ kind: 'dissolve' });
    const { durationFrames } = await transition();
    await pull(page, cut().locator('[data-edge=start]'), { dx: -36 });
    await expect.poll(async () => (await transition()).durationFrames).toBeGreaterThan(durationFrames);
    await cut().click();
    await page.keyboard.press('Delete');
    await expect.poll(transition).toMatchObject({ kind: 'cut' });
  });

  async function transition(): Promise<Transition> {
    const found = (await settled()).scenes[1]?.transition;
    if (!found) throw new Error('the second scene is gone');
    return found;
  }
});

describe('a trim', () => {
  test('is seen on the canvas while it lasts, and Escape puts picture and film back', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    await seek(5);
    const before = await settled();
    const [first] = sceneSpans(before);
    await pull(page, sceneClip(0).locator('[data-edge=end]'), { dx: -90, at: { x: 2, y: 8 }, during: async () => {
      await expect.poll(shownFrame).toBeGreaterThan(15);
      await expect.poll(shownFrame).toBeLessThan((first?.endFrame ?? 0) - 5);
      expect(await product().count()).toBe(0); // boxes would stand where nothing is
      await page.keyboard.press('Escape');
      await expect.poll(shownFrame).toBe(5);
    } });
    expect(await settled()).toEqual(before);
    await product().waitFor();
  });
});

test('what comes back to where it began is no step of undo', { timeout: MINUTES }, async () => {
  const { page } = studio;
  const [before, document] = [await undoName(), await settled()];
  await page.locator('[data-clip=music]').click();
  await page.getByRole('complementary').getByRole('slider', { name: 'Volume', exact: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(undoName).not.toBe(before);
  await settled();
  await page.keyboard.press('ArrowRight');
  await expect.poll(undoName).toBe(before);
  expect(await settled()).toEqual(document);
});

describe('the product on the canvas', () => {
  test('is selected by its bar in the timeline, and selects it', { timeout: MINUTES }, async () => {
    const { page } = studio;
    await seek(40);
    const bar = page.locator(`[data-product="${planned.scenes[0]?.id}"]`);
    await bar.click();
    await expect.poll(() => product().getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('group', { name: 'Clips of the timeline' }).click({ position: { x: 4, y: 190 } });
    await expect.poll(() => product().getAttribute('aria-pressed')).toBe('false');
    const box = await boxOf();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => bar.getAttribute('aria-pressed')).toBe('true');
  });

  test('is moved, and put back by Escape', { timeout: MINUTES }, async () => {
    const { page } = studio;
    await seek(40);
    const [home, before] = [await boxOf(), await settled()];
    await pull(page, product(), { dx: -70, dy: -20, during: async () => {
      await expect.poll(async () => (await boxOf()).x).toBeLessThan(home.x - 50);
      await page.keyboard.press('Escape');
      await expect.poll(async () => (await boxOf()).x).toBeCloseTo(home.x, 0);
    } });
    expect(await settled()).toEqual(before);
    await pull(page, product(), { dx: -70, dy: -9, key: 'Shift' });
    await expect.poll(keyframes).not.toBeUndefined();
    const moved = await boxOf();
    expect([Math.abs(moved.x - home.x + 70) < 12, Math.abs(moved.y - home.y) < 2]).toEqual([true, true]);
  });

  test('is scaled by each corner, the opposite one stays', { timeout: 2 * MINUTES }, async () => {
    const { page } = studio;
    const handles = page.locator('[data-target^="product/"] span[title=Scale]');
    const corners = [[-1, -1], [1, -1], [-1, 1], [1, 1]] as const;
    for (const [index, [right, down]] of corners.entries()) {
      const before = await boxOf();
      await pull(page, handles.nth(index), { dx: 24 * right, dy: 40 * down });
      await expect.poll(async () => (await boxOf()).width).toBeGreaterThan(before.width + 10);
      const after = await boxOf();
      const across = right > 0 ? after.x - before.x : after.x + after.width - before.x - before.width;
      const upright = down > 0 ? after.y - before.y : after.y + after.height - before.y - before.height;
      expect([Math.abs(across) < 2, Math.abs(upright) < 2]).toEqual([true, true]);
      expect(after.width / after.height).toBeCloseTo(before.width / before.height, 1);
      await undo();
      await expect.poll(async () => (await boxOf()).width).toBeCloseTo(before.width, 0);
    }
  });

  test('is turned, with Shift in whole steps', { timeout: MINUTES }, async () => {
    const { page } = studio;
    const handle = page.locator('[data-target^="product/"] span[title=Turn]');
    await pull(page, handle, { dx: 90, dy: 40, key: 'Shift' });
    await expect.poll(async () => (await keyframes())?.every(({ rotationDeg }) => rotationDeg !== 0 && rotationDeg % 15 === 0)).toBe(true);
    expect((await settled()).scenes[0]?.placement?.keyframes).not.toHaveProperty('9:16'); // the other ratios keep their layout
  });
});

describe('words on the canvas', () => {
  let id = '';
  const words = () => studio.page.locator(`[data-target="caption/${id}"] > div`);
  const clip = () => studio.page.locator(`[data-clip="caption:${id.replace('/', ':')}"]`);

  beforeAll(async () => {
    // Whichever the planner has written first, at a frame where they stand still.
    const span = sceneSpans(await settled()).find(({ scene }) => scene.captions.length > 0);
    const caption = span?.scene.captions[0];
    if (!span || !caption) throw new Error('the film has no words');
    id = `${span.scene.id}/${caption.id}`;
    await seek(span.startFrame + Math.round((Math.max(caption.startFrame, span.overlapIn) + Math.min(caption.endFrame, span.scene.durationFrames - span.overlapOut)) / 2));
    await words().waitFor();
  }, MINUTES);

  test('are selected in the timeline with them, and the other way round', { timeout: MINUTES }, async () => {
    const { page } = studio;
    const box = await words().boundingBox();
    await page.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
    await expect.poll(() => clip().getAttribute('aria-pressed')).toBe('true');
    await sceneClip(0).click({ position: { x: 60, y: 8 } });
    await expect.poll(() => words().getAttribute('aria-pressed')).toBe('false');
    await clip().click();
    await expect.poll(() => words().getAttribute('aria-pressed')).toBe('true');
  });

  test('moved by hand stand there in this ratio only, in the size they had', { timeout: MINUTES }, async () => {
    const { page } = studio;
    const before = await words().boundingBox();
    const [sceneId, captionId] = id.split('/');
    await pull(page, words(), { dx: 6, dy: 70 });
    await expect.poll(async () => Object.keys((await settled()).scenes.find((scene) => scene.id === sceneId)?.captions.find((caption) => caption.id === captionId)?.position ?? {})).toEqual(['1:1']);
    await page.getByText('Updating').waitFor({ state: 'detached' });
    const after = await words().boundingBox();
    expect([(after?.width ?? 0) - (before?.width ?? 0), (after?.height ?? 0) - (before?.height ?? 0)].map((change) => Math.abs(change) < 1.5)).toEqual([true, true]);
  });
});

describe('keys and full screen', () => {
  test('J, K, L, steps and points', { timeout: MINUTES }, async () => {
    const { page } = studio;
    await seek(10);
    for (const key of ['ArrowRight', '.', 'Shift+ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    await expect.poll(shownFrame).toBe(21);
    await page.keyboard.press('l');
    await expect.poll(shownFrame).toBeGreaterThan(40);
    await page.keyboard.press('k');
    const stopped = await playhead();
    await expect.poll(shownFrame).toBe(stopped);
    await page.keyboard.press('j');
    await expect.poll(shownFrame).toBeLessThan(stopped);
    await page.keyboard.press('k');
    await seek(30);
    await page.keyboard.press('i');
    await seek(50);
    await page.keyboard.press('o');
    await page.keyboard.press('l');
    await expect.poll(shownFrame).toBeLessThan(45); // round again
    await page.keyboard.press('k');
    expect(await playhead()).toBeGreaterThanOrEqual(30);
    await page.keyboard.press('Alt+x');
    await page.getByRole('button', { name: 'Loop no more' }).waitFor({ state: 'detached' });
  });

  test('in full screen lists can be seen and used', { timeout: MINUTES }, async () => {
    const { page } = studio;
    await page.keyboard.press('f');
    await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
    await page.getByRole('combobox', { name: 'Size' }).click();
    await page.getByRole('option', { name: /^50/ }).click();
    await page.getByRole('combobox', { name: 'Size' }).click();
    await page.getByRole('option', { name: 'Fit' }).click();
    await page.getByRole('button', { name: 'Leave full screen' }).click();
    await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
  });
});

test('everything is undone to the byte', { timeout: 2 * MINUTES }, async () => {
  const { page } = studio;
  const button = page.getByRole('button', { name: /^Undo/ });
  for (let step = 0; step < 40 && (await button.isEnabled()); step++) await undo();
  expect(JSON.stringify(await settled())).toBe(JSON.stringify(planned));
});

function product() {
  return studio.page.getByRole('button', { name: 'Fizzo', exact: true });
}

function sceneClip(index: number) {
  return studio.page.locator('[data-clip^="scene:"]').nth(index);
}

async function boxOf(): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await product().boundingBox();
  if (!box) throw new Error('the product is not on the canvas');
  return box;
}

async function keyframes() {
  return (await settled()).scenes[0]?.placement?.keyframes['1:1'];
}

/** The frame that is drawn. */
async function shownFrame(): Promise<number> {
  return await studio.page.locator('canvas[data-frame]').first().evaluate((canvas) => Number((canvas as HTMLElement).dataset['frame']));
}

async function playhead(): Promise<number> {
  const [minutes = 0, seconds = 0, frames = 0] = (await studio.page.getByLabel('Playhead', { exact: true }).inputValue()).split(':').map(Number);
  return (minutes * 60 + seconds) * 30 + frames;
}

async function seek(frame: number): Promise<void> {
  const { page } = studio;
  await page.getByLabel('Playhead', { exact: true }).fill(String(frame));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.waitForFunction((wanted) => document.querySelector<HTMLElement>('canvas[data-frame]')?.dataset['frame'] === wanted, String(frame));
}

async function undo(): Promise<void> {
  await studio.page.getByRole('button', { name: /^Undo/ }).click();
}

async function undoName(): Promise<string | null> {
  return await studio.page.getByRole('button', { name: /^Undo/ }).getAttribute('aria-label');
}

/** The document once the page has sent everything. */
async function settled(): Promise<AdProject> {
  await studio.page.getByText('Saved', { exact: true }).waitFor();
  return await documentOf(studio, projectId);
}
