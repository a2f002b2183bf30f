/**
 * Stands before and after every test file: fails it for a Node warning, for anything on the console, and for a child process that
 * outlives it. `VERBOSE_TESTS=1` lets the console through. Named in `vitest.config.ts`; each file has a process of its own.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { afterAll } from 'vitest';
import { childrenOf } from '#scripts/child-processes.ts';
import type { ChildProcess } from '#scripts/child-processes.ts';

/** A child that was told to end may need a moment on a busy machine. */
const ENDING_MS = 5000;

const complaints: string[] = [];
const before = new Set(childrenOf(process.pid).map((child) => child.pid));

process.on('warning', (warning) => {
  // Said by Node about itself; the program is started with it switched off.
  if (warning.name !== 'ExperimentalWarning') complaints.push(`Node warned: ${warning.stack ?? warning.message}`);
});

if (process.env['VERBOSE_TESTS'] !== '1') {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    globalThis.console[method] = (...values: unknown[]) => void complaints.push(`console.${method} was called: ${format(...values)}`);
  }
}

afterAll(async () => {
  const left = await survivors();
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  complaints.push(...left.map(({ pid, command }) => `A child process outlives the tests: ${pid} ${command}`));
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}, ENDING_MS * 2);

/** Children of this process that do not end by themselves. */
async function survivors(): Promise<ChildProcess[]> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const left = childrenOf(process.pid).filter((child) => !before.has(child.pid));
    if (left.length === 0 || waitedMs >= ENDING_MS) return left;
    await delay(100);
  }
}
