/**
 * The one module that knows where ffmpeg is. The order is: the user's setting, ffmpeg-static when its file is there,
 * the system's, and, only when setup asks for it, an installation. A candidate counts when it runs, is 4.4 or newer and
 * has libx264 and AAC. Nothing here encodes; `run-ffmpeg.ts` does.
 */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { AdgenError } from '#core/contract/errors.ts';
import { installFfmpeg, type InstallOptions } from './install-ffmpeg.ts';
import { isRecentEnough, parseEncoderNames, parseFfmpegVersion } from './parse-ffmpeg-version.ts';
import { staticFfmpegPath } from './static-ffmpeg-path.ts';

export interface FfmpegLocation {
  readonly path: string;
  readonly version: string;
  readonly source: 'setting' | 'ffmpeg-static' | 'system';
}

export interface LocateOptions {
  /** The user's own ffmpeg; default the environment's `ADGEN_FFMPEG`. When set, nothing else is tried. */
  readonly setting?: string;
  /** Only setup passes this: install ffmpeg when none is found. */
  readonly installWith?: InstallOptions;
}

interface Candidate {
  readonly path: string;
  readonly source: FfmpegLocation['source'];
}

const REQUIRED_ENCODERS = ['libx264', 'aac'];
const cache = new Map<string, Promise<FfmpegLocation>>();

/** Finds a usable ffmpeg, once per thread. Throws MISSING_TOOL saying what was tried and what to do. */
export function locateFfmpeg(options: LocateOptions = {}): Promise<FfmpegLocation> {
  const setting = options.setting ?? process.env.ADGEN_FFMPEG ?? '';
  const known = cache.get(setting);
  if (known && !options.installWith) return known;
  const found = search(setting, options.installWith);
  cache.set(setting, found);
  found.catch(() => cache.delete(setting));
  return found;
}

async function search(setting: string, installWith: InstallOptions | undefined): Promise<FfmpegLocation> {
  if (setting !== '') return useSetting(setting);
  const refusals: string[] = [];
  const found = await firstUsable(refusals);
  if (found) return found;
  if (installWith) {
    for await (const attempt of installFfmpeg(installWith)) {
      refusals.push(...attempt);
      const installed = await firstUsable(refusals);
      if (installed) return installed;
    }
  }
  throw new AdgenError('MISSING_TOOL', `No usable ffmpeg found (${refusals.join('; ')}). ${adviceFor(process.platform)}`, { data: { refusals } });
}

async function useSetting(setting: string): Promise<FfmpegLocation> {
  const checked = await checkFfmpeg({ path: setting, source: 'setting' });
  if ('path' in checked) return checked;
  throw new AdgenError('MISSING_TOOL', `The ffmpeg of your setting cannot be used: ${checked.refusal}. Change or remove the setting (ADGEN_FFMPEG).`);
}

async function firstUsable(refusals: string[]): Promise<FfmpegLocation | undefined> {
  const candidates = [...staticCandidates(), ...systemCandidates()];
  for (const candidate of candidates) {
    if (!(await isExecutable(candidate.path))) continue;
    const checked = await checkFfmpeg(candidate);
    if ('path' in checked) return checked;
    refusals.push(checked.refusal);
  }
  if (refusals.length === 0) refusals.push('none on the PATH');
  return undefined;
}

/** Whether there is anything to try, without running it: what has been done before needs no ffmpeg, and starts none. */
export async function hasFfmpegCandidate(): Promise<boolean> {
  if (process.env.ADGEN_FFMPEG) return true;
  for (const { path: file } of [...staticCandidates(), ...systemCandidates()]) if (await isExecutable(file)) return true;
  return false;
}

/** ffmpeg-static is optional, and its download may have failed: the package alone says nothing. */
function staticCandidates(): Candidate[] {
  const file = staticFfmpegPath();
  return file === undefined ? [] : [{ path: file, source: 'ffmpeg-static' }];
}

/** The PATH, then where a package manager puts it without this process's PATH knowing yet. */
function systemCandidates(): Candidate[] {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  if (process.platform === 'darwin') folders.push('/opt/homebrew/bin', '/usr/local/bin');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) folders.push(path.join(process.env.LOCALAPPDATA, 'Microsoft', 'WinGet', 'Links'));
  return [...new Set(folders)].map((folder) => ({ path: path.join(folder, name), source: 'system' }));
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(() => true, () => false);
}

/** `-encoders` alone answers all: does it run, which version (the banner, on stderr), has it what we need. */
async function checkFfmpeg(candidate: Candidate): Promise<FfmpegLocation | { readonly refusal: string }> {
  const result = await execa(candidate.path, ['-encoders'], { reject: false, stdin: 'ignore', timeout: 20_000 });
  const version = parseFfmpegVersion(result.stderr) ?? parseFfmpegVersion(result.stdout);
  if (result.exitCode !== 0 || !version) {
    return { refusal: result.code === 'ENOENT' ? `no "${candidate.path}"` : `"${candidate.path}" does not run as ffmpeg` };
  }
  if (!isRecentEnough(version)) return { refusal: `"${candidate.path}" is version ${version.text}, 4.4 or newer is needed` };
  const encoders = parseEncoderNames(result.stdout);
  const missing = REQUIRED_ENCODERS.filter((name) => !encoders.has(name));
  if (missing.length > 0) return { refusal: `"${candidate.path}" was built without ${missing.join(' and ')}` };
  return { path: candidate.path, version: version.text, source: candidate.source };
}

function adviceFor(platform: NodeJS.Platform): string {
  const command = { linux: 'sudo apt-get install ffmpeg', darwin: 'brew install ffmpeg', win32: 'winget install Gyan.FFmpeg' }[platform as string];
  return `Install it${command ? ` (${command})` : ''} or set ADGEN_FFMPEG to the full path of an ffmpeg with libx264.`;
}
