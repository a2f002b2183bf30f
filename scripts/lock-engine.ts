/**
 * Writes the locks of `sidecar/provision/packages/locks/`: for each platform and build of PyTorch, which file of which package is
 * installed. From the requirements of the pinned ComfyUI, with versions no newer than its release, resolved by uv.
 *
 *     node scripts/run.mjs scripts/lock-engine.ts [--uv PATH] [--requirements FILE] [--complete] [--out DIR] [--torch-index URL]
 *
 * What comes from PyPI is always pinned with hashes. Builds that only PyTorch's own indexes have are pinned by version where those are
 * out of reach, and say so in `index.json`; run where they can be reached, this completes them. `--complete` fails if any is not.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { INCOMPLETE_BYTES, INDEX_BUILDS, LOCK_PLATFORMS, PAGE_ONLY, PYPI_BUILD, TORCH } from './engine-pins/builds.ts';
import { type Resolver, createResolver, isTorchFamily } from './engine-pins/resolve.ts';
import { packageFiles } from './engine-pins/pypi.ts';
import { indexFiles, sizeOf } from './engine-pins/torch-index.ts';
import { rangesOf, unpackedBytes } from './engine-pins/wheel-size.ts';
import { bestWheel } from './engine-pins/wheel-tags.ts';
import { loadEngineRelease } from '#sidecar/provision/release/engine-release.ts';
import { formatLock, type LockedPackage, type Wheel } from '#sidecar/provision/packages/lock-text.ts';
import type { LockIndex } from '#sidecar/provision/packages/lock-index.ts';
import type { Platform } from '#sidecar/provision/types.ts';

const LOCKS = join(import.meta.dirname, '..', 'sidecar', 'provision', 'packages', 'locks');
/** ComfyUI's release. Versions that appeared later were never tried with this ComfyUI by its authors. */
const FROZEN_AT = '2026-07-18';
const AT_ONCE = 8;

type Entry = LockIndex['locks'][number];

