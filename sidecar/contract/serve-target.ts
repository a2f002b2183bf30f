/** Opens a server for the cases that only need one that answers: ours under our supervisor, or somebody's by its address. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createComfyClient } from '../client/comfy-client.ts';
import { createMemoryJournal } from '../client/testing/memory-journal.ts';
import { createSupervisor } from '../supervisor/supervisor.ts';
import type { ServedTarget } from './case.ts';
import { prepareEngine } from './engine-choice.ts';
import type { EngineChoice } from './engine-choice.ts';

export interface OpenTarget {
  readonly target: ServedTarget;
  /** From the start of the process to the list of nodes; 0 for somebody's own server. */
  readonly startMs: number;
  /** Resolves with how long it took. */
  close(): Promise<number>;
}

/** Rejects with why it cannot be started. */
export async function serveEngine(choice: EngineChoice, workSeconds: number): Promise<OpenTarget> {
  const root = await mkdtemp(join(tmpdir(), 'adgen-contract-engine-'));
  const supervisor = createSupervisor(await prepareEngine(choice, root));
  const startedMs = performance.now();
  const close = async (): Promise<number> => {
    const stoppedMs = performance.now();
    await supervisor.quit();
    const tookMs = performance.now() - stoppedMs;
    await rm(root, { recursive: true, force: true });
    return tookMs;
  };
  try {
    const url = await supervisor.start();
    const startMs = performance.now() - startedMs;
    return { target: await describe(url, supervisor.nonce, workSeconds), startMs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Rejects when what answers is no usable ComfyUI. */
export async function serveUrl(url: string, workSeconds: number): Promise<OpenTarget> {
  return { target: await describe(url, undefined, workSeconds), startMs: 0, close: async () => 0 };
}

async function describe(url: string, nonce: string | undefined, workSeconds: number): Promise<ServedTarget> {
  const client = createComfyClient({ url, nonce, journal: createMemoryJournal(), limits: { unreachableMs: 5000 } });
  try {
    const { version } = await client.ready();
    return { label: `ComfyUI ${version}`, url, nonce, version, nodes: await client.objectInfo(), workSeconds };
  } finally {
    await client.close();
  }
}
