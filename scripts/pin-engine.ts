/**
 * Writes `sidecar/provision/release/engine-release.json`: which ComfyUI, Python and uv are installed, and what proves each.
 *
 *     node scripts/run.mjs scripts/pin-engine.ts --comfyui 0.28.1 --uv 0.12.5 --python 3.12.14
 *
 * ComfyUI comes from its archive at GitHub, which is unpacked and hashed, or with `--comfyui-git DIR` from a clone, without its files.
 * Python's hashes are those that uv itself carries: `--python-list FILE` instead of fetching them. The same pin again only confirms it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EngineRelease, parseEngineRelease } from '#sidecar/provision/release/engine-release.ts';
import { PLATFORMS, type Platform } from '#sidecar/provision/types.ts';
import { type ComfyPin, pinFromArchive, pinFromClone } from './engine-pins/comfy-pin.ts';
import { packageFiles } from './engine-pins/pypi.ts';
import { pythonArchives } from './engine-pins/python-archives.ts';
import { bestWheel } from './engine-pins/wheel-tags.ts';

const FILE = join(import.meta.dirname, '..', 'sidecar', 'provision', 'release', 'engine-release.json');

const { values } = parseArgs({ options: { comfyui: { type: 'string' }, uv: { type: 'string' }, python: { type: 'string' }, 'comfyui-git': { type: 'string' }, 'python-list': { type: 'string' } } });
const previous = JSON.parse(await readFile(FILE, 'utf8').catch(() => '{}')) as Partial<EngineRelease>;
const comfyVersion = values.comfyui ?? previous.comfyui?.version;
const uvVersion = values.uv ?? previous.uv?.version;
const pythonVersion = values.python ?? previous.python?.version;
if (comfyVersion === undefined || uvVersion === undefined || pythonVersion === undefined) throw new Error('Name the versions: --comfyui X --uv X --python X');

const comfyui = values['comfyui-git'] === undefined ? await pinFromArchive(comfyVersion) : pinFromClone(values['comfyui-git'], comfyVersion);
confirm(comfyui);
const release = parseEngineRelease({ version: 1, comfyui, python: await pythonArchives(pythonVersion, uvVersion, values['python-list']), uv: { version: uvVersion, wheels: await uvWheels(uvVersion) } }, 'the new pin');
await writeFile(FILE, `${JSON.stringify(release, null, 2)}\n`);
process.stdout.write(`ComfyUI ${comfyVersion} (${release.comfyui.commit}), Python ${pythonVersion}, uv ${uvVersion}\n`);

/** The same version must not become something else without being noticed. */
function confirm(pin: ComfyPin): void {
  const before = previous.comfyui;
  if (before?.version !== pin.version) return;
  if (before.commit !== pin.commit || before.treeDigest !== pin.treeDigest) throw new Error(`ComfyUI ${pin.version} was commit ${before.commit} with tree ${before.treeDigest}; now it is ${pin.commit} with ${pin.treeDigest}. Find out why before pinning it.`);
}

async function uvWheels(version: string): Promise<EngineRelease['uv']['wheels']> {
  const files = await packageFiles('uv', version);
  const wheels: Partial<Record<Platform, EngineRelease['uv']['wheels'][Platform]>> = {};
  for (const platform of PLATFORMS) {
    const wheel = bestWheel(files, platform);
    if (wheel === undefined) throw new Error(`uv ${version} has no wheel for ${platform}.`);
    wheels[platform] = { url: wheel.url, sha256: wheel.sha256, bytes: wheel.bytes, program: `uv-${version}.data/scripts/uv${platform === 'windows-x64' ? '.exe' : ''}` };
  }
  return wheels as EngineRelease['uv']['wheels'];
}
