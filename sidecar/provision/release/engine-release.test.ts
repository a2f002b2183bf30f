import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLATFORMS } from '../types.ts';
import { checkComfySource, loadEngineRelease, parseEngineRelease } from './engine-release.ts';
import { treeDigestOf } from './tree-digest.ts';

describe('engine release', () => {
  it('pins one commit by its content, at public addresses', () => {
    const { comfyui, python, uv } = loadEngineRelease();
    expect(comfyui.archiveUrl).toBe(`https://github.com/Comfy-Org/ComfyUI/archive/${comfyui.commit}.zip`);
    const hosts = [comfyui.archiveUrl, ...Object.values(python.archives).map(({ url }) => url), ...Object.values(uv.wheels).map(({ url }) => url)].map((url) => new URL(url).host);
    expect(new Set(hosts)).toEqual(new Set(['github.com', 'files.pythonhosted.org']));
  });

  it.each(PLATFORMS)('has a Python and a uv for %s', (platform) => {
    const { python, uv } = loadEngineRelease();
    const archive = python.archives[platform];
    expect(decodeURIComponent(archive.url)).toContain(`/${archive.mirrorPath}`);
    expect(archive.mirrorPath).toContain(`cpython-${python.version}+${python.build}`);
    expect(uv.wheels[platform].url).toContain(`/uv-${uv.version}-`);
  });

  it('gives no two platforms the same file, but one uv may serve several', () => {
    const { python } = loadEngineRelease();
    expect(new Set(Object.values(python.archives).map(({ sha256 }) => sha256)).size).toBe(PLATFORMS.length);
  });

  it.each([
    ['an unencrypted address', { archiveUrl: 'http://github.com/x.zip' }, 'comfyui.archiveUrl'],
    ['half a hash', { treeDigest: 'abc' }, 'comfyui.treeDigest'],
    ['an unknown field', { surprise: 1 }, 'comfyui'],
  ])('refuses %s and names it', (_name, change, place) => {
    const release = loadEngineRelease();
    expect(() => parseEngineRelease({ ...release, comfyui: { ...release.comfyui, ...change } }, 'my.json')).toThrow(`my.json is no engine release: ${place}`);
  });

  it('takes the right source and refuses any other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'adgen-source-'));
    try {
      await writeFile(join(folder, 'main.py'), 'print(1)\n');
      const release = loadEngineRelease();
      const mine = { ...release, comfyui: { ...release.comfyui, executables: [], treeDigest: await treeDigestOf(folder) } };
      await checkComfySource(folder, mine);
      await writeFile(join(folder, 'main.py'), 'print(2)\n');
      await expect(checkComfySource(folder, mine)).rejects.toMatchObject({ data: { reason: 'NET_HASH', expected: mine.comfyui.treeDigest } });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
