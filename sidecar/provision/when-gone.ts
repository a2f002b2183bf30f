/** Ends what is left of a program, and waits until it is. */
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineProcess } from '#sidecar/supervisor/spawn-engine.ts';

const POLL_MS = 20;
/** A process that a driver holds inside of the kernel cannot be ended by anybody. */
const LIMIT_MS = 10_000;

/** Kills every process of the tree. Resolves with the pids that are still there after ten seconds: none, but for a broken driver. */
export async function whenGone(tree: Pick<EngineProcess, 'killTree' | 'members'>): Promise<number[]> {
  for (const endMs = performance.now() + LIMIT_MS; ; await delay(POLL_MS)) {
    const left = tree.members();
    if (left.length === 0 || performance.now() >= endMs) return left;
    tree.killTree();
  }
}
