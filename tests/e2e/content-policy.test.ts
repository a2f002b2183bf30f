/** The page under the content policy that it is really served with: nothing of it is refused, and the policy is in force. */
import { expect, test } from 'vitest';
import { openStudio } from '#scripts/browser/studio.ts';
import { en } from '#renderer/strings/en/index.ts';
import { FIRST_STATES } from './kit/screen-states.ts';

const SETTINGS = ['general', 'brands', 'sidecar', 'models', 'workflows', 'cloud', 'storage', 'diagnostics'];

test('screens keep to it, and an inline script does not run', { timeout: 120_000 }, async () => {
  const studio = await openStudio();
  const { page } = studio;
  const goTo = async (address: string): Promise<void> => await page.evaluate((hash) => { location.hash = hash; }, address);
  for (const state of FIRST_STATES) {
    await goTo(state.address({ finishedId: '', canceledId: '', failedId: '' }));
    await state.reach(page, en);
  }
  for (const tab of SETTINGS) {
    await goTo(`/settings/${tab}`);
    await page.getByRole('group', { name: en.settings.tab[tab as keyof typeof en.settings.tab], exact: true }).waitFor();
  }
  expect(studio.complaints).toEqual([]);

  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.body.append(script);
  });
  await expect.poll(() => studio.complaints.join('\n')).toMatch(/content policy: script-src-elem refused inline/);
  expect(await page.evaluate(() => 'ranInline' in window)).toBe(false);
  await expect(studio.close()).rejects.toThrow(/content policy/);
});
