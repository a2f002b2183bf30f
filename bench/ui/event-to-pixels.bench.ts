/** How long after the engine has told of progress does it stand on the screen, while the engine renders on all cores? */
import { join } from 'node:path';
import { z } from 'zod';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { percentile } from '../kit/percentile.ts';
import type { Question } from '../kit/question.ts';
import { askStudio } from './kit/ask-studio.ts';

const runsSchema = z.array(z.object({ id: z.string() }));
const projectsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const eventSchema = z.looseObject({ type: z.string(), atMs: z.number(), progress: z.number().optional() });
const paintedSchema = z.array(z.object({ percent: z.number(), atMs: z.number() }));

/** Something that moved the run's progress on, as the engine told it. */
interface Told {
  readonly percent: number;
  readonly atMs: number;
}

export const question: Question = {
  name: 'ui-event-to-pixels',
  figures: [{ id: 'eventToPixelsMs', asks: 'an event of a run in the engine to its progress painted, p95, while the advert is rendered', unit: 'ms', reach: { atMost: 100 } }],
  async sample(workshop, round) {
    const folder = await workshop.unrendered();
    workshop.say(`round ${round}: watching a run`);
    const studio = await openStudio({ folder });
    try {
      const { page, url } = studio;
      await page.addInitScript({ path: join(import.meta.dirname, 'page', 'painted-progress.js') });
      const { items } = projectsSchema.parse(await (await askStudio(studio, '/projects')).json());
      await page.goto(`${new URL(url).origin}/#/projects/${items[0]?.id ?? ''}/run`);
      await page.reload();
      await page.getByRole('button', { name: 'Render now', exact: true }).click();
      const told = await toldProgress(studio);
      await page.waitForTimeout(1000); // the last ones are still on their way to the screen
      const painted = paintedSchema.parse(await page.evaluate(() => Reflect.get(globalThis, 'paintedProgress') as unknown));
      const delays = delaysOf(told, painted);
      return { eventToPixelsMs: percentile(delays, 0.95), medianMs: percentile(delays, 0.5), events: delays.length };
    } finally {
      await studio.close();
    }
  },
};

/** So many whole percents are enough: the run is left alone then. */
const ENOUGH = 25;

/** Follows the newest run; every event that brought it to another whole percent. */
async function toldProgress(studio: Studio): Promise<Told[]> {
  const runId = await newestRun(studio);
  const told: Told[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of (await askStudio(studio, `/runs/${runId}/events`)).body ?? []) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.startsWith('data: {'))) {
      const event = eventSchema.parse(JSON.parse(line.slice('data: '.length)));
      const percent = Math.round((event.progress ?? 0) * 100);
      if (percent > (told.at(-1)?.percent ?? 0)) told.push({ percent, atMs: event.atMs });
    }
    if (told.length >= ENOUGH) break;
  }
  return told;
}

async function newestRun(studio: Studio): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const [run] = runsSchema.parse(await (await askStudio(studio, '/runs?limit=1')).json());
    if (run) return run.id;
    await studio.page.waitForTimeout(50);
  }
  throw new Error('No run was started.');
}

/** From each event to the first painting that shows it. The last percent is never painted as such: the run is over then. */
function delaysOf(told: readonly Told[], painted: readonly Told[]): number[] {
  const shown = told.filter(({ percent }) => percent < 100);
  const delays = shown.flatMap(({ percent, atMs }) => {
    const seen = painted.find((one) => one.percent >= percent && one.atMs >= atMs);
    return seen ? [seen.atMs - atMs] : [];
  });
  if (delays.length < shown.length * 0.9 || delays.length < 10) throw new Error(`Only ${delays.length} of ${shown.length} events were seen on the screen.`);
  return delays;
}
