/**
 * Runs graphs on one ComfyUI. A job is written down before it is sent, looked up before it is sent again, and done only when its
 * files are here and good. What to do when is decided by the job tracker; this file does it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { AdgenError } from '#core/contract/errors.ts';
import { parsePreview } from '#sidecar/protocol/binary-frames.ts';
import { parseEvent } from '#sidecar/protocol/events.ts';
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import { graphSchema, prepareGraph } from '#sidecar/protocol/graph.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';
import { createCalls } from './calls.ts';
import { collectFiles } from './collect.ts';
import type { CollectedFile } from './collect.ts';
import { CLIENT_LIMITS } from './comfy-types.ts';
import type { ClientLimits, ComfyClient, ComfyOptions, JobRequest } from './comfy-types.ts';
import { createHttp } from './http.ts';
import { emptyTracker, track } from './job-tracker.ts';
import type { JournalEntry } from './journal.ts';
import { keepLink } from './link.ts';
import { startProgress } from './progress.ts';
import type { Outcome, TrackerEffect, TrackerEvent } from './tracker-types.ts';

interface ActiveJob {
  readonly request: JobRequest;
  readonly graphHash: string;
  /** Ends what is done for this job here. */
  readonly ending: AbortController;
  files: readonly CollectedFile[];
  resolve(files: readonly CollectedFile[]): void;
  reject(error: unknown): void;
}

type Effect<T extends TrackerEffect['type']> = Extract<TrackerEffect, { readonly type: T }>;

/** After these the job may still be on the server: the journal keeps it, and the same key takes it up again. */
const OPEN_FAILURES = new Set(['ENGINE_UNREACHABLE', 'ENGINE_STUCK', 'ENGINE_FOREIGN', 'BAD_ANSWER', 'NOT_COMFYUI', 'ENGINE_OLD']);

