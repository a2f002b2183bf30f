/**
 * How much memory a process and all that it started take together at most: the sum of their proportional set sizes (a page
 * that two share counts half for each), from /proc/<pid>/smaps_rollup, every 100 ms. Linux only.
 */
import { readdirSync, readFileSync } from 'node:fs';

export const isMemoryKnown = process.platform === 'linux';

const INTERVAL_MS = 100;

/** Peak bytes of the tree under `rootPid` until `ended` settles; the largest process at that moment is told too. */
export async function watchPeakMemory(rootPid: number, ended: Promise<unknown>): Promise<{ readonly peakBytes: number; readonly largestBytes: number }> {
  let peak = { peakBytes: 0, largestBytes: 0 };
  const timer = setInterval(() => {
    const sizes = treeOf(rootPid).map(proportionalBytes);
    const peakBytes = sizes.reduce((sum, size) => sum + size, 0);
    if (peakBytes > peak.peakBytes) peak = { peakBytes, largestBytes: Math.max(...sizes) };
  }, INTERVAL_MS);
  try {
    await ended;
  } finally {
    clearInterval(timer);
  }
  return peak;
}

function treeOf(rootPid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [rootPid];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

function parentOf(pid: string): number | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function proportionalBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has ended since it was listed
  }
}
