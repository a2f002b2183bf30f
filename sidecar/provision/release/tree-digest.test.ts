/** The digest is git's: compared with git itself where it is there, and with ids that git gave. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { treeDigestOf } from './tree-digest.ts';

/** Names whose order differs between plain sorting and git's, between bytes and letters, and an empty file. */
const FILES: Readonly<Record<string, string>> = {
  'main.py': 'print(1)\n', 'lib/a.py': '', 'lib.py': 'x\r\n', 'lib-b/z': '\0\u00FF', 'lib/deep/er/file name.txt': 'y', 'Ä/ö.txt': 'ü', 'run.sh': '#!/bin/sh\n', Z: 'z',
};
/** What `git write-tree` says of FILES with `run.sh` executable. */
const DIGEST = '39074c17524787bfa6c372a158644517a96b93e9';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-tree-'));
  for (const [path, text] of Object.entries(FILES)) await put(path, text);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('tree digest', () => {
  it('is the id that git gives', async () => {
    expect(await treeDigestOf(folder, ['run.sh'])).toBe(DIGEST);
  });

  it.runIf(hasGit && process.platform !== 'win32')('agrees with the git of this machine', async () => {
    await chmod(join(folder, 'run.sh'), 0o755);
    const repository = await mkdtemp(join(tmpdir(), 'adgen-git-'));
    const git = (...args: string[]): string => execFileSync('git', [`--git-dir=${repository}`, `--work-tree=${folder}`, '-c', 'core.autocrlf=false', ...args], { encoding: 'utf8', cwd: folder });
    try {
      git('init', '--quiet');
      git('add', '--all');
      expect(git('write-tree').trim()).toBe(DIGEST);
    } finally {
      await rm(repository, { recursive: true, force: true });
    }
  });

  it('does not look at the marks on disk, which unpacking loses', async () => {
    await chmod(join(folder, 'main.py'), 0o755);
    expect(await treeDigestOf(folder, ['run.sh'])).toBe(DIGEST);
  });

  it('ignores empty folders, as git does', async () => {
    await mkdir(join(folder, 'empty', 'too'), { recursive: true });
    expect(await treeDigestOf(folder, ['run.sh'])).toBe(DIGEST);
  });

  it.each([
    ['a changed byte', () => put('lib/deep/er/file name.txt', 'Y')],
    ['other line ends', () => put('lib.py', 'x\n')],
    ['one file more', () => put('lib/evil.pth', 'import os')],
    ['one file less', () => rm(join(folder, 'lib', 'a.py'))],
    ['another name', async () => { await rm(join(folder, 'Z')); await put('z', 'z'); }],
  ])('changes with %s', async (_name, change) => {
    await change();
    expect(await treeDigestOf(folder, ['run.sh'])).not.toBe(DIGEST);
  });

  it.runIf(process.platform !== 'win32')('refuses a link', async () => {
    await symlink('/etc/hosts', join(folder, 'lib', 'hosts'));
    await expect(treeDigestOf(folder)).rejects.toMatchObject({ name: 'AdgenError', data: { reason: 'NET_HASH' }, message: expect.stringContaining(join('lib', 'hosts')) });
  });
});
