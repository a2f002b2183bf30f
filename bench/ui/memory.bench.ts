/** Does the page's memory stay where it is over an hour of editing? An hour is an edit every second, made as fast as the page takes them. */
import type { CDPSession, Page } from 'playwright';
import { z } from 'zod';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import type { Question } from '../kit/question.ts';
import { askStudio } from './kit/ask-studio.ts';
import { sampleStudio } from './kit/sample-studio.ts';

/** Trims, moves, a marker, a cut, undo and redo, and the playhead in between; the film is the same after each round of them. */
const KEYS = [
  'ArrowRight', 'Alt+Shift+ArrowRight', 'Alt+Shift+ArrowLeft', 'Alt+ArrowRight', 'Alt+ArrowLeft', 's', 'Control+z', 'Control+Shift+z', 'Control+z', 'm', 'Delete', 'ArrowLeft',
] as const;
const EDITS = 3600;
const EDITS_BEFORE = 60;
const SCENE = 'scene:scene_2';

const openedSchema = z.looseObject({ revision: z.number() });

export const question: Question = {
  name: 'ui-memory',
  figures: [{ id: 'heapGrowth', asks: 'memory of the page after 3,600 edits ÷ after the first 60, garbage collected', unit: 'ratio', reach: { atMost: 1.2 } }],
  async sample(workshop, round) {
    const { folder, sampleId } = await sampleStudio(workshop);
    workshop.say(`round ${round}: ${EDITS} edits`);
    const studio = await openStudio({ folder });
    try {
      const { page, url } = studio;
      await page.goto(`${new URL(url).origin}/#/projects/${sampleId}/timeline`);
      await page.waitForSelector('canvas[data-whole="true"]', { timeout: 120_000 });
      await page.waitForLoadState('networkidle');
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const begunAt = await revisionOf(studio, sampleId);
      await edit(page, EDITS_BEFORE);
      const before = await settledHeap(page, session);
      await edit(page, EDITS - EDITS_BEFORE);
      const after = await settledHeap(page, session);
      const journaled = (await revisionOf(studio, sampleId)) - begunAt;
      if (journaled < EDITS / 3) throw new Error(`Only ${journaled} edits were journaled: the keys did not do what they are for.`);
      return { heapGrowth: after.bytes / before.bytes, beforeMb: before.bytes / 2 ** 20, afterMb: after.bytes / 2 ** 20, nodesBefore: before.nodes, nodesAfter: after.nodes, journaled };
    } finally {
      await studio.close();
    }
  },
};

async function edit(page: Page, count: number): Promise<void> {
  const clip = page.locator(`[data-clip="${SCENE}"]`);
  for (let done = 0; done < count; done += KEYS.length) {
    const box = await clip.boundingBox();
    if (!box) throw new Error(`The clip ${SCENE} is not on the screen.`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 3);
    for (const key of KEYS) await page.keyboard.press(key);
  }
}

/** What is still held when everything is journaled and nothing moves any more. */
async function settledHeap(page: Page, session: CDPSession): Promise<{ readonly bytes: number; readonly nodes: number }> {
  await page.getByRole('button', { name: 'Saved', exact: true }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(5000); // steps of undo stay open to be extended for some seconds
  for (let pass = 0; pass < 2; pass++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { bytes: metric('JSHeapUsedSize'), nodes: metric('Nodes') };
}

async function revisionOf(studio: Studio, projectId: string): Promise<number> {
  return openedSchema.parse(await (await askStudio(studio, `/projects/${projectId}`)).json()).revision;
}
