/** Whether processes of a test still run, and waiting for files that say which they are. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isThere } from '#sidecar/supervisor/process-tree.ts';

/** One that has ended and only waits to be collected does not run. */
export function isRunning(pid: number): boolean {
  if (!isThere(pid)) return false;
  try {
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // it was collected in this moment
  }
}

/** The pids in a file that a program of a test writes, one a line, once there are `count`. */
export async function pidsIn(file: string, count: number): Promise<number[]> {
  for (;;) {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''); // not written yet
    if (lines.length >= count) return lines.map(Number);
    await delay(20);
  }
}

/** Resolves when none of them runs; a test that waits in vain ends by its own time limit. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isRunning)) await delay(20);
}
