import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { prepareShells, releaseShells, startShell, withDataDir } from './shell.ts';
import type { Shell } from './shell.ts';

let data: Awaited<ReturnType<typeof withDataDir>>;
let shell: Shell;

beforeAll(async () => {
  await prepareShells();
  data = await withDataDir();
  shell = await startShell({ dataDir: data.dataDir });
}, 120_000);
afterAll(async () => {
  await shell.quit();
  await releaseShells();
  await data.remove();
});

const otherEngine = async (pid: number | undefined): Promise<void> => await vi.waitFor(() => {
  if (shell.enginePid() === undefined || shell.enginePid() === pid) throw new Error('there is no other engine yet');
}, { timeout: 20_000, interval: 50 });

test('the page asks its engine through a port, and nothing of the launch\'s token is in the page', async () => {
  const page = await shell.page();
  expect(await page.evaluate("[typeof adgen, location.hash.length < 20, sessionStorage.getItem('adgen-token'), typeof require]")).toEqual(['object', true, null, 'undefined']);
});

test('an engine that is killed is replaced behind the page, which keeps its view', async () => {
  const page = await shell.page();
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.waitForURL(/#\/settings/);
  await page.evaluate('window.wasHereBefore = true');
  const pid = shell.enginePid();
  process.kill(pid as number, 'SIGKILL');
  await page.getByText('The engine is being started again').waitFor({ timeout: 15_000 });
  await otherEngine(pid);
  await page.getByText('The engine is being started again').waitFor({ state: 'detached', timeout: 20_000 });
  expect(await page.evaluate('[window.wasHereBefore, location.hash]')).toEqual([true, expect.stringMatching(/^#\/settings/)]);
  const crashes = readFileSync(join(data.dataDir, 'shell', 'crashes.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { what: string });
  expect(crashes.at(-1)).toMatchObject({ what: 'Utility', reason: 'killed' });
});

test('a page that is loaded again gets a port again', async () => {
  const page = await shell.page();
  await page.reload();
  await page.getByRole('navigation').first().waitFor({ timeout: 20_000 });
});

test('a page that crashes is loaded again where it was, and says so', async () => {
  await shell.page();
  shell.window().webContents.crash();
  const page = await shell.page();
  await page.getByText('The window had to be loaded again. Your work is kept.').waitFor();
  expect(shell.state.app.hasQuit).toBe(false);
});

test('crash reports stay here', () => {
  expect(shell.state.crashReporter).toEqual({ uploadToServer: false });
  expect(shell.state.app.getPath('crashDumps')).toBe(join(data.dataDir, 'shell', 'crashes'));
});

test('nothing is asked for updates unless a feed is named', () => {
  expect(shell.state.feeds).toEqual([]);
});

test('the end is orderly: the engine has closed its database and nothing is left', async () => {
  await shell.page();
  const pid = shell.enginePid() as number;
  await shell.quit();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(existsSync(join(data.dataDir, 'studio.db'))).toBe(true);
  expect(existsSync(join(data.dataDir, 'studio.db-wal'))).toBe(false);
  shell = await startShell({ dataDir: data.dataDir });
  await shell.page();
});

test('an engine that cannot start is told in a sentence, and the program ends', async () => {
  const broken = join(data.dataDir, 'broken');
  await mkdir(join(broken, 'studio.db'), { recursive: true });
  await writeFile(join(broken, 'studio.db', 'x'), '');
  const other = await startShell({ dataDir: broken });
  await vi.waitFor(() => expect(other.state.app.hasQuit).toBe(true), { timeout: 20_000 });
  await Promise.all(other.state.closing);
  expect(other.state.errorBoxes).toEqual([{ title: 'AdGen Studio cannot start', text: expect.stringMatching(/\w{4,}/) }]);
});
