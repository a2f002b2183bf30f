/**
 * Everything that an installation fetches, but small: a ComfyUI of a few files, a stand-in for uv in a wheel, two packages. Served by a
 * real download server on loopback; what is pinned are their real hashes.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import yazl from 'yazl';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { startFaultServer } from '../../download/testing/fault-server.ts';
import type { FaultServer, ServedFile } from '../../download/testing/fault-server.ts';
import { platformOf, systemFacts } from '../../hardware/platform.ts';
import type { EngineLock } from '../../packages/lock-index.ts';
import { loadEngineRelease } from '../../release/engine-release.ts';
import type { EngineRelease } from '../../release/engine-release.ts';
import { treeDigestOf } from '../../release/tree-digest.ts';
import type { FetchingOptions } from '../fetching-tools.ts';
import { PLATFORMS } from '../../types.ts';
import type { Platform, Variant } from '../../types.ts';

export const python = findPython();

/** ComfyUI as far as its options go, and a package that the self-test finds. */
const SOURCE: Readonly<Record<string, string>> = {
  'main.py': 'import argparse\nparser = argparse.ArgumentParser()\nfor name in ("--listen", "--port", "--cpu", "--base-directory"):\n    parser.add_argument(name)\nparser.parse_args()\n',
  'comfyui_version.py': '__version__ = "9.9.9"\n',
  'comfy/sd.py': '# sd\n',
  'models/vae/put_vae_here': '',
  'extra ünï/a b.txt': 'x\n',
};

const STAND_IN_UV = join(import.meta.dirname, '..', 'fixtures', 'stand_in_uv.py');
export const SELF_TEST = join(import.meta.dirname, '..', 'fixtures', 'small_self_test.py');

export interface SmallEngine {
  readonly release: EngineRelease;
  readonly lock: EngineLock;
  readonly server: FaultServer;
  readonly files: Readonly<Record<'uv' | 'python' | 'source' | 'torch' | 'other', ServedFile>>;
  readonly platform: Platform;
  /** For `createEngineStore`. */
  readonly source: Partial<FetchingOptions>;
  close(): Promise<void>;
}

const FOLDER = 'ComfyUI-small';

export interface SmallEngineOptions {
  /** Another one makes another engine of the same files. */
  readonly commit?: string;
  readonly variant?: Variant;
  /** Whether the device of the variant computes, as the self-test finds out. */
  readonly isDevice?: boolean;
}

export async function serveSmallEngine({ commit = 'c'.repeat(40), variant = 'cpu', isDevice = true }: SmallEngineOptions = {}): Promise<SmallEngine> {
  const server = await startFaultServer();
  const folder = await mkdtemp(join(tmpdir(), 'adgen-small-'));
  const serve = async (name: string, content: Readonly<Record<string, string | Buffer>>): Promise<{ file: ServedFile; url: string; sha256: string; bytes: number }> => {
    const bytes = await zipOf(content);
    return { file: server.serve(`/${name}`, { bytes }), url: server.url(`/${name}`), sha256: sha256Of(bytes), bytes: bytes.length };
  };
  const source = await serve('source.zip', Object.fromEntries(Object.entries(SOURCE).map(([path, text]) => [`${FOLDER}/${path}`, text])));
  const uv = await serve('uv-0.0.0-py3-none-any.whl', { 'uv-0.0.0.data/scripts/uv': `#!${python}\n${await readFile(STAND_IN_UV, 'utf8')}` });
  const archive = Buffer.from('the library of a Python');
  const pythonFile = server.serve('/python.tar.gz', { bytes: archive });
  const torch = await serve('torch-1.0-py3-none-any.whl', { 'torch/__init__.py': `IS_DEVICE = ${isDevice ? 'True' : 'False'}\n`, 'torch-1.0.dist-info/METADATA': 'Name: torch\n' });
  const other = await serve('other-1.0-py3-none-any.whl', { 'other/__init__.py': '', 'other/ünï.txt': 'ü' });
  const platform = platformOf(systemFacts());
  const wheels = [{ name: 'other', ...other }, { name: 'torch', ...torch }].map(({ name, url, sha256, bytes }) => ({ name, version: '1.0', wheel: { file: `${name}-1.0-py3-none-any.whl`, url, sha256, bytes, unpackedBytes: bytes } }));
  const requirements = join(folder, 'lock.txt');
  await writeFile(requirements, wheels.map(({ name, version, wheel }) => `${name}==${version} --hash=sha256:${wheel.sha256}\n`).join(''));
  const pinned = loadEngineRelease();
  const release: EngineRelease = {
    version: 1,
    comfyui: { ...pinned.comfyui, version: '9.9.9', commit, treeDigest: await digestOf(folder), executables: [], archiveUrl: source.url, archiveFolder: FOLDER, archiveSha256: null, archiveBytes: 1000, unpackedBytes: 1000 },
    python: { ...pinned.python, archiveBytes: archive.length, unpackedBytes: 1000, archives: forAll({ url: server.url('/python.tar.gz'), sha256: sha256Of(archive), mirrorPath: '20260101/cpython.tar.gz' }) },
    uv: { version: '0.0.0', wheels: forAll({ url: uv.url, sha256: uv.sha256, bytes: uv.bytes, program: 'uv-0.0.0.data/scripts/uv' }) },
  };
  const lock: EngineLock = {
    platform, variant, files: [requirements], isComplete: true, indexUrls: [], torchVersion: '1.0', packages: wheels, wheels: wheels.map(({ wheel }) => wheel),
    downloadBytes: torch.bytes + other.bytes, unpackedBytes: torch.bytes + other.bytes,
  };
  return {
    server, platform, release, lock, source: sourceOf(release, lock),
    files: { uv: uv.file, python: pythonFile, source: source.file, torch: torch.file, other: other.file },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a store needs to install it: the pins, and a machine without any GPU. */
export const sourceOf = (release: EngineRelease, lock: EngineLock): Partial<FetchingOptions> => ({
  release, lockFor: () => lock, selfTestScript: SELF_TEST,
  look: async () => ({ platform: lock.platform, gpus: [], ramBytes: 8e9, notes: [] }),
});

const forAll = <T>(value: T): Record<Platform, T> => Object.fromEntries(PLATFORMS.map((platform) => [platform, value])) as Record<Platform, T>;
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function digestOf(folder: string): Promise<string> {
  const tree = join(folder, 'tree');
  for (const [path, text] of Object.entries(SOURCE)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  return await treeDigestOf(tree, []);
}

/** Entries that are hostile or damaged are made by the tests that want them. */
export async function zipOf(content: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, value] of Object.entries(content)) zip.addBuffer(Buffer.from(value), path, { compress: path.endsWith('.py') });
  zip.end();
  return await buffer(zip.outputStream as Readable);
}
