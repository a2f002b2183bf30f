/**
 * While a clip is dragged, elements are moved by hand (`clip-elements.ts`); when it is let go, React draws the document. Both must show the
 * same, and a drag that comes back or is given up must leave nothing behind.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totalFrames } from '#core/composition/timeline.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { importProject } from '#engine/projects/project-store.ts';
import { en } from '#renderer/strings/en/index.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { pull } from './kit/pointer.ts';

const MINUTES = 60_000;

let folder = '';
let studio: Studio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-drag-'));
  const db = openStudioDb(folder);
  db.transaction(() => importProject(db, sixScenes()));
  await db.close();
  studio = await openStudio({ folder, width: 1440, height: 900 });
  await studio.page.evaluate(() => { location.hash = '/projects/drags/timeline'; });
  await studio.page.locator('[data-clip="scene:scene_6"]').waitFor();
  // Else the film is fitted into the window again when it is shorter, and clips would catch on what is near.
  await studio.page.getByRole('button', { name: en.timeline.zoomIn, exact: true }).click();
  await studio.page.getByRole('button', { name: en.timeline.snap, exact: true }).click();
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
}, MINUTES);

/** Clips by selector, where they are held, and how far they go. */
const DRAGS = [
  { name: 'a ripple trim of an end', clip: '[data-clip="scene:scene_2"] [data-edge=end]', dx: -45 },
  { name: 'a ripple trim of a beginning', clip: '[data-clip="scene:scene_3"] [data-edge=start]', dx: 30 },
  { name: 'a scene put elsewhere', clip: '[data-clip="scene:scene_2"]', dx: 420 },
  { name: 'a scene put before the first', clip: '[data-clip="scene:scene_4"]', dx: -800 },
  { name: 'a longer transition', clip: '[data-cut=scene_1] [data-edge=start]', dx: -14 },
  { name: 'moved words', clip: '[data-clip="caption:scene_3:b"]', dx: 25 },
  { name: 'trimmed words', clip: '[data-clip="caption:scene_3:b"] [data-edge=end]', dx: -30 },
  { name: 'a moved marker', clip: '[data-clip="marker:m"]', dx: 60 },
  { name: 'a moved keyframe', clip: '[data-clip^="keyframe:scene_5"]', dx: 35 },
] as const;

describe.each(DRAGS)('$name', ({ clip, dx }) => {
  test('is shown as it will stand, and undone leaves what was there', { timeout: MINUTES }, async () => {
    const { page } = studio;
    const before = await places();
    let shown: Places = {};
    await pull(page, page.locator(clip).first(), { dx, at: { y: 6 }, during: async () => { shown = await places(); } });
    await expect.poll(places).toEqual(shown);
    expect(shown).not.toEqual(before);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(places).toEqual(before);
  });

  test('brought back, or given up, leaves what was there', { timeout: MINUTES }, async () => {
    const { page } = studio;
    const before = await places();
    const { x, y } = await middleOf(clip);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx, y, { steps: 6 });
    await page.mouse.move(x, y, { steps: 6 });
    await expect.poll(places).toEqual(before);
    await page.mouse.move(x + dx, y, { steps: 6 });
    await expect.poll(places).not.toEqual(before);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(places).toEqual(before);
  });
});

/** Left and right of every clip in whole pixels, by what it is: words that are in another scene now have another key. */
type Places = Readonly<Record<string, readonly [left: number, right: number]>>;

async function places(): Promise<Places> {
  const boxes = await studio.page.locator('[data-timeline] [data-clip]').evaluateAll((clips) => clips.map((clip) => {
    const { left, right } = clip.getBoundingClientRect();
    return [clip.getAttribute('data-clip') ?? '', left, right] as const;
  }));
  const even = (px: number): number => Math.round(px / 2) * 2; // borders lie on whole pixels, halves of overlaps do not
  return Object.fromEntries(boxes.map(([key, left, right]) => [key.startsWith('keyframe') ? key.split(':').slice(0, 3).join(':') : key, [even(left), even(right)]]));
}

async function middleOf(clip: string): Promise<{ x: number; y: number }> {
  const box = await studio.page.locator(clip).first().boundingBox();
  if (!box) throw new Error(`${clip} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + 6 };
}

/** Six scenes with dissolves and cuts between them, words in each, a marker, and keyframes in one. */
function sixScenes(): AdProject {
  const example = exampleProject();
  const [first] = example.scenes;
  if (!first?.placement) throw new Error('the example has no scene with a product');
  const { placement } = first;
  const scenes = Array.from({ length: 6 }, (_, index) => ({
    ...first, id: `scene_${index + 1}`, isEndCard: false,
    transition: index % 2 === 0 && index < 5 ? { kind: 'dissolve', durationFrames: 15 } : { kind: 'cut', durationFrames: 0 },
    placement: index === 4 ? { ...placement, keyframes: { '9:16': [{ frame: 20, x: 0.5, y: 0.5, scale: 1, rotationDeg: 0, opacity: 1, easing: 'linear' }] } } : placement,
  }));
  const document = { ...example, id: 'drags', scenes, markers: [{ id: 'm', frame: 200, label: 'Beat' }] };
  return adProjectSchema.parse({ ...document, durationFrames: totalFrames(document as unknown as AdProject) });
}
