/**
 * What a piece of work costs with all processes that it starts. Linux adds the CPU time of every child that was waited for,
 * and of its children, to its parent (`cutime`, `cstime` in /proc/self/stat, hundredths of a second): the difference round
 * some work is the work's whole tree, as long as nothing else is awaited meanwhile. Other systems tell Node nothing about
 * children; there the wall clock stands in, and every table says so.
 */
import { readFileSync } from 'node:fs';

export interface Usage {
  /** User + system seconds of the children; wall seconds where `isCpuKnown` is false. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export const isCpuKnown = process.platform === 'linux';

const TICKS_PER_SECOND = 100;

/** Runs `work`, which starts and awaits child processes and does little itself. */
export async function measureChildren<T>(work: () => Promise<T>): Promise<Usage & { readonly value: T }> {
  const cpuBefore = childCpuSeconds();
  const startedMs = performance.now();
  const value = await work();
  const wallSeconds = (performance.now() - startedMs) / 1000;
  return { value, wallSeconds, cpuSeconds: isCpuKnown ? childCpuSeconds() - cpuBefore : wallSeconds };
}

function childCpuSeconds(): number {
  if (!isCpuKnown) return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // The program's name stands in brackets and may hold anything; after it, field 14 and 15 of what is left are the children's times.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
