/**
 * Runs graphs on one ComfyUI. A job is written down before it is sent, looked up before it is sent again, and done only when its
 * files are here and good. The job tracker decides, `client-effects.ts` does, and this file joins both to the connection.
 */
import { createHash, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { AdgenError } from '#core/contract/errors.ts';
import { parsePreview } from '#sidecar/protocol/binary-frames.ts';
import { parseEvent } from '#sidecar/protocol/events.ts';
import { engineError } from '#sidecar/protocol/failures.ts';
import { graphSchema } from '#sidecar/protocol/graph.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';
import { createCalls } from './calls.ts';
import { abortError, createEffects } from './client-effects.ts';
import type { ActiveJob } from './client-effects.ts';
import type { CollectedFile } from './collect.ts';
import { CLIENT_LIMITS } from './comfy-types.ts';
import type { ClientLimits, ComfyClient, ComfyOptions } from './comfy-types.ts';
import { createHttp } from './http.ts';
import { emptyTracker, track } from './job-tracker.ts';
import type { JournalEntry } from './journal.ts';
import { keepLink } from './link.ts';
import { startProgress } from './progress.ts';
import type { TrackerEvent } from './tracker-types.ts';

export function createComfyClient(options: ComfyOptions): ComfyClient {
  const limits: ClientLimits = { ...CLIENT_LIMITS, ...options.limits };
  const http = createHttp(options.url);
  const calls = createCalls(http, limits);
  const active = new Map<string, ActiveJob>();
  const identityWaits = new Set<{ resolve(identity: EngineIdentity): void; reject(error: unknown): void }>();
  let state = emptyTracker();
  let identity: EngineIdentity | undefined;
  let ticker: NodeJS.Timeout | undefined;
  let isClosed = false;

  const tell = (event: TrackerEvent): void => {
    if (isClosed) return;
    const tracked = track(state, event, performance.now(), limits);
    state = tracked.state;
    tracked.effects.forEach(effects.perform);
    const isTicking = active.size > 0;
    if (isTicking) ticker ??= setInterval(() => tell({ type: 'tick' }), limits.tickMs);
    else ticker = void clearInterval(ticker);
  };

  const link = keepLink({
    socketUrl: Object.assign(http.url('ws'), { protocol: http.url('ws').protocol === 'https:' ? 'wss:' : 'ws:' }).href,
    limits,
    identify: (signal) => calls.identify(options.nonce, signal),
    onIdentified(found) {
      identity = found;
      identityWaits.forEach((wait) => wait.resolve(found));
      identityWaits.clear();
      tell({ type: 'identified' });
    },
    onRefused(error) {
      identity = undefined;
      identityWaits.forEach((wait) => wait.reject(error));
      identityWaits.clear();
      tell({ type: 'refused', error });
    },
    onConnected() {
      options.onLink?.('up');
      tell({ type: 'connected' });
    },
    onDisconnected() {
      identity = undefined;
      options.onLink?.('down');
      tell({ type: 'disconnected' });
    },
    onText(text) {
      const event = parseEvent(text);
      if (event) tell({ type: 'engine', event });
    },
    onBinary(frame) {
      const preview = parsePreview(frame);
      if (preview) tell({ type: 'preview', preview });
    },
  });

  const effects = createEffects({ options, limits, http, calls, active, clientId: link.clientId, tell });

  /** What the journal has: nothing, a job that may be on the server, or files that are still there. */
  const recall = async (key: string, graphHash: string): Promise<JournalEntry | undefined> => {
    const entry = await options.journal.get(key);
    if (entry?.graphHash !== graphHash) return undefined;
    return entry.state === 'sent' || (await areThere(entry.files ?? [])) ? entry : undefined;
  };

  return {
    async ready(signal) {
      signal?.throwIfAborted();
      if (isClosed) throw abortError();
      if (identity !== undefined) return identity;
      link.wake();
      return await new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          identityWaits.delete(wait);
        };
        const wait = {
          resolve: (found: EngineIdentity) => { end(); resolve(found); },
          reject: (error: unknown) => { end(); reject(error as Error); },
        };
        const onAbort = (): void => wait.reject(abortError());
        // Also keeps the process alive: between two attempts nothing else does.
        const timer = setTimeout(() => wait.reject(engineError('ENGINE_UNREACHABLE', `${options.url} did not answer within ${limits.unreachableMs / 1000} s.`)), limits.unreachableMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        identityWaits.add(wait);
      });
    },

    async run(request) {
      request.signal?.throwIfAborted();
      if (isClosed) throw abortError();
      const { key } = request;
      if (active.has(key)) throw new AdgenError('CONFLICT', `The job ${key} is already being run. Wait for it to end.`);
      const graph = graphSchema.safeParse(request.graph);
      if (!graph.success) throw engineError('JOB_INVALID', 'The workflow is not a graph in API format.', { cause: graph.error });
      const graphHash = createHash('sha256').update(JSON.stringify(graph.data)).digest('hex');
      const { promise, resolve, reject } = Promise.withResolvers<readonly CollectedFile[]>();
      active.set(key, { request: { ...request, graph: graph.data }, graphHash, ending: new AbortController(), files: [], resolve, reject });
      const onAbort = (): void => tell({ type: 'canceled', jobId: key });
      request.signal?.addEventListener('abort', onAbort, { once: true });
      try {
        const known = await recall(key, graphHash);
        if (known?.state === 'done') {
          active.delete(key);
          return known.files ?? [];
        }
        link.wake();
        tell({ type: 'submitted', jobId: key, promptIds: known?.promptIds ?? [randomUUID(), randomUUID()], progress: startProgress(graph.data), wasSent: known !== undefined });
        if (request.signal?.aborted) onAbort();
        return await promise;
      } finally {
        active.delete(key);
        request.signal?.removeEventListener('abort', onAbort);
      }
    },

    forget: async (key) => await options.journal.remove(key),
    free: async () => await calls.free(),
    objectInfo: async (signal) => await calls.objectInfo(signal),
    upload: async (bytes, name, group, signal) => await calls.upload(bytes, name, group, signal),

    async close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(ticker);
      for (const job of active.values()) {
        job.ending.abort();
        job.reject(abortError());
      }
      for (const wait of identityWaits) wait.reject(abortError());
      await link.close();
      await effects.settled();
    },
  };
}

async function areThere(files: readonly CollectedFile[]): Promise<boolean> {
  const sizes = await Promise.all(files.map((file) => stat(file.path).then((it) => it.size, () => -1)));
  return files.length > 0 && files.every((file, index) => file.bytes === sizes[index]);
}
