/** How much does the page's main thread work per frame while clips are dragged in a timeline of five hundred? */
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright';
import { openStudio } from '#scripts/browser/studio.ts';
import { percentile } from '../kit/percentile.ts';
import type { Question } from '../kit/question.ts';
import { withManyClips } from './kit/many-clips.ts';
import { sampleStudio } from './kit/sample-studio.ts';
import { traceFrames } from './kit/main-thread.ts';

const PROJECT = 'many_clips';
const MOVES = 150;
/** A little less than a frame of 60 a second, so that every frame has something to move. */
const PACE_MS = 12;
/** Till the small pictures are drawn, too. */
const SETTLE_MS = 5000;
/** The clip is far out on both sides once. */
const SWING_PX = 180;

export const question: Question = {
  name: 'ui-timeline-drag',
  figures: [
    { id: 'dragWorkMs', asks: 'dragging in a timeline of 505 clips (move a caption, trim with ripple, reorder): main-thread work per frame, p95', unit: 'ms', reach: { atMost: 8 } },
    { id: 'dragLayouts', asks: 'the same: layouts per frame, p99 (a press may lay out once more)', unit: 'layouts', reach: { atMost: 1 }, isWorst: true },
  ],
  async sample(workshop, round) {
    const { folder } = await sampleStudio(workshop, (sample) => [withManyClips(sample, PROJECT)]);
    workshop.say(`round ${round}: dragging clips`);
    const studio = await openStudio({ folder, width: 1920, height: 1080 });
    try {
      const { page, url } = studio;
      await page.goto(`${new URL(url).origin}/#/projects/${PROJECT}/timeline`);
      await page.locator('[data-clip="scene:scene_6"]').waitFor({ timeout: 60_000 });
      // Pictures of forty scenes come in first: drawing those is not what a drag costs.
      await page.waitForSelector('canvas[data-whole="true"]', { timeout: 120_000 });
      await page.waitForLoadState('networkidle', { timeout: 120_000 });
      await setTimeout(SETTLE_MS);
      const move = await traceFrames(page, () => drag(page, 'caption:scene_8:caption_2', 'middle'));
      const trim = await traceFrames(page, () => drag(page, 'scene:scene_6', 'end'));
      const order = await traceFrames(page, () => drag(page, 'scene:scene_10', 'middle'));
      const frames = [...move, ...trim, ...order];
      const p95 = (of: typeof frames): number => percentile(of.map(({ cpuMs }) => cpuMs), 0.95);
      return {
        dragWorkMs: p95(frames), dragLayouts: percentile(frames.map(({ layouts }) => layouts), 0.99),
        moveMs: p95(move), trimMs: p95(trim), reorderMs: p95(order), wallMs: percentile(frames.map(({ wallMs }) => wallMs), 0.95), frames: frames.length, clips: await page.locator('[data-clip]').count(),
      };
    } finally {
      await studio.close();
    }
  },
};

/**
 * Swings a clip out and back by the pointer, and gives it up: the next drag finds the document as it was. The pointer is moved in Chromium
 * itself: Playwright's mouse runs a script in the page at every move, which would be counted as the page's work.
 */
async function drag(page: Page, key: string, hold: 'middle' | 'end'): Promise<void> {
  const box = await page.locator(`[data-clip="${key}"]`).boundingBox();
  if (!box) throw new Error(`The clip ${key} is not on the screen.`);
  const from = hold === 'end' ? box.x + box.width - 3 : box.x + box.width / 2;
  const y = box.y + Math.min(box.height / 2, 25);
  const session = await page.context().newCDPSession(page);
  const pointer = async (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', x: number): Promise<void> => void (await session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 }));
  await pointer('mousePressed', from);
  for (let index = 1; index <= MOVES; index++) {
    await pointer('mouseMoved', from + SWING_PX * Math.sin((index / MOVES) * 2 * Math.PI));
    await setTimeout(PACE_MS);
  }
  await page.keyboard.press('Escape');
  await pointer('mouseReleased', from);
  await session.detach();
}
