/**
 * Somebody's own ComfyUI: recognised by its files, never written to. Known shapes are a clone with an environment in or beside it,
 * the Windows portable, and the desktop application, whose program and whose folder of models and environment are apart.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseVersion, isTooOld, OLDEST_VERSION } from '#sidecar/protocol/version.ts';
import { storeError } from './store-errors.ts';

export interface AdoptedFolder {
  /** What the user named. */
  readonly folder: string;
  readonly pythonPath: string;
  readonly mainPath: string;
  readonly version: string;
  /** Folders named `models` that it uses. */
  readonly modelDirs: readonly string[];
}

export interface AdoptContext {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where main.py can be, for a folder that a user names; the first that exists is taken. Pure. */
export function mainCandidates(folder: string, { platform, env }: AdoptContext): string[] {
  const desktop = platform === 'win32'
    ? ['@comfyorgcomfyui-electron', 'comfyui-electron', 'ComfyUI'].flatMap((name) => (env['LOCALAPPDATA'] ? [join(env['LOCALAPPDATA'], 'Programs', name, 'resources', 'ComfyUI')] : []))
    : ['/Applications/ComfyUI.app/Contents/Resources/ComfyUI'];
  return [folder, join(folder, 'ComfyUI'), join(folder, 'resources', 'ComfyUI'), ...(platform === 'linux' ? [] : desktop)];
}

/** Where its Python can be; the folder that the user named comes before the one that holds main.py. Pure. */
function pythonCandidates(folder: string, comfyDir: string, { platform }: AdoptContext): string[] {
  const places = [...new Set([folder, comfyDir, dirname(comfyDir)])];
  const inVenv = platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return places.flatMap((place) => [
    ...['.venv', 'venv', 'env'].map((name) => join(place, name, ...inVenv)),
    join(place, 'python_embeded', 'python.exe'), // spelled like this by the portable
    join(place, 'python_embedded', 'python.exe'),
  ]);
}

/** `__version__ = "0.3.64"` → `0.3.64`. Pure. */
export const versionIn = (text: string): string | undefined => /^__version__\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];

/** Throws NOT_COMFYUI, ENGINE_OLD or PYTHON_MISSING. `pythonPath`: where its Python is, when that cannot be seen. */
export async function recogniseFolder(named: string, context: AdoptContext, pythonPath?: string): Promise<AdoptedFolder> {
  const given = await realpath(named).catch(() => resolve(named)); // missing: said below. Two names of one folder are one engine.
  const folder = basename(given) === 'main.py' ? dirname(given) : given;
  if (!(await isDirectory(folder))) throw storeError('NOT_COMFYUI', `"${folder}" is no folder.`);
  const comfyDir = await firstWhere(await comfyDirsFor(folder, context), async (place) => (await isFile(join(place, 'main.py'))) && (await isFile(join(place, 'comfyui_version.py'))));
  if (comfyDir === undefined) {
    const isOld = await isFile(join(folder, 'main.py')) && await isDirectory(join(folder, 'comfy'));
    throw isOld
      ? storeError('ENGINE_OLD', `The ComfyUI in "${folder}" does not say its version, so it is too old; ${OLDEST_VERSION} or newer is needed.`)
      : storeError('NOT_COMFYUI', `There is no ComfyUI in "${folder}".`);
  }
  const version = versionIn(await readFile(join(comfyDir, 'comfyui_version.py'), 'utf8'));
  const parsed = version === undefined ? undefined : parseVersion(version);
  if (version === undefined || parsed === undefined || isTooOld(parsed)) throw storeError('ENGINE_OLD', `ComfyUI ${version ?? 'of unknown version'} in "${folder}" is too old; ${OLDEST_VERSION} or newer is needed.`, { data: { version } });
  const python = await firstWhere(pythonPath === undefined ? pythonCandidates(folder, comfyDir, context) : [resolve(pythonPath)], isFile);
  if (python === undefined) throw storeError('PYTHON_MISSING', pythonPath === undefined ? `No Python was found in or beside "${comfyDir}".` : `There is no Python at "${pythonPath}".`);
  const modelDirs = [...new Set([join(folder, 'models'), join(comfyDir, 'models')])];
  return { folder, pythonPath: python, mainPath: join(comfyDir, 'main.py'), version, modelDirs: await filterAsync(modelDirs, isDirectory) };
}

/** A desktop application's program serves only a folder that looks like its own: models and an environment. */
async function comfyDirsFor(folder: string, context: AdoptContext): Promise<string[]> {
  const all = mainCandidates(folder, context);
  const isDesktopFolder = (await isDirectory(join(folder, '.venv'))) && (await isDirectory(join(folder, 'models')));
  return isDesktopFolder ? all : all.filter((place) => place.startsWith(folder));
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() ?? false; // missing or hidden: not a file for us
const isDirectory = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() ?? false; // as above

async function firstWhere(paths: readonly string[], matches: (path: string) => Promise<boolean>): Promise<string | undefined> {
  for (const path of paths) if (await matches(path)) return path;
  return undefined;
}

async function filterAsync(paths: readonly string[], matches: (path: string) => Promise<boolean>): Promise<string[]> {
  const kept = [];
  for (const path of paths) if (await matches(path)) kept.push(path);
  return kept;
}
