import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareWithList, isInsidePath, listFiles, walk } from './file-list.ts';
import type { FileList } from './file-list.ts';
import { removeBytecode, removeEmptyFolders, removeListed } from './remove-files.ts';

let folder: string;
const signal = new AbortController().signal;
const at = (path: string): string => join(folder, path);
async function put(path: string, text = path): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), text);
}
const list = async (): Promise<FileList> => await listFiles(folder, await walk(folder, ['comfy', 'python']), { signal });
const pathsLeft = async (): Promise<string[]> => (await walk(folder, ['.'], { hasBytecode: true })).map(({ path }) => path);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-list-'));
  await put('comfy/main.py');
  await put('comfy/ünï 广告/a b.py', '');
  await put('comfy/__pycache__/main.cpython-312.pyc');
  await put('python/bin/tool');
  await chmod(at('python/bin/tool'), 0o755);
  await put('python/lib/numbers.so', '12345');
  await symlink('tool', at('python/bin/link'));
  await put('other/file');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([['a', true], ['a/b c/ü', true], ['..a/b', true], ['../a', false], ['a/../b', false], ['/a', false], ['a//b', false], ['', false], ['C:/a', false], ['a\\b', false], ['a/./b', false], ['a\0b', false]])('%j is inside: %s', (path, isInside) => {
  expect(isInsidePath(path)).toBe(isInside);
});

describe('a list of files', () => {
  test('names every file and link of the parts, without what Python compiled', async () => {
    expect(await list()).toEqual({
      files: [
        { path: 'comfy/main.py', bytes: 13, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), isExecutable: false },
        { path: 'comfy/ünï 广告/a b.py', bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', isExecutable: false },
        { path: 'python/bin/tool', bytes: 15, sha256: expect.any(String), isExecutable: process.platform !== 'win32' },
        { path: 'python/lib/numbers.so', bytes: 5, sha256: expect.any(String), isExecutable: false },
      ],
      links: [{ path: 'python/bin/link', target: 'tool' }],
    });
  });

  test('of what is as it was is not damaged', async () => {
    expect(await compareWithList(folder, await list(), { isDeep: true })).toEqual([]);
  });

  test('tells what is missing, shorter, other inside, or leads elsewhere', async () => {
    const before = await list();
    await rm(at('comfy/main.py'));
    await put('python/bin/tool', 'short');
    await put('python/lib/numbers.so', '54321');
    await rm(at('python/bin/link'));
    await symlink('../lib/numbers.so', at('python/bin/link'));
    const quick = [{ path: 'comfy/main.py', what: 'missing' }, { path: 'python/bin/tool', what: 'changed' }, { path: 'python/bin/link', what: 'changed' }];
    expect(await compareWithList(folder, before, { isDeep: false })).toEqual(quick);
    expect(await compareWithList(folder, before, { isDeep: true })).toEqual([...quick.slice(0, 2), { path: 'python/lib/numbers.so', what: 'changed' }, quick[2]]);
  });

  test('is given up when nobody wants it any more', async () => {
    await expect(listFiles(folder, await walk(folder, ['comfy']), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('removing by list', () => {
  test('takes what is listed and what was compiled from it, and empty folders', async () => {
    const { files, links } = await list();
    expect(await removeListed(folder, [...files, ...links].map(({ path }) => path))).toBe(5);
    await removeBytecode(folder, ['comfy', 'python']);
    await put('comfy/models/mine.safetensors');
    await removeEmptyFolders(folder);
    expect(await pathsLeft()).toEqual(['comfy/models/mine.safetensors', 'other/file']);
  });

  test('never goes through a link', async () => {
    await put('elsewhere/lib/numbers.so', 'mine');
    await rm(at('python'), { recursive: true });
    await symlink(at('elsewhere'), at('python'));
    expect(await removeListed(folder, ['python/lib/numbers.so', 'python'])).toBe(1);
    expect(await pathsLeft()).toContain('elsewhere/lib/numbers.so');
  });

  test('leaves a folder that stands where a file was', async () => {
    await rm(at('comfy/main.py'));
    await put('comfy/main.py/mine.txt');
    expect(await removeListed(folder, ['comfy/main.py'])).toBe(0);
    expect(await pathsLeft()).toContain('comfy/main.py/mine.txt');
  });
});
