/** What the job tracker asks for, done: sending, looking up, fetching, and telling whoever waits. Each ends as an event of the tracker. */
import { AdgenError } from '#core/contract/errors.ts';
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import { prepareGraph } from '#sidecar/protocol/graph.ts';
import type { EngineCalls } from './calls.ts';
import { collectFiles } from './collect.ts';
import type { CollectedFile } from './collect.ts';
import type { ClientLimits, ComfyOptions, JobRequest } from './comfy-types.ts';
import type { EngineHttp } from './http.ts';
import type { Outcome, TrackerEffect, TrackerEvent } from './tracker-types.ts';

/** A job that somebody waits for. */
export interface ActiveJob {
  readonly request: JobRequest;
  readonly graphHash: string;
  /** Ends what is done for this job here. */
  readonly ending: AbortController;
  files: readonly CollectedFile[];
  resolve(files: readonly CollectedFile[]): void;
  reject(error: unknown): void;
}

export interface EffectContext {
  readonly options: ComfyOptions;
  readonly limits: ClientLimits;
  readonly http: EngineHttp;
  readonly calls: EngineCalls;
  readonly active: Map<string, ActiveJob>;
  clientId(): string | undefined;
  tell(event: TrackerEvent): void;
}

type Effect<T extends TrackerEffect['type']> = Extract<TrackerEffect, { readonly type: T }>;

/** After these the job may still be on the server: the journal keeps it, and the same key takes it up again. */
const OPEN_FAILURES = new Set(['ENGINE_UNREACHABLE', 'ENGINE_STUCK', 'ENGINE_FOREIGN', 'BAD_ANSWER', 'NOT_COMFYUI', 'ENGINE_OLD']);

export function createEffects({ options, limits, http, calls, active, clientId, tell }: EffectContext) {
  const acting = new Set<Promise<void>>();

  const perform = (effect: TrackerEffect): void => {
    switch (effect.type) {
      case 'post': return act(post(effect));
      case 'look': return act(look(effect));
      // A cancel that does not arrive shows when the job is looked up.
      case 'cancel': return act(calls.cancel(effect.promptId).catch(() => {}));
      case 'free': return act(calls.free().catch(() => {}));
      case 'collect': return act(collect(effect));
      case 'running': return active.get(effect.jobId)?.request.onRunning?.();
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
      const reply = await calls.prompt({ promptId, clientId: clientId(), graph: prepareGraph(job.request.graph, promptId), previewMethod: job.request.previewMethod });
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

  return {
    perform,
    /** Nothing is under way any more. */
    settled: async (): Promise<void> => void (await Promise.allSettled(acting)),
  };
}

function journalError(error: unknown): AdgenError {
  return new AdgenError('INTERNAL', `The job could not be written down: ${error instanceof Error ? error.message : String(error)}. Check the data folder.`, { cause: error });
}

/** What a canceled job ends with; never a failure. */
export function abortError(): Error {
  return Object.assign(new Error('The job was canceled.'), { name: 'AbortError' });
}
