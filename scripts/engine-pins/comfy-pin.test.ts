/** The pin from a clone and the pin from an archive are one and the same. On a repository of a few files, with the git of this machine. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinFromClone, readArchive } from './comfy-pin.ts';

const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(hasGit && process.platform !== 'win32')('pin of ComfyUI', () => {
  let folder: string;
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adgen-comfy-pin-'));
    await mkdir(join(folder, 'comfy'));
    await writeFile(join(folder, 'main.py'), 'print(1)\n');
    await writeFile(join(folder, 'comfyui_version.py'), '__version__ = "1.2.3"\n');
    await writeFile(join(folder, 'comfy', 'samplers.py'), 'x = 1\n');
    await chmod(join(folder, 'comfy', 'samplers.py'), 0o755);
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '-m', 'one');
    git('tag', 'v1.2.3');
    git('tag', 'v9.9.9');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is the same from a clone and from an archive', async () => {
    const fromClone = pinFromClone(folder, '1.2.3');
    const fromArchive = await readArchive(git('archive', '--format=zip', '--prefix=ComfyUI-x/', 'v1.2.3'));
    expect(fromClone).toMatchObject({ version: '1.2.3', executables: ['comfy/samplers.py'], archiveSha256: null });
    expect(fromArchive).toEqual({ version: fromClone.version, commit: fromClone.commit, treeDigest: fromClone.treeDigest, executables: fromClone.executables, unpackedBytes: 37 });
  });

  it('refuses a tag that holds another version', () => {
    expect(() => pinFromClone(folder, '9.9.9')).toThrow('is not ComfyUI 9.9.9');
  });

  it('refuses an archive of more than one folder', async () => {
    await expect(readArchive(git('archive', '--format=zip', 'v1.2.3'))).rejects.toThrow('folders instead of one');
  });
});
