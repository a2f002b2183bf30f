import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { REPORT_VIOLATIONS } from '#scripts/browser/studio.ts';
import type { WebContents } from './double/web-contents.ts';
import { prepareShells, releaseShells, startShell, withDataDir } from './shell.ts';
import type { Shell } from './shell.ts';

let data: Awaited<ReturnType<typeof withDataDir>>;
let shell: Shell;

beforeAll(async () => {
  await prepareShells();
  data = await withDataDir();
  shell = await startShell({ dataDir: data.dataDir });
  await shell.page();
}, 120_000);
afterAll(async () => {
  await shell.quit();
  await releaseShells();
  await data.remove();
});

describe('a page', () => {
  test('is sandboxed, in a world of its own, without Node', () => {
    expect(shell.window().options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false, navigateOnDragDrop: false });
  });

  test('gets one object from the preload script, and nothing of Electron', async () => {
    const page = await shell.page();
    expect(await page.evaluate('Object.keys(adgen)')).toEqual(['connect', 'onCommand', 'onNotice', 'pathOf', 'dragOut', 'setBusy', 'notify', 'describe']);
    expect(await page.evaluate("['require', 'process', 'ipcRenderer', 'electron', 'electronTell'].filter((name) => name in window)")).toEqual([]);
  });

  test('keeps to the content policy, which lets no inline script run', async () => {
    const page = await shell.page();
    const violations: string[] = [];
    page.on('console', (message) => /content policy: /.test(message.text()) && violations.push(message.text()));
    await page.addInitScript(REPORT_VIOLATIONS);
    await page.reload();
    for (const address of ['/', '/new', '/exports', '/settings/general', '/settings/sidecar']) {
      await page.evaluate(`void (location.hash = '${address}')`);
      await page.getByRole('main').locator('h1, h2').first().waitFor();
    }
    expect(violations).toEqual([]);
    await page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ranInline = true' }))");
    await expect.poll(() => violations).toEqual([expect.stringMatching(/script-src-elem refused inline/)]);
    expect(await page.evaluate("'ranInline' in window")).toBe(false);
  });

  test('cannot leave', async () => {
    const page = await shell.page();
    for (const url of ['https://evil.example/', 'http://127.0.0.1:9/', 'https://adgen-studio.test/other.html']) {
      await page.evaluate(`void (location.href = ${JSON.stringify(url)})`);
      await page.waitForTimeout(300);
    }
    expect(shell.window().webContents.getURL()).toMatch(/^adgen:\/\/studio\/index\.html/);
    expect(await page.evaluate("document.getElementById('studio') !== null")).toBe(true);
  });

  test('cannot be sent elsewhere by a redirect', () => {
    const event = { url: 'adgen://studio/index.html', defaultPrevented: false, preventDefault(): void { this.defaultPrevented = true; } };
    shell.window().webContents.emit('will-redirect', event);
    expect(event.defaultPrevented).toBe(true);
  });

  test('cannot open windows', async () => {
    const page = await shell.page();
    const judged = new Promise((resolve) => shell.window().webContents.once('double-popup', resolve));
    await page.evaluate("void window.open('about:blank')");
    expect(await judged).toBe('deny');
    expect(shell.state.windows).toHaveLength(1);
  });

  test('cannot embed other contents', () => {
    const event = { defaultPrevented: false, preventDefault(): void { this.defaultPrevented = true; } };
    shell.window().webContents.emit('will-attach-webview', event);
    expect(event.defaultPrevented).toBe(true);
  });

  test('loads nothing over the network, whoever asks', async () => {
    const page = await shell.page();
    const failed = await page.evaluate("Promise.all(['https://evil.example/x', 'http://127.0.0.1:1/x'].map((url) => fetch(url, { mode: 'no-cors' }).then(() => 'loaded', () => 'refused')))");
    expect(failed).toEqual(['refused', 'refused']);
    const { session } = await import('./double/session.ts');
    const answers = await Promise.all(['https://evil.example/', 'http://127.0.0.1:1/', 'ws://127.0.0.1:1/', 'file:///etc/passwd', 'ftp://x/', 'adgen://other/', 'adgen://studio/index.html', 'blob:adgen://studio/x', 'data:,x'].map((url) => new Promise((resolve) => session.defaultSession.beforeRequest?.({ url }, ({ cancel }) => resolve(cancel)))));
    expect(answers).toEqual([true, true, true, true, true, true, false, false, false]);
    expect(session.defaultSession.isSpellCheckerEnabled).toBe(false);
  });
});

