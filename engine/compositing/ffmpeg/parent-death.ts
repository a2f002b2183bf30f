/**
 * Makes ffmpeg die with the thread that started it. Linux has a parent-death signal, which util-linux's `setpriv` sets
 * and then becomes ffmpeg (same process id, so kill and exit status are ffmpeg's own). It fires when the *thread* that
 * spawned ends, which is what a worker of the pool wants. Elsewhere frames come through a pipe, whose end stops ffmpeg,
 * and the child journal lets the next start reap the rest.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Launcher {
  readonly file: string;
  readonly args: readonly string[];
}

let cached: Promise<readonly string[]> | undefined;

/** The command that starts `file` so that it does not outlive this thread. */
export async function dyingWithParent(file: string, args: readonly string[]): Promise<Launcher> {
  cached ??= findPrefix();
  const [launcher, ...prefix] = await cached;
  return launcher === undefined ? { file, args } : { file: launcher, args: [...prefix, file, ...args] };
}

async function findPrefix(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const prefix = ['setpriv', '--pdeathsig', 'KILL', '--'];
  // BusyBox has a setpriv without --pdeathsig: only a run tells.
  const works = await promisify(execFile)('setpriv', [...prefix.slice(1), 'true']).then(() => true, () => false);
  return works ? prefix : [];
}
