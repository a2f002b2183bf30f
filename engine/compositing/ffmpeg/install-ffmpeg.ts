/**
 * Gets an ffmpeg onto the machine, for setup only: first ffmpeg-static's own download, which touches nothing outside
 * node_modules, then the system's package manager. The commands are data; each attempt is checked by the caller, who
 * stops at the first that helped.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { staticFfmpegPath } from './static-ffmpeg-path.ts';

export interface InstallOptions {
  /** Told one line at a time what is being done. */
  readonly onLine: (line: string) => void;
  /** False leaves the package manager out. */
  readonly mayUsePackageManager?: boolean;
  readonly signal?: AbortSignal;
}

/** A way to install: its commands run in order, and the first that fails ends it. */
export interface InstallMethod {
  readonly name: string;
  readonly commands: readonly (readonly [string, ...string[]])[];
  readonly timeoutMs: number;
  /** Half a download would pass for a whole one the next time: this file is removed before, and after a failure. */
  readonly download?: string;
}

/** Tries one method after the other. Yields after each with the reasons why it failed, none when it ran through. */
export async function* installFfmpeg(options: InstallOptions): AsyncGenerator<string[]> {
  const isRoot = process.getuid?.() === 0;
  const managers = options.mayUsePackageManager === false ? [] : packageManagerMethods(process.platform, isRoot);
  for (const method of [...staticDownload(), ...managers]) {
    options.onLine(`Getting ffmpeg: ${method.name}`);
    yield await runMethod(method, options);
  }
}

function staticDownload(): InstallMethod[] {
  const target = staticFfmpegPath();
  if (target === undefined) return [];
  return [{ name: 'download of ffmpeg-static', commands: [[process.execPath, path.join(path.dirname(target), 'install.js')]], timeoutMs: 45_000, download: target }];
}

/** The package managers of a platform, as data. On Linux without root, only a sudo that asks nothing is used. */
export function packageManagerMethods(platform: NodeJS.Platform, isRoot: boolean): InstallMethod[] {
  const timeoutMs = 15 * 60_000;
  if (platform === 'darwin') return [{ name: 'brew install ffmpeg', commands: [['brew', 'install', 'ffmpeg']], timeoutMs }];
  if (platform === 'win32') {
    const command: [string, ...string[]] = ['winget', 'install', '--id', 'Gyan.FFmpeg', '-e', '--accept-source-agreements', '--accept-package-agreements'];
    return [{ name: 'winget install Gyan.FFmpeg', commands: [command], timeoutMs }];
  }
  if (platform !== 'linux') return [];
  // sudo drops the environment, so the variable goes behind it.
  const asRoot = (command: string[]): [string, ...string[]] => {
    const quiet: [string, ...string[]] = ['env', 'DEBIAN_FRONTEND=noninteractive', ...command];
    return isRoot ? quiet : ['sudo', '-n', ...quiet];
  };
  const install = asRoot(['apt-get', 'install', '-y', '--no-install-recommends', 'ffmpeg']);
  return [{ name: 'apt-get install ffmpeg', commands: [asRoot(['apt-get', 'update', '-q']), install], timeoutMs }];
}

async function runMethod(method: InstallMethod, options: InstallOptions): Promise<string[]> {
  if (method.download) await rm(method.download, { force: true });
  for (const command of method.commands) {
    const failure = await runCommand(command, method.timeoutMs, options);
    if (failure === undefined) continue;
    if (method.download) await rm(method.download, { force: true });
    options.signal?.throwIfAborted();
    return [`${method.name}: ${failure}`];
  }
  return [];
}

/** Returns why the command failed, or undefined. */
async function runCommand([file, ...args]: readonly [string, ...string[]], timeoutMs: number, options: InstallOptions): Promise<string | undefined> {
  const child = execa(file, args, { reject: false, all: true, stdin: 'ignore', timeout: timeoutMs, cancelSignal: options.signal, forceKillAfterDelay: 2000 });
  for await (const line of child.iterable({ from: 'all' })) options.onLine(line);
  const result = await child;
  if (result.exitCode === 0) return undefined;
  if (result.timedOut) return 'took too long';
  return result.exitCode === undefined ? 'could not be started' : `failed with exit code ${result.exitCode}`;
}
