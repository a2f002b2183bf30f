/** Looks at processes from outside, as a user with a process list would. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { startAdgen } from './adgen.ts';

export type Adgen = ReturnType<typeof startAdgen>;

/** Process ids of every ffmpeg whose command line names the folder. */
export function ffmpegsOf(folder: string): number[] {
  return listProcesses().filter(({ command }) => command.includes('ffmpeg') && command.includes(folder) && !command.includes('main.ts')).map(({ pid }) => pid);
}

/** Process ids of everything whose command line names the folder. */
export function processesOf(folder: string): number[] {
  return listProcesses().filter(({ command }) => command.includes(folder)).map(({ pid }) => pid);
}

function listProcesses(): { pid: number; command: string }[] {
  if (existsSync('/proc/self/cmdline')) return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => ({ pid: Number(name), command: commandOf(name) }));
  return execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).split('\n').map((line) => ({ pid: Number.parseInt(line, 10), command: line }));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended
  }
}

/** Polls until the condition holds. Throws when it never does. */
export async function until(what: string, condition: () => boolean, timeoutMs = 60_000): Promise<void> {
  for (const endMs = performance.now() + timeoutMs; !condition(); await delay(20)) {
    if (performance.now() > endMs) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
  }
}

/** Resolves as soon as the process writes a line like that to stderr; rejects when it ends without. */
export async function untilLine(adgen: Adgen, pattern: RegExp): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    adgen.stderr.on('data', (chunk: Buffer | string) => {
      text += String(chunk);
      if (pattern.test(text)) resolve();
    });
    void adgen.then(({ exitCode }) => reject(new Error(`adgen ended with ${exitCode} and without ${pattern}:\n${text}`)));
  });
}
