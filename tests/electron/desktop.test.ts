import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EngineClient } from '#engine/host/message-port.ts';
import { connectEngine } from '#electron/engine-client.ts';
import { createExportedFiles } from '#electron/exported-files.ts';
import { writeSmallDelivery } from './delivery.ts';
import type { MenuItem } from './double/state.ts';
import { prepareShells, releaseShells, startShell, withDataDir } from './shell.ts';
import type { Shell } from './shell.ts';

const PHOTO = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let data: Awaited<ReturnType<typeof withDataDir>>;
let shell: Shell;
let folder: string;

beforeAll(async () => {
  await prepareShells();
  data = await withDataDir();
  folder = await mkdtemp(join(tmpdir(), 'adgen-desktop-'));
  shell = await startShell({ dataDir: data.dataDir, prepare: (state) => (state.filePaths['soda-can.jpg'] = PHOTO) });
  await shell.page();
}, 120_000);
afterAll(async () => {
  await shell.quit();
  await releaseShells();
  await data.remove();
  await rm(folder, { recursive: true, force: true });
});

const all = (items: readonly MenuItem[]): MenuItem[] => items.flatMap((item) => [item, ...all(item.submenu ?? [])]);
const item = async (id: string): Promise<MenuItem> => await vi.waitFor(() => all(shell.state.menu).find((candidate) => candidate.id === id) ?? Promise.reject(new Error(`no menu item ${id}`)), { timeout: 10_000 });
const tell = async (expression: string): Promise<unknown> => await (await shell.page()).evaluate(`void ${expression}`);

