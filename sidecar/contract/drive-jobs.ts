/** Runs jobs on an engine that may be started again meanwhile, as the owner of a queue does: a new client for each life of it. */
import { join } from 'node:path';
import type { Graph } from '#sidecar/protocol/graph.ts';
import type { CollectedFile } from '../client/collect.ts';
import { createComfyClient } from '../client/comfy-client.ts';
import type { ComfyClient, JobRequest } from '../client/comfy-types.ts';
import type { JobJournal } from '../client/journal.ts';
import { servingOf } from '../supervisor/states.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
import { decodeFile } from './check-files.ts';

export interface JobDriver {
  /** Rejects with `held` when the supervisor holds the job back. */
  run(key: string, graph: Graph, more?: Pick<JobRequest, 'onRunning' | 'onProgress'>): Promise<readonly CollectedFile[]>;
  /** What the supervisor has said about jobs, e.g. "requeue a". */
  readonly verdicts: readonly string[];
  close(): Promise<void>;
}

export const HELD = 'held';

export function driveJobs(supervisor: Supervisor, journal: JobJournal, folder: string): JobDriver {
  const verdicts: string[] = [];
  const held = new Set<string>();
  let client: { readonly url: string; readonly it: ComfyClient } | undefined;
  let isClosed = false;
  const drop = async (): Promise<void> => {
    const dropped = client?.it;
    client = undefined;
    await dropped?.close();
  };
  const unsubscribe = supervisor.subscribe({
    onState: (state) => { if (servingOf(state) === undefined) void drop(); },
    onJob({ jobId, action }) {
      verdicts.push(`${action} ${jobId}`);
      if (action === 'hold') held.add(jobId);
    },
  });
  const connect = async (): Promise<ComfyClient> => {
    const url = await supervisor.start();
    if (client?.url !== url) client = { url, it: createComfyClient({ url, nonce: supervisor.nonce, journal, limits: { pollMs: 200, tickMs: 50 } }) };
    return client.it;
  };

  return {
    verdicts,
    async run(key, graph, more = {}) {
      for (;;) {
        if (held.has(key)) throw new Error(HELD);
        const current = await connect();
        let isReported = false;
        try {
          return await current.run({
            key, graph, folder: join(folder, 'results', key), verify: decodeFile, ...more,
            onRunning() {
              if (!isReported) supervisor.report({ type: 'job-started', jobId: key });
              isReported = true;
              more.onRunning?.();
            },
          });
        } catch (error) {
          // Its client was dropped with the engine: the next life takes it up again.
          if ((error as Error).name !== 'AbortError' || isClosed) throw error;
        } finally {
          if (isReported) supervisor.report({ type: 'job-ended', jobId: key });
        }
      }
    },
    async close() {
      isClosed = true;
      unsubscribe();
      await drop();
    },
  };
}