export function createComfyClient(options: ComfyOptions): ComfyClient {
  const limits: ClientLimits = { ...CLIENT_LIMITS, ...options.limits };
  const http = createHttp(options.url);
  const calls = createCalls(http, limits);
  const active = new Map<string, ActiveJob>();
  const acting = new Set<Promise<void>>();
  const identityWaits = new Set<{ resolve(identity: EngineIdentity): void; reject(error: unknown): void }>();
  let state = emptyTracker();
  let identity: EngineIdentity | undefined;
  let ticker: NodeJS.Timeout | undefined;
  let isClosed = false;

  const tell = (event: TrackerEvent): void => {
    if (isClosed) return;
    const tracked = track(state, event, performance.now(), limits);
    state = tracked.state;
    tracked.effects.forEach(perform);
    const isTicking = active.size > 0;
    if (isTicking) ticker ??= setInterval(() => tell({ type: 'tick' }), limits.tickMs);
    else ticker = void clearInterval(ticker);
  };

  const perform = (effect: TrackerEffect): void => {
    switch (effect.type) {
      case 'post': return act(post(effect));
      case 'look': return act(look(effect));
      // A cancel that does not arrive shows when the job is looked up.
      case 'cancel': return act(calls.cancel(effect.promptId).catch(() => {}));
      case 'free': return act(calls.free().catch(() => {}));
      case 'collect': return act(collect(effect));
      case 'progress': return active.get(effect.jobId)?.request.onProgress?.(effect.value);
      case 'preview': return effect.preview.image.length <= limits.previewMostBytes ? active.get(effect.jobId)?.request.onPreview?.(effect.preview) : undefined;
      case 'stuck': return options.onStuck?.({ key: effect.jobId, quietMs: effect.quietMs });
      case 'settle': return act(settle(effect.jobId, effect.outcome));
    }
  };

  const act = (work: Promise<void>): void => {
    acting.add(work);
    void work.finally(() => acting.delete(work));
  };

  const post = async ({ jobId, promptIds }: Effect<'post'>): Promise<void> => {
    const job = active.get(jobId);
    if (job === undefined) return;
    const [promptId] = promptIds;
    try {
      await options.journal.put({ key: jobId, graphHash: job.graphHash, promptIds, state: 'sent' });
    } catch (error) {
      return tell({ type: 'rejected', jobId, error: journalError(error) });
    }
    try {
      const reply = await calls.prompt({ promptId, clientId: link.clientId(), graph: prepareGraph(job.request.graph, promptId), previewMethod: job.request.previewMethod });
      if (reply.kind === 'unreadable') return tell({ type: 'postLost', jobId });
      if (reply.kind === 'rejected') {
        if (reply.promptId !== undefined) await calls.cancel(reply.promptId).catch(() => {});
        return tell({ type: 'rejected', jobId, error: reply.error });
      }
      tell({ type: 'posted', jobId });
    } catch {
      tell({ type: 'postLost', jobId });
    }
  };

  const look = async ({ jobId, promptId }: Effect<'look'>): Promise<void> => {
    try {
      tell({ type: 'looked', jobId, promptId, found: await calls.look(promptId) });
    } catch {
      tell({ type: 'lookFailed', jobId });
    }
  };

  const collect = async ({ jobId, outputs, promptId }: Effect<'collect'>): Promise<void> => {
    const job = active.get(jobId);
    if (job === undefined) return;
    const wanted = outputs.filter((output) => output.type === 'output');
    try {
      if (wanted.length === 0) throw engineError('JOB_EMPTY', 'The engine finished the job with previews only.');
      const { folder, verify, mostBytes = limits.resultMostBytes } = job.request;
      job.files = await collectFiles(http, wanted, { folder, verify, mostBytes, idleMs: limits.downloadIdleMs, signal: job.ending.signal });
      job.ending.signal.throwIfAborted();
      await options.journal.put({ key: jobId, graphHash: job.graphHash, promptIds: [promptId], state: 'done', files: job.files });
      tell({ type: 'collected', jobId });
    } catch (error) {
      if (!job.ending.signal.aborted) tell({ type: 'collectFailed', jobId, error: error instanceof AdgenError ? error : journalError(error) });
    }
  };

  const settle = async (jobId: string, outcome: Outcome): Promise<void> => {
    const job = active.get(jobId);
    if (job === undefined) return;
    active.delete(jobId);
    if (outcome.type === 'done') {
      job.request.onProgress?.(1);
      return job.resolve(job.files);
    }
    job.ending.abort();
    const error = outcome.type === 'canceled' ? abortError() : outcome.error;
    try {
      const isOpen = outcome.type === 'failed' && OPEN_FAILURES.has(reasonOf(error) ?? '');
      if (!isOpen) await options.journal.remove(jobId);
    } finally {
      job.reject(error);
    }
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
    onConnected: () => tell({ type: 'connected' }),
    onDisconnected() {
      identity = undefined;
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

  /** What the journal has: nothing, a job that may be on the server, or files that are still there. */
  const recall = async (key: string, graphHash: string): Promise<JournalEntry | undefined> => {
    const entry = await options.journal.get(key);
    if (entry?.graphHash !== graphHash) return undefined;
    return entry.state === 'sent' || (await areThere(entry.files ?? [])) ? entry : undefined;
  };

  return {
    async ready(signal) {
      if (identity !== undefined) return identity;
      link.wake();
      const limit = AbortSignal.timeout(limits.unreachableMs);
      return await new Promise((resolve, reject) => {
        const wait = { resolve, reject };
        identityWaits.add(wait);
        limit.addEventListener('abort', () => identityWaits.delete(wait) && reject(engineError('ENGINE_UNREACHABLE', `${options.url} did not answer within ${limits.unreachableMs / 1000} s.`)));
        signal?.addEventListener('abort', () => identityWaits.delete(wait) && reject(abortError()));
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
    objectInfo: async () => await calls.objectInfo(),
    upload: async (bytes, name, group) => await calls.upload(bytes, name, group),

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
      await Promise.allSettled(acting);
    },
  };
}

async function areThere(files: readonly CollectedFile[]): Promise<boolean> {
  const sizes = await Promise.all(files.map((file) => stat(file.path).then((it) => it.size, () => -1)));
  return files.length > 0 && files.every((file, index) => file.bytes === sizes[index]);
}

function journalError(error: unknown): AdgenError {
  return new AdgenError('INTERNAL', `The job could not be written down: ${error instanceof Error ? error.message : String(error)}. Check the data folder.`, { cause: error });
}

function abortError(): Error {
  return Object.assign(new Error('The job was canceled.'), { name: 'AbortError' });
}