describe('the menu', () => {
  test('has every command of the page, and a click runs it there', async () => {
    const page = await shell.page();
    const settings = await item('go.settings');
    expect(settings).toMatchObject({ label: 'Settings', enabled: true, accelerator: 'CommandOrControl+,', registerAccelerator: process.platform === 'darwin' });
    settings.click?.();
    await page.waitForURL(/#\/settings/);
    (await item('go.home')).click?.();
    await page.waitForURL(/#\/$/);
    expect(all(shell.state.menu).filter(({ role }) => role === 'copy' || role === 'quit')).toHaveLength(2);
  });

  test('speaks the language of the page', async () => {
    const page = await shell.page();
    const client = shellClient();
    await client.settings.set({ language: 'de' });
    await page.reload();
    await vi.waitFor(() => expect(shell.state.menu.map(({ label }) => label)).toEqual(expect.arrayContaining(['Ablage', 'Bearbeiten', 'Darstellung', 'Fenster'])), { timeout: 15_000 });
    await client.settings.set({ language: 'en' });
    await page.reload();
    await vi.waitFor(() => expect(shell.state.menu.map(({ label }) => label)).toEqual(expect.arrayContaining(['File', 'Edit', 'View'])), { timeout: 15_000 });
  });
});

/** The engine, asked as the shell asks it. */
const shellClient = (): EngineClient => connectEngine(() => shell.address());

describe('busy', () => {
  test('shows in the taskbar and keeps the machine awake, once, until it is over or the page is gone', async () => {
    await shell.page();
    await tell('adgen.setBusy(0.25)');
    await vi.waitFor(() => expect([shell.window().progress, shell.state.blockers.size]).toEqual([0.25, 1]));
    await tell('adgen.setBusy(0.5)');
    await vi.waitFor(() => expect(shell.window().progress).toBe(0.5));
    expect([shell.state.blockers.size, shell.state.blockersStarted]).toEqual([1, 1]);
    await tell('adgen.setBusy(null)');
    await vi.waitFor(() => expect([shell.window().progress, shell.state.blockers.size]).toEqual([-1, 0]));
    await tell('adgen.setBusy(0.1)');
    await vi.waitFor(() => expect(shell.state.blockers.size).toBe(1));
    await (await shell.page()).reload();
    await vi.waitFor(() => expect([shell.window().progress, shell.state.blockers.size]).toEqual([-1, 0]), { timeout: 10_000 });
  });
});

describe('notifications', () => {
  test('come only when the window is not in front; a click brings it there', async () => {
    await shell.page();
    shell.window().focus();
    await tell("adgen.notify('Done', 'Fizzo')");
    shell.window().blur();
    await tell("adgen.notify('Done', 'Fizzo again')");
    await vi.waitFor(() => expect(shell.state.notifications.map(({ title, body }) => [title, body])).toEqual([['Done', 'Fizzo again']]));
    shell.state.notifications[0]?.click();
    expect(shell.window().isFocused()).toBe(true);
  });
});

describe('dialogs and the world outside', () => {
  test('a folder is picked with the system\'s dialog, or not', async () => {
    const client = shellClient();
    expect(await client.desktop.abilities()).toMatchObject({ kind: 'electron', canPick: true, canDragOut: true });
    shell.state.picks.push([folder]);
    expect(await client.desktop.pickFolder({ title: 'Where to?', startIn: '/tmp' })).toEqual({ path: folder });
    expect(shell.state.openDialogs.at(-1)).toMatchObject({ title: 'Where to?', defaultPath: '/tmp', properties: ['openDirectory', 'createDirectory'] });
    expect(await client.desktop.pickFolder({ title: 'Where to?' })).toEqual({ path: null });
  });

  test('only known addresses are opened, and only files that an export wrote are shown', async () => {
    const client = shellClient();
    expect(await client.desktop.openExternal({ url: 'https://huggingface.co/settings/tokens' })).toEqual({ done: true });
    for (const url of ['https://evil.example/', 'file:///etc/passwd', 'javascript:alert(1)']) await expect(client.desktop.openExternal({ url })).rejects.toThrow('only https pages of its own list');
    expect(shell.state.openedOutside).toEqual(['https://huggingface.co/settings/tokens']);
    await expect(client.desktop.reveal({ path: '/etc/passwd' })).rejects.toThrow('Only files that an export wrote');
    expect(shell.state.revealed).toEqual([]);
  });
});

describe('files', () => {
  test('a picked file has a path; what is no file is refused', async () => {
    const page = await shell.page();
    await page.evaluate("document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'test-file' }))");
    await page.locator('#test-file').setInputFiles(PHOTO);
    expect(await page.evaluate("adgen.pathOf(document.getElementById('test-file').files[0])")).toBe(PHOTO);
    expect(await page.evaluate("adgen.pathOf(new File(['x'], 'made-up.jpg'))")).toBe('');
  });

  test('a delivery that is opened becomes a project and is shown; what is none says so', async () => {
    const page = await shell.page();
    const delivery = join(folder, 'Fizzo.adgen');
    const name = await writeSmallDelivery(PHOTO, delivery);
    shell.state.app.emit('second-instance', {}, ['electron', 'main.js', 'Fizzo.adgen', '--flag'], folder);
    await page.waitForURL(/#\/projects\/[^/]+\/storyboard/, { timeout: 30_000 });
    await page.getByText(`“${name}” was imported.`).waitFor();
    await vi.waitFor(() => expect(all(shell.state.menu).map(({ label }) => label)).toContain(name), { timeout: 10_000 });

    const broken = join(folder, 'broken.adgen');
    await writeFile(broken, 'not a delivery');
    shell.state.app.emit('open-file', { preventDefault() {} }, broken);
    await page.getByText(/broken\.adgen was not imported\. \S+/).waitFor({ timeout: 15_000 });
  }, 120_000);

  test('a drag takes out only what an export wrote, by its id', async () => {
    await tell("adgen.dragOut('nothing')");
    await (await shell.page()).getByText('That file is not there any more. Export it again.').first().waitFor();
    expect(shell.state.drags).toEqual([]);
    const file = join(folder, 'fizzo.mp4');
    await writeFile(file, 'film');
    const { dragOut } = await import('#electron/drag-out.ts');
    const exports = [{ id: 'a', path: file, state: 'succeeded' }, { id: 'b', path: join(folder, 'gone.mp4'), state: 'succeeded' }, { id: 'c', path: file, state: 'running' }, { id: 'd', path: null, state: 'succeeded' }];
    const files = createExportedFiles({ exports: { list: async () => exports } } as never);
    const contents = shell.window().webContents as never;
    expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => dragOut(contents, id, files)))).toEqual([true, false, false, false, false]);
    expect(shell.state.drags.map(({ file: dragged, icon }) => [dragged, icon.isEmpty()])).toEqual([[file, false]]);
  });
});
