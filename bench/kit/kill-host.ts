/** Kills a program that owns an engine, and measures how long anything of that engine is left. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { membersOf } from '#sidecar/supervisor/process-tree.ts';
import type { TreeRoot } from '#sidecar/supervisor/process-tree.ts';

/** Far above what is to be reached: then it is left, and the figure says so. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 5;

/** `args`: of a program that says one line of JSON with `pid` and `run` when its engine is ready. Resolves in milliseconds. */
export async function killHost(args: readonly string[]): Promise<number> {
  const host = execa(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { reject: false, stdin: 'ignore' });
  const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
  const root = JSON.parse(line) as TreeRoot;
  if (membersOf(root).length === 0) throw new Error('The host has no engine.');
  const killedMs = performance.now();
  host.kill('SIGKILL');
  await host;
  while (membersOf(root).length > 0 && performance.now() - killedMs < PATIENCE_MS) await delay(LOOK_MS);
  return performance.now() - killedMs;
}
