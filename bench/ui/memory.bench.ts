/** Does the page's memory stay where it is over an hour of editing? An hour is an edit every second, made as fast as the page takes them. */
import type { Page } from 'playwright';
import { z } from 'zod';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import type { Question } from '../kit/question.ts';
import type { Workshop } from '../kit/workshop.ts';
import { askStudio } from './kit/ask-studio.ts';
import { weighHeap, weighProcess } from './kit/page-memory.ts';
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
  figures: [
    { id: 'memoryGrowth', asks: 'memory of the page\'s process after 3,600 edits ÷ after the first 60, garbage collected', unit: 'ratio', reach: { atMost: 1.2 } },
    { id: 'heldGrowth', asks: 'the same: what its scripts and document hold, without machine code', unit: 'ratio', reach: { atMost: 1.2 } },
  ],
  unavailable: async () => (process.platform === 'linux' ? undefined : 'What a process has in memory is read from /proc, which only Linux has.'),
  async sample(workshop, round) {
    workshop.say(`round ${round}: ${EDITS_BEFORE} edits`);
    const early = await inStudio(workshop, async ({ page }) => {
      await edit(page, EDITS_BEFORE);
      await settle(page);
      return await weighHeap(page);
    });
    workshop.say(`round ${round}: ${EDITS} edits`);
    return await inStudio(workshop, async (studio, projectId) => {
      const { page } = studio;
      const begunAt = await revisionOf(studio, projectId);
      await edit(page, EDITS_BEFORE);
      await settle(page);
      const before = await weighProcess(page);
      await edit(page, EDITS - EDITS_BEFORE);
      await settle(page);
      const after = await weighProcess(page);
      const late = await weighHeap(page);
      const journaled = (await revisionOf(studio, projectId)) - begunAt;
      if (journaled < EDITS / 3) throw new Error(`Only ${journaled} edits were journaled: the keys did not do what they are for.`);
      const inMb = { beforeMb: before, afterMb: after, heldBeforeMb: early.held, heldAfterMb: late.held, codeBeforeMb: early.code, codeAfterMb: late.code };
      return { memoryGrowth: after / before, heldGrowth: late.held / early.held, ...Object.fromEntries(Object.entries(inMb).map(([name, bytes]) => [name, bytes / 2 ** 20])), journaled };
    });
  },
};

/** A studio of its own, with the sample advert on the timeline. */
async function inStudio<T>(workshop: Workshop, use: (studio: Studio, projectId: string) => Promise<T>): Promise<T> {
  const { folder, sampleId } = await sampleStudio(workshop);
  const studio = await openStudio({ folder });
  try {
    const { page, url } = studio;
    await page.goto(`${new URL(url).origin}/#/projects/${sampleId}/timeline`);
    await page.waitForSelector('canvas[data-whole="true"]', { timeout: 120_000 });
    await page.waitForLoadState('networkidle');
    return await use(studio, sampleId);
  } finally {
    await studio.close();
  }
}

async function edit(page: Page, count: number): Promise<void> {
  const clip = page.locator(`[data-clip="${SCENE}"]`);
  for (let done = 0; done < count; done += KEYS.length) {
    const box = await clip.boundingBox();
    if (!box) throw new Error(`The clip ${SCENE} is not on the screen.`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 3);
    for (const key of KEYS) await page.keyboard.press(key);
  }
}

/** Everything is journaled and nothing moves any more. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Saved', exact: true }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(5000); // steps of undo stay open to be extended for some seconds
}

async function revisionOf(studio: Studio, projectId: string): Promise<number> {
  return openedSchema.parse(await (await askStudio(studio, `/projects/${projectId}`)).json()).revision;
}
