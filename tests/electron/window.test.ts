import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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

describe('the window', () => {
  test('shows the studio, once there is something to show', async () => {
    const page = await shell.page();
    await page.getByRole('link', { name: 'New advert' }).first().waitFor();
    expect(await page.title()).toBe('AdGen Studio');
    expect(shell.window().webContents.getURL()).toMatch(/^adgen:\/\/studio\/index\.html/);
    expect(shell.window().options.show).toBe(false);
    await vi.waitFor(() => expect(shell.window().isVisible()).toBe(true));
  });

  test('takes the background of the page\'s theme, so that nothing flashes', async () => {
    await shell.page();
    expect(shell.window().options.backgroundColor).toBe('#0c0d0e');
    const page = await shell.page();
    await page.emulateMedia({ colorScheme: 'light' });
    await vi.waitFor(() => expect(shell.window().backgroundColor).toBe('#e9e9ec'));
    await page.emulateMedia({ colorScheme: 'dark' });
    await vi.waitFor(() => expect(shell.window().backgroundColor).toBe('#0c0d0e'));
  });

  test('is brought to the front by a second start, even from the taskbar', async () => {
    await shell.page();
    shell.window().minimize();
    shell.state.app.emit('second-instance', {}, ['electron', 'main.js'], '/');
    expect([shell.window().isMinimized(), shell.window().isFocused()]).toEqual([false, true]);
    expect(shell.state.windows).toHaveLength(1);
  });

  test('a start beside a running one ends at once and starts nothing', async () => {
    const other = await startShell({ dataDir: data.dataDir, prepare: (state) => (state.app.isLockFree = false) });
    expect(other.state.app.hasQuit).toBe(true);
    expect([other.state.windows, other.state.utilityProcesses]).toEqual([[], []]);
  });

  test('stands where it stood at the next start, and on a screen that is there', async () => {
    await shell.page();
    shell.window().setBounds({ x: 100, y: 60, width: 1300, height: 850 });
    shell.window().maximize();
    await shell.quit();
    expect(JSON.parse(readFileSync(join(data.dataDir, 'shell', 'window.json'), 'utf8'))).toEqual({ bounds: { x: 100, y: 60, width: 1300, height: 850 }, isMaximized: true, isDark: true });
    shell = await startShell({ dataDir: data.dataDir, prepare: (state) => (state.isDark = false) });
    await shell.page();
    expect(shell.window().options).toMatchObject({ x: 100, y: 60, width: 1300, height: 850, backgroundColor: '#0c0d0e' });
    expect(shell.window().isMaximized()).toBe(true);
    await shell.quit();
    shell = await startShell({ dataDir: data.dataDir, prepare: (state) => (state.screens = [{ x: 5000, y: 0, width: 1000, height: 700 }]) });
    await shell.page();
    expect(shell.window().options).toMatchObject({ x: 5000, y: 0, width: 1000, height: 700 });
  });

  test.runIf(process.platform === 'darwin')('is opened again from the Dock', async () => {
    await shell.page();
    shell.window().close();
    expect(shell.state.app.hasQuit).toBe(false);
    shell.state.app.emit('activate');
    await shell.page();
  });

  test.runIf(process.platform !== 'darwin')('ends the program when it is closed, and nothing of it is left', async () => {
    await shell.page();
    const pid = shell.enginePid();
    expect(pid).toBeGreaterThan(0);
    shell.window().close();
    await shell.quit();
    expect(shell.enginePid()).toBeUndefined();
    shell = await startShell({ dataDir: data.dataDir });
    await shell.page();
  });
});
