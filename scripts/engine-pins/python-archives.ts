/** Where the pinned Python comes from: python-build-standalone, with the hashes that uv carries for it. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { EngineRelease } from '#sidecar/provision/release/engine-release.ts';
import { PLATFORMS, type Platform } from '#sidecar/provision/types.ts';

/** Keys of uv's list, without the version. */
const KEYS: Readonly<Record<Platform, string>> = {
  'linux-x64': 'linux-x86_64-gnu', 'linux-arm64': 'linux-aarch64-gnu', 'windows-x64': 'windows-x86_64-none', 'macos-arm64': 'darwin-aarch64-none', 'macos-x64': 'darwin-x86_64-none',
};
const ORIGIN = 'https://github.com/astral-sh/python-build-standalone/releases/download';
/** Measured on releases of 3.12: 25 to 33 MB packed, about 110 MB unpacked. */
const ARCHIVE_BYTES = 35_000_000;
const UNPACKED_BYTES = 130_000_000;

const listSchema = z.record(z.string(), z.object({ url: z.string(), sha256: z.string().nullable(), build: z.string() }).partial());

/** `listFile` is uv's `download-metadata.json`; without one, that of `uvVersion` is fetched. Throws when a platform is missing in it. */
export async function pythonArchives(version: string, uvVersion: string, listFile?: string): Promise<EngineRelease['python']> {
  const list = listSchema.parse(JSON.parse(listFile === undefined ? await fetchList(uvVersion) : await readFile(listFile, 'utf8')));
  const found = PLATFORMS.map((platform) => {
    const { url, sha256, build } = list[`cpython-${version}-${KEYS[platform]}`] ?? {};
    const file = url?.split('/').at(-1);
    if (!file || !sha256 || !build) throw new Error(`uv ${uvVersion} knows no Python ${version} for ${platform}.`);
    return [platform, { url: `${ORIGIN}/${build}/${file}`, sha256, mirrorPath: `${build}/${decodeURIComponent(file)}` }, build] as const;
  });
  const build = found[0]?.[2] ?? '';
  if (found.some((each) => each[2] !== build)) throw new Error(`Python ${version} has different builds on different platforms.`);
  return { version, build, archiveBytes: ARCHIVE_BYTES, unpackedBytes: UNPACKED_BYTES, archives: Object.fromEntries(found.map(([platform, archive]) => [platform, archive])) as EngineRelease['python']['archives'] };
}

async function fetchList(uvVersion: string): Promise<string> {
  const response = await fetch(`https://raw.githubusercontent.com/astral-sh/uv/${uvVersion}/crates/uv-python/download-metadata.json`);
  if (!response.ok) throw new Error(`The list of Pythons of uv ${uvVersion} is not there (${response.status}).`);
  return response.text();
}
