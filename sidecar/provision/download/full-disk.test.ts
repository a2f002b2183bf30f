/** A disk that fills up while bytes arrive: said with its cause, nothing is lost, and the next call goes on once there is space. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partPathsOf } from './journal.ts';
import { makeDownloadFolder, sample } from './testing/download-folder.ts';
import type { DownloadFolder } from './testing/download-folder.ts';

const { content, sha256 } = sample(6_000_000);

let folder: DownloadFolder;
const mounted: string[] = [];

/** Only root may mount, and not in every container. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function mount(name: string, size: string): Promise<string> {
  const path = folder.at(name);
  await mkdir(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  mounted.push(path);
  return path;
}

beforeAll(async () => {
  folder = await makeDownloadFolder();
});
afterAll(async () => {
  for (const path of mounted) execFileSync('umount', ['-l', path]);
  await folder.remove();
});

describe.runIf(canMount())('on a disk that is too small', () => {
  test('a file of known size is not begun', async () => {
    const disk = await mount('known', '4m');
    folder.server.serve('/file', { bytes: content, etag: '"one"' });
    await expect(folder.get({ destination: `${disk}/f`, partsDir: `${disk}/parts`, sha256 })).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/^6\.6 MB are needed for .* and 4\.\d MB are free there/) as string });
  });

  test('a disk that is filled by others meanwhile: what is here is kept, and gone on with', async () => {
    const disk = await mount('filling', '12m');
    const partsDir = `${disk}/parts`;
    const get = (onProgress?: () => void) => folder.get({ destination: `${disk}/f`, partsDir, sha256, onProgress });
    folder.server.serve('/file', { bytes: content, etag: '"one"', pieceBytes: 50_000 });
    const fill = (): void => {
      if (!existsSync(`${disk}/others`)) writeFileSync(`${disk}/others`, Buffer.alloc(9_000_000));
    };
    const error: unknown = await get(fill).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/^The disk that holds .*parts is full\. Make room or choose another folder, then start it again: what is finished is kept\.$/) as string });
    const { part } = partPathsOf({ url: '', sha256, partsDir });
    expect((await stat(part)).size).toBeGreaterThan(0);
    await expect(get()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await rm(`${disk}/others`);
    const asked = folder.server.requests.length;
    expect((await get()).resumedFrom).toBeGreaterThan(0);
    expect(folder.server.requests[asked]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(await readFile(`${disk}/f`)).toEqual(content);
  });

  test.each([['known', undefined], ['unknown', null]])('a file of %s length: room is looked for again and again, and missed before the disk is full', async (name, contentLength) => {
    const disk = await mount(`watched ${name}`, '12m');
    const get = (onProgress?: () => void) => folder.get({ destination: `${disk}/f`, partsDir: `${disk}/parts`, sha256, bytes: content.length, spaceEveryBytes: 1_000_000, onProgress });
    folder.server.serve('/file', { bytes: content, etag: '"one"', pieceBytes: 50_000, contentLength });
    const fill = (): void => {
      if (!existsSync(`${disk}/others`)) writeFileSync(`${disk}/others`, Buffer.alloc(9_000_000));
    };
    await expect(get(fill)).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/MB are needed for .* are free there/) as string });
    await rm(`${disk}/others`);
    expect((await get()).resumedFrom).toBeGreaterThan(0);
    expect(await readFile(`${disk}/f`)).toEqual(content);
  });

  test('parts on another volume: the whole file is needed at its place as well', async () => {
    const parts = await mount('parts volume', '8m');
    const small = await mount('small place', '2m');
    folder.server.serve('/file', { bytes: content, etag: '"one"' });
    await expect(folder.get({ destination: `${small}/f`, partsDir: parts, sha256 })).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining(`are needed for ${small}/f`) as string });
    expect(await folder.get({ destination: folder.at('elsewhere.bin'), partsDir: parts, sha256 })).toMatchObject({ sha256 });
    expect(await readFile(folder.at('elsewhere.bin'))).toEqual(content);
  });
});
