/** A fake server, clients with short waits, and jobs whose result tells whose it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { startFakeServer } from '../../fake/server.ts';
import type { FakeOptions, FakeServer } from '../../fake/server.ts';
import type { CollectedFile } from '../collect.ts';
import { createComfyClient } from '../comfy-client.ts';
import type { ClientLimits, ComfyClient, ComfyOptions } from '../comfy-types.ts';
import { createMemoryJournal } from './memory-journal.ts';

/** Waits of a test: long enough for a busy machine, short enough for a test. */
export const QUICK: Partial<ClientLimits> = {
  pollMs: 60, tickMs: 15, silentMs: 1500, deafMs: 3000, stuckGraceMs: 500, cancelMs: 1500, unreachableMs: 8000, answerMs: 1000, postMs: 1000,
  handshakeMs: 1000, pingMs: 200, backoffMs: [10, 30, 60], downloadIdleMs: 1000, frameMostBytes: 1024 * 1024, previewMostBytes: 256 * 1024,
};

/** One picture of one colour, with eight steps of "work" in between. */
export function pictureGraph(color: number): Graph {
  return {
    base: { class_type: 'EmptyImage', inputs: { width: 32, height: 24, batch_size: 1, color } },
    work: { class_type: 'ColorTransfer', inputs: { image_target: ['base', 0], image_ref: ['base', 0], method: 'histogram', source_stats: 'per_frame', strength: 1 } },
    still: { class_type: 'SaveImage', inputs: { images: ['work', 0], filename_prefix: 'still' } },
  };
}

/** The colour of a picture's middle. */
export async function colorOf(file: CollectedFile | undefined): Promise<number> {
  const { data } = await sharp(file?.path ?? '').removeAlpha().extract({ left: 16, top: 12, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true });
  return ((data[0] ?? 0) << 16) | ((data[1] ?? 0) << 8) | (data[2] ?? 0);
}

/** Decodes it whole; what a caller does before it calls a job done. */
export async function decode(file: CollectedFile): Promise<void> {
  await sharp(file.path, { failOn: 'truncated' }).raw().toBuffer();
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

export async function openBench(options: Partial<FakeOptions> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'comfy-client-'));
  const server: FakeServer = await startFakeServer({ folder: join(root, 'comfy'), stepMs: 3, steps: 6, rebootMs: 50, ...options });
  const journal = createMemoryJournal();
  const clients: ComfyClient[] = [];
  return {
    root, server, journal,
    /** Clients of one bench share a journal: a second one is the first after a restart. */
    client(more: Partial<ComfyOptions> = {}): ComfyClient {
      const client = createComfyClient({ url: server.url, journal, ...more, limits: { ...QUICK, ...more.limits } });
      clients.push(client);
      return client;
    },
    folder: (key: string): string => join(root, 'results', key),
    async close(): Promise<void> {
      await Promise.all(clients.map((client) => client.close()));
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
