/** The locks that come with the program: what must be true of each, whoever makes them anew. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngineRelease } from '../release/engine-release.ts';
import { PLATFORMS, type Platform, type Variant } from '../types.ts';
import { lockFor, lockIndex, variantsFor } from './lock-index.ts';
import { formatLock, parseLock } from './lock-text.ts';

const all = PLATFORMS.flatMap((platform) => variantsFor(platform).map((variant) => [platform, variant] as const));

it('belong to the pinned release', () => {
  const { comfyui, python } = loadEngineRelease();
  expect(lockIndex()).toMatchObject({ comfyui: comfyui.version, python: python.version });
});

it.each<[Platform, readonly Variant[]]>([
  ['linux-x64', ['cpu', 'cu126', 'cu130', 'rocm', 'xpu']], ['linux-arm64', ['cpu', 'cu130']], ['windows-x64', ['cpu', 'cu126', 'cu130', 'xpu']], ['macos-arm64', ['cpu', 'mps']], ['macos-x64', []],
])('exist for %s: %j', (platform, variants) => {
  expect(variantsFor(platform).toSorted()).toEqual(variants);
});

describe.each(all)('%s %s', (platform, variant) => {
  const lock = lockFor(platform, variant);

  it('holds PyTorch and what ComfyUI cannot start without', () => {
    const names = lock.packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['torch', 'torchvision', 'torchaudio', 'torchsde', 'numpy', 'einops', 'transformers', 'tokenizers', 'sentencepiece', 'safetensors', 'aiohttp', 'pyyaml', 'pillow', 'scipy', 'psutil', 'av', 'comfy-kitchen', 'comfy-aimdo', 'blake3', 'sqlalchemy', 'alembic']));
    expect(new Set(names).size).toBe(names.length);
    expect(lock.packages.find(({ name }) => name === 'torch')?.version).toBe(lock.torchVersion);
  });

  it('has hash, size and public address for everything, or says why not', () => {
    const open = lock.packages.filter(({ wheel }) => wheel === undefined).map(({ name }) => name).toSorted();
    expect(open).toEqual(lock.isComplete ? [] : ['torch', 'torchaudio', 'torchvision']);
    expect(lock.reason === undefined).toBe(lock.isComplete);
    expect(lock.indexUrls).toHaveLength(lock.isComplete && lock.wheels.every(({ url }) => new URL(url).host === 'files.pythonhosted.org') ? 0 : 1);
    for (const { url, file } of lock.wheels) expect([new URL(url).host, file.endsWith('.whl')]).toEqual([expect.stringMatching(/^(?:files\.pythonhosted\.org|download(?:-r2)?\.pytorch\.org)$/), true]);
  });

  it('forecasts', () => {
    expect(lock.unpackedBytes).toBeGreaterThan(lock.downloadBytes);
    expect(lock.downloadBytes).toBeGreaterThan(100e6);
    expect(lock.downloadBytes).toBeLessThan(10e9);
  });
});

it('come with CUDA 13.0 where the variant says so', () => {
  const names = lockFor('linux-x64', 'cu130').packages.map(({ name, version }) => `${name} ${version}`);
  expect(names).toContainEqual(expect.stringMatching(/^nvidia-cuda-runtime 13\.0\./));
  expect(lockFor('windows-x64', 'cpu').packages.filter(({ name }) => name.startsWith('nvidia-'))).toEqual([]);
});

it.each<[Platform, Variant, string]>([
  ['macos-x64', 'cpu', 'no longer built for Macs with Intel processors'],
  ['windows-x64', 'rocm', 'no PyTorch "rocm" for windows-x64. Choose one of: cpu, cu130, cu126, xpu.'],
  ['linux-arm64', 'cu126', 'no PyTorch "cu126" for linux-arm64'],
  ['macos-arm64', 'cu130', 'Choose one of: mps, cpu.'],
])('refuse %s %s in one sentence', (platform, variant, words) => {
  expect(() => lockFor(platform, variant)).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(words) }));
});

describe('text', () => {
  const HASH = 'ab'.repeat(32);

  it('is what pip reads, sorted, and comes back as it was', () => {
    const packages = [
      { name: 'torch', version: '2.11.0+cu126' },
      { name: 'einops', version: '0.8.2', wheel: { file: 'einops-0.8.2-py3-none-any.whl', url: 'https://files.pythonhosted.org/packages/aa/einops-0.8.2-py3-none-any.whl', sha256: HASH, bytes: 65, unpackedBytes: 300 } },
    ];
    const text = formatLock(['A lock.'], packages);
    expect(text).toBe(`# A lock.\n# 65 300 https://files.pythonhosted.org/packages/aa/einops-0.8.2-py3-none-any.whl\neinops==0.8.2 --hash=sha256:${HASH}\ntorch==2.11.0+cu126\n`);
    expect(parseLock(text, 'a.txt')).toEqual(packages.toReversed());
  });

  it.each([
    ['a range', 'numpy>=1.25', 'line 1'],
    ['an option', '--index-url https://example.org', 'line 1'],
    ['a hash without a source', `a==1 --hash=sha256:${HASH}`, 'a hash comes with a source'],
    ['a source without a hash', '# 1 2 https://example.org/a.whl\na==1', 'line 2'],
    ['an unencrypted source', `# 1 2 http://example.org/a.whl\na==1 --hash=sha256:${HASH}`, 'line 2'],
  ])('refuses %s', (_name, text, words) => {
    expect(() => parseLock(text, 'a.txt')).toThrow(words);
  });

  it('of each file is as the script writes it', () => {
    const files = new Set(all.flatMap(([platform, variant]) => lockFor(platform, variant).files));
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const heading = text.split('\n').slice(0, 2).map((line) => line.slice(2));
      expect(formatLock(heading, parseLock(text, file))).toBe(text);
    }
  });
});
