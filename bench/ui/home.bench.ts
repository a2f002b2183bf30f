/** Does Home stay as quick with ten thousand projects as with ten, and does the search keep up with typing? */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { percentile } from '../kit/percentile.ts';
import { median } from '../kit/question.ts';
import type { Question } from '../kit/question.ts';
import { askStudio } from './kit/ask-studio.ts';
import { sampleStudio } from './kit/sample-studio.ts';

const MANY = 10_000;
const FEW = 10;
const OPENINGS = 7;
const FIRST = ['Amber', 'Bright', 'Cedar', 'Coastal', 'Copper', 'Daily', 'Golden', 'Harbour', 'Ivory', 'Juniper', 'Little', 'Lunar', 'Maple', 'Northern', 'Olive', 'Pepper', 'River', 'Silver', 'Velvet', 'Winter'];
const SECOND = ['Bakery', 'Bottle', 'Candle', 'Coffee', 'Cream', 'Granola', 'Honey', 'Kettle', 'Lamp', 'Lemonade', 'Oil', 'Perfume', 'Shampoo', 'Soap', 'Soda', 'Sneaker', 'Tea', 'Toothpaste', 'Watch', 'Yoghurt'];
/** Found often, seldom, and not at all; the first letter finds half the list. */
const QUERIES = ['copper kettle', 'northern tea 77', 'soda', 'lemonade campaign', 'taste it', 'zzyzx'];

export const question: Question = {
  name: 'ui-home',
  figures: [
    { id: 'homeManyOverFew', asks: 'Home with 10,000 projects, from the navigation to the first posters painted ÷ the same with 10', unit: 'ratio', reach: { atMost: 2 } },
    { id: 'searchMs', asks: 'the engine answers a keystroke in the search of 10,000 projects, p95', unit: 'ms', reach: { atMost: 50 } },
  ],
  async sample(workshop, round) {
    const folderOf = async (count: number): Promise<string> => (await workshop.once(`making ${count} projects`, () => sampleStudio(workshop, (sample) => projectsLike(sample, count - 1)))).folder;
    const folders = [await folderOf(MANY), await folderOf(FEW)] as const;
    workshop.say(`round ${round}: opening Home`);
    const many = await openStudio({ folder: folders[0] });
    try {
      const few = await openStudio({ folder: folders[1] });
      try {
        return { ...(await compareOpening(many, few)), searchMs: percentile(await typeQueries(many), 0.95) };
      } finally {
        await few.close();
      }
    } finally {
      await many.close();
    }
  },
};

/** Projects with the sample's pictures and names of their own. */
function* projectsLike(sample: AdProject, count: number): Generator<AdProject> {
  for (let index = 0; index < count; index++) {
    const productName = `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length) % SECOND.length]} ${index}`;
    const createdMs = sample.createdMs - index * 60_000;
    yield adProjectSchema.parse({ ...sample, id: `project_${index}`, name: productName, createdMs, brief: { ...sample.brief, productName, description: `Campaign ${index % 97} of the ${SECOND[index % SECOND.length]} line` } });
  }
}

/** Opens both by turns, so that neither has the better minutes. The first opening of each fills caches and does not count. */
async function compareOpening(many: Studio, few: Studio): Promise<{ readonly homeManyOverFew: number; readonly manyMs: number; readonly fewMs: number }> {
  const times: { readonly many: number; readonly few: number }[] = [];
  for (const { page } of [many, few]) await page.addInitScript({ path: join(import.meta.dirname, 'page', 'first-card.js') });
  for (let index = 0; index <= OPENINGS; index++) times.push({ many: await openHome(many.page), few: await openHome(few.page) });
  const counted = times.slice(1);
  const [manyMs, fewMs] = [median(counted.map((time) => time.many)), median(counted.map((time) => time.few))];
  return { homeManyOverFew: manyMs / fewMs, manyMs, fewMs };
}

async function openHome(page: Page): Promise<number> {
  await page.reload();
  const firstCardMs: unknown = await page.evaluate(() => Reflect.get(globalThis, 'firstCardMs') as unknown);
  await page.waitForLoadState('networkidle');
  return Number(firstCardMs);
}

/** Every query letter by letter, as the page asks for it: one page of cards. */
async function typeQueries(studio: Studio): Promise<number[]> {
  const times: number[] = [];
  for (const query of QUERIES.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)))) {
    const startedMs = performance.now();
    await (await askStudio(studio, `/projects?${new URLSearchParams({ query, limit: '60' })}`)).json();
    times.push(performance.now() - startedMs);
  }
  return times;
}
