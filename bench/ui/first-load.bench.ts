/** How much does the page load before its first screen stands, and how long does that take beside an empty page of the same server? */
import { gzipSync } from 'node:zlib';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Question } from '../kit/question.ts';

export const question: Question = {
  name: 'ui-first-load',
  figures: [
    { id: 'firstLoadKilobytes', asks: 'scripts and styles of the first load, gzip (1 KB = 1,024 bytes)', unit: 'KB', reach: { atMost: 450 } },
    { id: 'interactiveOverEmpty', asks: 'first screen answers ÷ an empty page of the same server', unit: 'ratio' },
  ],
  async sample(workshop, round) {
    workshop.say(`round ${round}: first load`);
    const studio = await openStudio();
    try {
      const page = await studio.context.newPage();
      let bytes = 0;
      const sizes: Promise<void>[] = [];
      page.on('response', (response) => {
        const type = response.request().resourceType();
        if (type === 'script' || type === 'stylesheet') sizes.push(response.body().then((body) => void (bytes += gzipSync(body).length)));
      });
      const startedMs = performance.now();
      await page.goto(studio.url);
      await page.getByRole('navigation', { name: 'Studio' }).waitFor();
      await page.getByRole('link', { name: 'New advert' }).first().click({ trial: true });
      const interactiveMs = performance.now() - startedMs;
      await page.waitForLoadState('networkidle');
      await Promise.all(sizes);
      const emptyMs = await timeEmptyPage(page, studio.url);
      return { firstLoadKilobytes: bytes / 1024, interactiveOverEmpty: interactiveMs / emptyMs, interactiveMs, emptyMs };
    } finally {
      await studio.close();
    }
  },
};

/** The server's smallest file, as a page of its own. */
async function timeEmptyPage(page: { goto(url: string): Promise<unknown> }, url: string): Promise<number> {
  const startedMs = performance.now();
  await page.goto(new URL('/icon.svg', url).href);
  return performance.now() - startedMs;
}