const { values } = parseArgs({
  options: {
    uv: { type: 'string', default: 'uv' }, requirements: { type: 'string' }, complete: { type: 'boolean', default: false },
    out: { type: 'string', default: LOCKS }, 'torch-index': { type: 'string', default: 'https://download.pytorch.org/whl' },
  },
});
const { comfyui, python } = loadEngineRelease();
const scratch = await mkdtemp(join(tmpdir(), 'adgen-lock-'));
const folder = join(scratch, 'locks');
try {
  const requirements = values.requirements === undefined ? await fetchRequirements() : await readFile(values.requirements, 'utf8');
  const needed = requirements.split('\n').filter((line) => !PAGE_ONLY.test(line)).join('\n');
  const resolver = createResolver({ uvPath: values.uv, folder: scratch, requirements: needed, pythonVersion: python.version, frozenAt: FROZEN_AT });
  await mkdir(folder);
  const locks: Entry[] = [];
  for (const platform of LOCK_PLATFORMS) locks.push(...(await lockPlatform(platform, resolver)));
  const index: LockIndex = { version: 1, comfyui: comfyui.version, python: python.version, frozenAt: FROZEN_AT, locks };
  await writeFile(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  await rm(values.out, { recursive: true, force: true });
  await cp(folder, values.out, { recursive: true });
  for (const { platform, variant, isComplete } of locks) process.stdout.write(`${platform} ${variant}: ${isComplete ? 'complete' : 'without hashes for PyTorch'}\n`);
  if (values.complete && locks.some(({ isComplete }) => !isComplete)) process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function fetchRequirements(): Promise<string> {
  const url = `https://raw.githubusercontent.com/Comfy-Org/ComfyUI/${comfyui.commit}/requirements.txt`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.text();
}

async function lockPlatform(platform: Platform, resolver: Resolver): Promise<Entry[]> {
  const resolved = await resolver.resolve(platform, { suffix: '' });
  const packages = await inParallel(resolved, (each) => lockPackage(each, platform, (name) => packageFiles(name, each.version)));
  const shared = packages.filter(({ name }) => !isTorchFamily(name));
  const common = `${platform}.txt`;
  await write(common, `Everything but PyTorch on ${platform}.`, shared);
  const build = PYPI_BUILD[platform];
  const own = `${platform}-${build.file}.txt`;
  await write(own, `PyTorch (${build.file}) on ${platform}, from PyPI.`, packages.filter(({ name }) => isTorchFamily(name)));
  const entries: Entry[] = build.variants.map((variant) => ({ platform, variant, files: [common, own], isComplete: true, indexUrls: [], torchVersion: TORCH.torch }));
  for (const each of INDEX_BUILDS.filter((build) => build.platform === platform)) entries.push(await lockFromIndex(each, { common, shared, resolver }));
  return entries;
}

/** From PyTorch's index if it answers; else only the versions. */
async function lockFromIndex(build: (typeof INDEX_BUILDS)[number], { common, shared, resolver }: { common: string; shared: readonly LockedPackage[]; resolver: Resolver }): Promise<Entry> {
  const { platform, variant, suffix } = build;
  const indexUrl = `${values['torch-index']}/${suffix}`;
  const file = `${platform}-${variant}.txt`;
  const torchVersion = `${TORCH.torch}+${suffix}`;
  const entry = { platform, variant, files: [common, file], indexUrls: [indexUrl], torchVersion };
  try {
    await indexFiles(indexUrl, 'torch');
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    process.stderr.write(`${indexUrl} cannot be reached (${cause})\n`);
    await write(file, `PyTorch (${variant}) on ${platform}: versions only, see index.json.`, Object.entries(TORCH).map(([name, version]) => ({ name, version: `${version}+${suffix}` })));
    return { ...entry, isComplete: false, reason: 'PyTorch\'s own index could not be reached when this lock was made, so its packages are pinned by version and not by hash.', forecast: INCOMPLETE_BYTES[variant] };
  }
  const resolved = await resolver.resolve(platform, { suffix, indexUrl });
  const added = resolved.filter(({ name, version }) => !shared.some((each) => each.name === name && each.version === version));
  const clash = added.find(({ name }) => shared.some((each) => each.name === name));
  if (clash !== undefined) throw new Error(`${file} needs ${clash.name} ${clash.version}, unlike ${common}.`);
  await write(file, `PyTorch (${variant}) on ${platform}, from ${indexUrl}.`, await inParallel(added, (each) => lockPackage(each, platform, (name) => filesOnIndex(indexUrl, name, each.version))));
  return { ...entry, isComplete: true };
}

/** PyTorch's builds have a version of their own; what they depend on is the same file as on PyPI. */
async function filesOnIndex(indexUrl: string, name: string, version: string): Promise<{ file: string; url: string; sha256: string; bytes?: number }[]> {
  const files = await packageFiles(name, version);
  const prefix = `${name.replaceAll('-', '_')}-${version}-`;
  return files.length > 0 ? files : (await indexFiles(indexUrl, name)).filter(({ file }) => file.startsWith(prefix));
}

async function lockPackage({ name, version }: { name: string; version: string }, platform: Platform, filesOf: (name: string) => Promise<readonly (Pick<Wheel, 'file' | 'url' | 'sha256'> & { bytes?: number })[]>): Promise<LockedPackage> {
  const wheel = bestWheel(await filesOf(name), platform);
  if (wheel === undefined) throw new Error(`${name} ${version} has no wheel for ${platform}.`);
  const bytes = wheel.bytes ?? await sizeOf(wheel.url);
  return { name, version, wheel: { file: wheel.file, url: wheel.url, sha256: wheel.sha256, bytes, unpackedBytes: await unpackedBytes(bytes, rangesOf(wheel.url)) } };
}

async function write(file: string, what: string, packages: readonly LockedPackage[]): Promise<void> {
  await writeFile(join(folder, file), formatLock([what, 'Written by scripts/lock-engine.ts. Above each package: bytes to fetch, bytes installed, address.'], packages));
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  }));
  return results;
}