describe('permissions', () => {
  test.each(['geolocation', 'media', 'notifications', 'midi', 'hid', 'serial', 'usb', 'openExternal', 'clipboard-read', 'pointerLock', 'display-capture', 'fileSystem', 'window-management'])('%s is refused', async (permission) => {
    const { session: { defaultSession } } = await import('./double/session.ts');
    const asked = await new Promise((resolve) => defaultSession.permissionRequest?.(shell.window().webContents, permission, resolve, { requestingUrl: 'adgen://studio/index.html' }));
    expect([asked, defaultSession.permissionCheck?.(null, permission, '', { requestingUrl: 'adgen://studio/index.html' }), defaultSession.devicePermission?.({})]).toEqual([false, false, false]);
  });

  test('copying text is the studio\'s alone', async () => {
    const { session: { defaultSession } } = await import('./double/session.ts');
    const ask = (requestingUrl: string): Promise<boolean> => new Promise((resolve) => defaultSession.permissionRequest?.(null, 'clipboard-sanitized-write', resolve, { requestingUrl }));
    expect([await ask('adgen://studio/index.html'), await ask('https://evil.example/')]).toEqual([true, false]);
  });
});

describe('downloads', () => {
  test('of the studio\'s own files go through the system\'s dialog; all others are refused', async () => {
    const page = await shell.page();
    const download = (): Promise<unknown> => new Promise((resolve) => shell.window().webContents.once('double-download', resolve));
    const own = download();
    await page.evaluate("Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' }).click()");
    expect(await own).toMatchObject({ isRefused: false });
    const foreign = { defaultPrevented: false, preventDefault(): void { this.defaultPrevented = true; } };
    const { session } = await import('./double/session.ts');
    session.defaultSession.emit('will-download', foreign, { getURL: () => 'https://evil.example/x.exe' });
    expect(foreign.defaultPrevented).toBe(true);
  });
});

describe('messages to the main process', () => {
  test('count only from the main frame of a window of ours, at our origin, in the right form', async () => {
    await shell.page();
    const { ipcMain } = await import('./double/ipc-main.ts');
    const window = shell.window();
    const sender = window.webContents;
    const tell = (event: object, ...args: unknown[]): number => {
      window.setProgressBar(-1);
      ipcMain.emit('busy', event, ...args);
      return window.progress;
    };
    const honest = { sender, senderFrame: sender.mainFrame };
    expect(tell(honest, 0.5)).toBe(0.5);
    expect(tell({ sender, senderFrame: null }, 0.5)).toBe(-1);
    expect(tell({ sender, senderFrame: { url: 'adgen://studio/index.html', parent: sender.mainFrame } }, 0.5)).toBe(-1);
    expect(tell({ sender: { mainFrame: sender.mainFrame } as WebContents, senderFrame: sender.mainFrame }, 0.5)).toBe(-1);
    for (const wrong of [[], [2], [-1], ['0.5'], [Number.NaN], [0.5, 0.5], [{}], [undefined]]) expect(tell(honest, ...wrong)).toBe(-1);
    expect(tell(honest, null)).toBe(-1);
  });

  test('do not count once the page is somewhere else', async () => {
    await shell.page();
    const { ipcMain } = await import('./double/ipc-main.ts');
    const window = shell.window();
    const sender = window.webContents;
    const url = sender.getURL();
    sender.standAt('https://evil.example/');
    window.setProgressBar(-1);
    ipcMain.emit('busy', { sender, senderFrame: sender.mainFrame }, 0.5);
    sender.standAt(url);
    expect(window.progress).toBe(-1);
  });

  test('that are too large or malformed leave the menu as it is', async () => {
    await shell.page();
    const { ipcMain } = await import('./double/ipc-main.ts');
    const sender = shell.window().webContents;
    await vi.waitFor(() => expect(shell.state.menu.length).toBeGreaterThan(4));
    const before = shell.state.menu;
    const command = { id: 'x', label: 'x', group: 'x' };
    for (const wrong of [{}, { language: 'fr', isDark: true, commands: [] }, { language: 'en', isDark: true, commands: Array.from({ length: 501 }, () => command) }, { language: 'en', isDark: true, commands: [{ ...command, label: 'x'.repeat(201) }] }]) ipcMain.emit('describe', { sender, senderFrame: sender.mainFrame }, wrong);
    expect(shell.state.menu).toBe(before);
  });
});
