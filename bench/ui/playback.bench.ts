/** How many frames does the preview leave out while it plays a 1080×1920 advert at half resolution, drawn in software? */
import { cp } from 'node:fs/promises';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Question } from '../kit/question.ts';

/** The stage of the timeline as this question wants it; `renderer/features/preview/stage-settings.ts` reads it. */
const STAGE = JSON.stringify({ ratio: '9:16', resolution: 'half', zoom: 'fit', isSplit: false });

export const question: Question = {
  name: 'ui-playback',
  figures: [{ id: 'droppedPercent', asks: 'preview of the sample advert (1080×1920, 4 scenes of 4 layers and more) at half resolution: frames left out', unit: '%', reach: { atMost: 2 } }],
  async sample(workshop, round) {
    const { dataDir } = await workshop.sample();
    const folder = workshop.newPath();
    await cp(dataDir, folder, { recursive: true });
    workshop.say(`round ${round}: playing the preview`);
    const studio = await openStudio({ folder });
    try {
      const { page, url } = studio;
      const { origin } = new URL(url);
      await page.evaluate((settings) => localStorage.setItem('adgen-stage', settings), STAGE);
      await page.reload();
      const token = url.split('#')[1] ?? '';
      const listed = await fetch(`${origin}/api/projects`, { headers: { authorization: `Bearer ${token}` } });
      const { items } = (await listed.json()) as { items: { id: string }[] };
      await page.goto(`${origin}/#/projects/${items[0]?.id ?? ''}/timeline`);
      await page.waitForSelector('canvas[data-whole="true"]', { timeout: 120_000 });
      // Pictures of coming frames are fetched while the user looks at the first one; engine and browser have these two cores between them.
      await page.waitForLoadState('networkidle');
      await page.getByRole('button', { name: 'Play', exact: true }).first().click();
      await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Play', exact: true }).first().waitFor({ timeout: 120_000 });
      const stage = page.locator('[data-shown]').first();
      const [shown, dropped] = [Number(await stage.getAttribute('data-shown')), Number(await stage.getAttribute('data-dropped'))];
      return { droppedPercent: (100 * dropped) / (shown + dropped), shown, dropped };
    } finally {
      await studio.close();
    }
  },
};
