/** The shortest advert there is, begun by hand on the New advert screen: one ratio, six seconds, three scenes. */
import { join } from 'node:path';
import type { Studio } from '#scripts/browser/studio.ts';
import { shownProject } from './ask-engine.ts';
import { dropFiles, fileToDrop } from './drop-files.ts';

/** A photo of the repository that cuts out well. */
export const SAMPLE = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples', 'soda-can.jpg');

/** Drops the sample photo, fills in the brief and starts. Resolves on the run's screen. */
export async function startAdvert(studio: Studio): Promise<void> {
  await dropFiles(studio.page, [await fileToDrop(SAMPLE, 'image/jpeg')]);
  await makeShort(studio);
}

/** Fills in the brief of a draft that has its photo, and starts. */
export async function makeShort({ page }: Studio): Promise<void> {
  await page.getByLabel('Product name').fill('Fizzo');
  await page.getByLabel('What it is').fill('Blood orange soda, 330 ml');
  await page.getByLabel('Call to action').fill('Taste it');
  for (const ratio of ['9:16', '16:9']) await page.getByRole('button', { name: ratio }).click();
  await page.getByRole('radio', { name: '6 s' }).or(page.getByRole('button', { name: '6 s', exact: true })).first().click();
  await page.getByRole('button', { name: /^Make advert/ }).click();
  await page.getByText('Making your advert').or(page.getByText('Your advert is ready')).first().waitFor({ timeout: 120_000 });
}

/** Resolves when the run is done, and answers its project. */
export async function finishedProject(studio: Studio): Promise<string> {
  await studio.page.getByText('Your advert is ready').waitFor({ timeout: 360_000 });
  return shownProject(studio);
}

/** Goes to another view of the project that is shown. */
export async function openView({ page }: Studio, view: 'Run' | 'Storyboard' | 'Timeline' | 'Export'): Promise<void> {
  await page.getByRole('navigation', { name: 'Views of the project' }).getByRole('link', { name: view, exact: true }).click();
}
