import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderFault, prepareFolder } from './folder-rules.ts';
import type { FolderContext } from './folder-rules.ts';

const LINUX: FolderContext = { platform: 'linux', env: {}, programFolder: '/opt/adgen' };
const MAC: FolderContext = { platform: 'darwin', env: {}, programFolder: '/Applications/AdGen.app' };
const WINDOWS: FolderContext = { platform: 'win32', env: { OneDrive: 'D:\\Sync', OneDriveCommercial: '' }, programFolder: 'C:\\Program Files\\AdGen' };

describe('where engines cannot live', () => {
  test.each([
    ['OneDrive', WINDOWS, 'C:\\Users\\x\\OneDrive\\adgen'],
    ['OneDrive', WINDOWS, 'C:\\Users\\x\\OneDrive - Some Company\\adgen'],
    ['OneDrive', WINDOWS, 'D:\\Sync\\adgen'],
    ['OneDrive', WINDOWS, 'd:\\sync\\adgen'],
    ['Dropbox', LINUX, '/home/x/Dropbox/adgen'],
    ['Dropbox', MAC, '/Users/x/Dropbox (Personal)/adgen'],
    ['Google Drive', WINDOWS, 'G:\\My Drive\\adgen'],
    ['iCloud', MAC, '/Users/x/Library/Mobile Documents/com~apple~CloudDocs/adgen'],
    ['a cloud service', MAC, '/Users/x/Library/CloudStorage/Box/adgen'],
    ['this program\'s own folder', LINUX, '/opt/adgen/data/engine'],
    ['this program\'s own folder', WINDOWS, 'c:\\program files\\adgen'],
    ['network drive', WINDOWS, '\\\\server\\share\\adgen'],
    ['characters', WINDOWS, `C:\\${'x'.repeat(117)}`],
    ['control character', LINUX, '/home/x/a\nb'],
  ])('%s', (word, context, folder) => {
    expect(folderFault(folder, context)).toContain(word);
  });

  test.each([
    [LINUX, '/home/x/.local/share/adgen-studio/engine'],
    [LINUX, '/opt/adgen-data/engine'],
    [LINUX, `/home/${'x'.repeat(300)}`],
    [LINUX, '/home/x/My OneDrive pictures/engine'],
    [LINUX, '/home/Ünï cödé/广告/engine'],
    [MAC, '/Users/x/Library/Application Support/AdGen Studio/engine'],
    [WINDOWS, 'C:\\Users\\x\\AppData\\Local\\AdGen Studio\\engine'],
    [WINDOWS, 'D:\\Synchro\\engine'],
    [WINDOWS, `C:\\${'x'.repeat(116)}`],
  ])('but they can in a plain place', (context, folder) => {
    expect(folderFault(folder, context)).toBeUndefined();
  });
});

describe('a real folder', () => {
  let root: string;
  beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'adgen-rules-'))));
  afterEach(() => rm(root, { recursive: true, force: true }));
  const context = (): FolderContext => ({ platform: process.platform, env: {}, programFolder: join(root, 'program') });

  test('is made, and left empty', async () => {
    const folder = join(root, 'with space', 'ünï 广告', 'x'.repeat(100));
    await prepareFolder(folder, context());
    expect(await readdir(folder)).toEqual([]);
  });

  test('is refused when a link leads into a synced one', async () => {
    await mkdir(join(root, 'Dropbox'));
    await symlink(join(root, 'Dropbox'), join(root, 'harmless'));
    await expect(prepareFolder(join(root, 'harmless', 'engine'), context())).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'DISK_PATH' }, message: expect.stringMatching(/Dropbox.*Choose another folder/) });
    expect(await readdir(join(root, 'Dropbox'))).toEqual([]);
  });

  test('is refused when a file stands in its place', async () => {
    await writeFile(join(root, 'engine'), '');
    await expect(prepareFolder(join(root, 'engine'), context())).rejects.toMatchObject({ data: { reason: 'DISK_PATH' } });
  });

  test.runIf(process.platform === 'linux')('is refused where nothing can be written', async () => {
    await expect(prepareFolder('/proc/adgen', context())).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});
