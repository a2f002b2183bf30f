import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from '#scripts/checks/sources.ts';
import { enginePids, openStudio, withFolder } from './studio.ts';

const PHOTO = join(root, 'resources', 'samples', 'soda-can.jpg');

test('the window shows the studio, sandboxed, over its own scheme', async () => {
  await withFolder(async (folder) => {
    const { app, page } = await openStudio(folder);
    expect(page.url()).toMatch(/^adgen:\/\/studio\/index\.html/);
    expect(await page.evaluate('[typeof require, typeof process, typeof adgen]')).toEqual(['undefined', 'undefined', 'object']);
    const preferences = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => (window.webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()));
    expect(preferences).toMatchObject([{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }]);
    await app.close();
  });
});

test('an advert is made through the port, and its film plays over the scheme, with ranges', async () => {
  await withFolder(async (folder) => {
    const studio = await openStudio(folder);
    const answer = await studio.page.evaluate(`fetch('/upload?purpose=photo&name=can.jpg', { method: 'POST', body: Uint8Array.from(atob(${JSON.stringify(readFileSync(PHOTO).toString('base64'))}), (letter) => letter.charCodeAt(0)) }).then((response) => response.json())`);
    const { asset } = answer as { asset: { hash: string; sizeBytes?: number } };
    expect(await studio.page.evaluate(`fetch('/media/artifact/${asset.hash}', { headers: { range: 'bytes=10-19' } }).then(async (response) => [response.status, (await response.arrayBuffer()).byteLength])`)).toEqual([206, 10]);
    expect(await studio.page.evaluate("fetch('/api/about').then((response) => response.status)")).toBe(404);
    await studio.app.close();
  });
});

test('an engine that is killed is replaced, and the view stays', async () => {
  await withFolder(async (folder) => {
    const studio = await openStudio(folder);
    await studio.page.getByRole('link', { name: 'Settings' }).first().click();
    const [pid = 0] = await enginePids(studio);
    process.kill(pid, 'SIGKILL');
    await expect(studio.page.getByText('The engine is being started again')).toBeVisible();
    await expect(studio.page.getByText('The engine is being started again')).toBeHidden();
    expect(studio.page.url()).toContain('#/settings');
    expect(await enginePids(studio)).not.toContain(pid);
    await studio.app.close();
  });
});

test('the menu has the page\'s commands; a click runs one', async () => {
  await withFolder(async (folder) => {
    const { app, page } = await openStudio(folder);
    await expect.poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('go.settings')?.enabled ?? null)).toBe(true);
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('go.settings')?.click());
    await expect(page).toHaveURL(/#\/settings/);
    await app.close();
  });
});

test('the page cannot leave, open windows, or load anything over the network', async () => {
  await withFolder(async (folder) => {
    const { app, page } = await openStudio(folder);
    await page.evaluate("void (location.href = 'https://example.com/')");
    await page.evaluate("void window.open('https://example.com/')");
    expect(await page.evaluate("fetch('https://example.com/', { mode: 'no-cors' }).then(() => 'loaded', () => 'refused')")).toBe('refused');
    expect(page.url()).toMatch(/^adgen:\/\/studio\//);
    expect(app.windows()).toHaveLength(1);
    await app.close();
  });
});

test('a second start hands over to the first, and quitting leaves no process', async () => {
  await withFolder(async (folder) => {
    const studio = await openStudio(folder);
    const [pid = 0] = await enginePids(studio);
    await expect(openStudio(folder)).rejects.toThrow();
    await studio.app.close();
    await expect.poll(() => isThere(pid)).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // it has ended
  }
}
