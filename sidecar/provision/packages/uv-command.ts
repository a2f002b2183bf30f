/**
 * Command lines for uv, as data. Nothing of the user's own configuration of Python, pip or uv reaches it, only the proxy; its cache and
 * its Pythons stay in the engine's folder, and files are copied out of the cache, because links into it break when it is emptied.
 */
import { engineEnvironment } from '#sidecar/supervisor/environment.ts';
import type { EngineLock } from './lock-index.ts';

export interface UvCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it is for, as in "uv could not … ". */
  readonly purpose: string;
}

/** What all commands share. */
export interface UvSetting {
  readonly uvPath: string;
  /** On the volume of the engine. */
  readonly cacheDir: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const PYPI = 'https://pypi.org/simple';
const ALWAYS = ['--no-config', '--no-progress', '--color', 'never'];

/** Installs a Python of uv's own into `folder`; `mirrorDir` holds the archive at its `mirrorPath`, and uv compares it with its own hash. */
export function installPythonCommand(setting: UvSetting, options: { readonly version: string; readonly folder: string; readonly mirrorDir?: string }): UvCommand {
  const { version, folder, mirrorDir } = options;
  const source = mirrorDir === undefined ? [] : ['--mirror', fileUrl(mirrorDir), '--offline'];
  return command(setting, 'install Python', ['python', 'install', version, '--install-dir', folder, '--no-bin', '--no-registry', '--managed-python', ...source]);
}

/** Makes an environment at `folder`, replacing what is there, with the Python at `pythonPath`. No network. */
export function createEnvironmentCommand(setting: UvSetting, options: { readonly pythonPath: string; readonly folder: string }): UvCommand {
  return command(setting, 'make the environment', ['venv', options.folder, '--python', options.pythonPath, '--clear', '--relocatable', '--no-project', '--no-python-downloads', '--offline']);
}

export interface InstallPackagesOptions {
  /** Of the environment. */
  readonly pythonPath: string;
  readonly lock: Pick<EngineLock, 'files' | 'isComplete' | 'indexUrls'>;
  /** Where the lock's `wheels` are; then a complete lock needs no network. */
  readonly wheelsDir?: string;
}

/**
 * Installs what the lock says. A complete lock: exactly these files, each with its hash, nothing built. An incomplete one: what has a
 * hash is checked all the same; PyTorch comes from its own index in the pinned version, and its libraries as it asks for them.
 */
export function installPackagesCommand(setting: UvSetting, { pythonPath, lock, wheelsDir }: InstallPackagesOptions): UvCommand {
  const found = wheelsDir === undefined ? [] : ['--find-links', wheelsDir];
  const online = [...lock.indexUrls.flatMap((url) => ['--index', url]), '--default-index', PYPI, '--index-strategy', 'unsafe-best-match'];
  const source = lock.isComplete && wheelsDir !== undefined ? ['--no-index', '--offline'] : online;
  const what = lock.isComplete ? ['pip', 'sync', ...lock.files, '--require-hashes'] : ['pip', 'install', ...lock.files.flatMap((file) => ['-r', file])];
  return command(setting, 'install the packages', [...what, '--python', pythonPath, '--no-build', '--no-python-downloads', ...found, ...source]);
}

function command({ uvPath, cacheDir, env = process.env }: UvSetting, purpose: string, args: readonly string[]): UvCommand {
  return { file: uvPath, args: [...args, ...ALWAYS], purpose, env: uvEnvironment(env, cacheDir) };
}

/** `run` is added when it is started. */
export function uvEnvironment(env: Readonly<Record<string, string | undefined>>, cacheDir: string): Record<string, string> {
  return {
    ...engineEnvironment(env, ''),
    UV_CACHE_DIR: cacheDir,
    UV_LINK_MODE: 'copy',
    UV_CONCURRENT_DOWNLOADS: '2', // more has made slow and filtered networks fail
    UV_HTTP_TIMEOUT: '60',
    UV_HTTP_RETRIES: '5',
    UV_SYSTEM_CERTS: '1', // filtering proxies have certificates of their own
  };
}

/** As uv wants it: letters that are none of a URL's are escaped, also on Windows. */
function fileUrl(folder: string): string {
  const path = folder.replaceAll('\\', '/');
  return `file://${path.startsWith('/') ? '' : '/'}${encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F')}`;
}
