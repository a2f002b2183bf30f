/** Finds out what proves a version of ComfyUI: from its archive at GitHub, or from a clone, whose tree ids need no file contents. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import type { EngineRelease } from '#sidecar/provision/release/engine-release.ts';
import { treeDigestOf } from '#sidecar/provision/release/tree-digest.ts';

export type ComfyPin = EngineRelease['comfyui'];

const REPOSITORY = 'Comfy-Org/ComfyUI';
/** Sizes are for the forecast of disk space: rounded up to this. */
const ROUNDING = 5_000_000;
const roundUp = (bytes: number): number => Math.ceil(bytes / ROUNDING) * ROUNDING;
/** Source and tokenizers pack to about this part. */
const PACKED_PART = 0.4;

/** Reads the tag's commit and tree; files that a partial clone lacks count with their usual 16 MB. Throws when the tag says another version. */
export function pinFromClone(clone: string, version: string): ComfyPin {
  const git = (...args: string[]): string => execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', env: { ...process.env, GIT_NO_LAZY_FETCH: '1' }, maxBuffer: 64 * 1024 * 1024 }).trim();
  const tag = `v${version}`;
  const commit = git('rev-parse', `${tag}^{commit}`);
  if (!git('show', `${tag}:comfyui_version.py`).includes(`"${version}"`)) throw new Error(`${tag} of ${clone} is not ComfyUI ${version}.`);
  const files = git('ls-tree', '-r', commit).split('\n').map((line) => {
    const [, mode = '', kind = '', id = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
    if (kind !== 'blob' || !/^100(?:644|755)$/.test(mode)) throw new Error(`${path} in ${tag} is no plain file (${mode} ${kind}).`);
    return { mode, id, path };
  });
  const sizes = execFileSync('git', ['-C', clone, 'cat-file', '--batch-check=%(objectsize)'], { input: files.map(({ id }) => id).join('\n'), encoding: 'utf8', env: { ...process.env, GIT_NO_LAZY_FETCH: '1' } });
  const unpacked = sizes.trim().split('\n').reduce((sum, size) => sum + (/^\d+$/.test(size) ? Number(size) : 16_000_000), 0);
  const executables = files.filter(({ mode }) => mode === '100755').map(({ path }) => path);
  return describePin({ version, commit, treeDigest: git('rev-parse', `${commit}^{tree}`), executables, archiveSha256: null, archiveBytes: unpacked * PACKED_PART, unpackedBytes: unpacked });
}

/** Downloads the tag's archive, which names the commit, and then the commit's. Throws when it holds no ComfyUI of this version. */
export async function pinFromArchive(version: string): Promise<ComfyPin> {
  const { commit } = await readArchive(await fetchArchive(`refs/tags/v${version}`));
  const archive = await fetchArchive(commit);
  const found = await readArchive(archive);
  if (found.version !== version || found.commit !== commit) throw new Error(`${archiveUrl(commit)} is not ComfyUI ${version}.`);
  return describePin({ ...found, archiveSha256: createHash('sha256').update(archive).digest('hex'), archiveBytes: archive.length });
}

/** What an archive of a commit holds, as git and GitHub make them: one folder, and the commit's id in the comment. */
export async function readArchive(archive: Buffer): Promise<Pick<ComfyPin, 'version' | 'commit' | 'treeDigest' | 'executables' | 'unpackedBytes'>> {
  const folder = await mkdtemp(join(tmpdir(), 'adgen-pin-'));
  try {
    const { comment, top, executables, unpackedBytes } = await unpack(archive, folder);
    const version = /__version__ = "([\d.]+)"/.exec(await readFile(join(folder, top, 'comfyui_version.py'), 'utf8'))?.[1] ?? '';
    const commit = z.string().regex(/^[0-9a-f]{40}$/).parse(comment);
    return { version, commit, treeDigest: await treeDigestOf(join(folder, top), executables), executables: executables.toSorted(), unpackedBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describePin(found: Pick<ComfyPin, 'version' | 'commit' | 'treeDigest' | 'executables' | 'archiveSha256' | 'archiveBytes' | 'unpackedBytes'>): ComfyPin {
  const { version, commit, treeDigest, executables, archiveSha256, archiveBytes, unpackedBytes } = found;
  return {
    version, commit, treeDigest, executables: executables.toSorted(),
    archiveUrl: archiveUrl(commit), archiveFolder: `ComfyUI-${commit}`, archiveSha256,
    archiveBytes: roundUp(archiveBytes), unpackedBytes: roundUp(unpackedBytes),
  };
}

const archiveUrl = (what: string): string => `https://github.com/${REPOSITORY}/archive/${what}.zip`;

async function fetchArchive(what: string): Promise<Buffer> {
  const response = await fetch(archiveUrl(what));
  if (!response.ok) throw new Error(`${archiveUrl(what)} answered ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}

async function unpack(archive: Buffer, folder: string): Promise<{ comment: string; top: string; executables: string[]; unpackedBytes: number }> {
  const zip = await fromBufferPromise(archive, { lazyEntries: true });
  const executables: string[] = [];
  const tops = new Set<string>();
  let unpackedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    const [top = '', ...rest] = entry.fileName.split('/');
    tops.add(top);
    if (entry.fileName.endsWith('/')) continue;
    const place = join(folder, entry.fileName);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, await buffer(await zip.openReadStreamPromise(entry)));
    unpackedBytes += entry.uncompressedSize;
    if ((entry.externalFileAttributes >>> 16) & 0o100) executables.push(rest.join('/'));
  }
  if (tops.size !== 1) throw new Error(`The archive holds ${tops.size} folders instead of one.`);
  return { comment: zip.comment, top: [...tops].join(''), executables, unpackedBytes };
}
