/**
 * Threads for heavy work, so that the process that holds the queue stays responsive. A task is a module under `engine/` and
 * a payload. Cancel is cooperative first: the task is told, and stops its ffmpeg; a task that does not end in time loses its
 * thread. Ordering and how many steps run at once are the queue's business.
 */
import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { AdgenError, deserializeError } from '#core/contract/errors.ts';
import { canceledError } from './canceled-error.ts';
import { reapThreadChildren } from './child-registry.ts';
import type { TaskMessage, TaskReport, TaskResult } from './worker-task.ts';

export interface WorkerPoolOptions {
  /** Default: one per core, at least 2. */
  readonly threads?: number;
  /** JavaScript heap per thread; native memory is not bounded by it. Default 512. */
  readonly maxOldGenerationSizeMb?: number;
  /** Data folder: children that a terminated thread leaves behind are killed through its journal. */
  readonly dataDir?: string;
}

export interface WorkerTask {
  /** File URL of a module under `engine/` that exports `run(payload, {signal, report})`. */
  readonly module: string;
  /** Structured-cloneable. */
  readonly payload: unknown;
  /** Buffers and ports of the payload that move instead of being copied. */
  readonly transfer?: readonly Transferable[];
}

export interface WorkerRunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: number, note?: string) => void;
  /** The thread ends after the task, so that native and wasm memory is given back. */
  readonly isDisposable?: boolean;
}

export interface WorkerPool {
  /** Rejects with what the task threw, code intact; with an AbortError after a cancel. */
  run<T>(task: WorkerTask, options?: WorkerRunOptions): Promise<T>;
  /** Ends all threads at once. */
  close(): Promise<void>;
}

/** How long a task may take to stop after it was told. */
const GRACE_MS = 1500;
/** A thread that has had nothing to do for this long gives its memory back. */
const IDLE_MS = 20_000;

const ENGINE_FOLDER = realpathSync(dirname(import.meta.dirname)) + sep;

export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
  const shared = createThreads(options, options.threads ?? Math.max(2, availableParallelism()), IDLE_MS);
  const disposable = new Set<Piscina>();

  return {
    run: async <T>(task: WorkerTask, run: WorkerRunOptions = {}): Promise<T> => {
      assertOwnModule(task.module);
      if (run.signal?.aborted === true) throw canceledError();
      const threads = run.isDisposable === true ? createThreads(options, 1, 0) : shared;
      if (threads !== shared) disposable.add(threads);
      try {
        return (await runTask(threads, task, run, options.dataDir)) as T;
      } finally {
        if (disposable.delete(threads)) await threads.destroy();
      }
    },
    close: async () => {
      await Promise.all([shared, ...disposable].map(async (threads) => await threads.destroy()));
    },
  };
}

/** `atomics` off: with it a thread sleeps between tasks and late callbacks (a child's exit) would wait for the next task. */
function createThreads({ maxOldGenerationSizeMb = 512 }: WorkerPoolOptions, maxThreads: number, idleTimeout: number): Piscina {
  const filename = new URL('./worker-entry.ts', import.meta.url).href;
  const threads = new Piscina({ filename, minThreads: 0, maxThreads, idleTimeout, atomics: 'disabled', resourceLimits: { maxOldGenerationSizeMb }, recordTiming: false });
  // A thread that dies while it has no task has nobody to tell; the next task gets a new thread.
  threads.on('error', () => undefined);
  return threads;
}

async function runTask(threads: Piscina, { module, payload, transfer = [] }: WorkerTask, { signal, onProgress }: WorkerRunOptions, dataDir?: string): Promise<unknown> {
  const { port1: own, port2: port } = new MessageChannel();
  const terminate = new AbortController();
  let threadId: number | undefined;
  let grace: NodeJS.Timeout | undefined;
  own.on('message', (report: TaskReport) => {
    if (report.type === 'started') threadId = report.threadId;
    else onProgress?.(report.progress, report.note);
  });
  const cancel = (): void => {
    own.postMessage('cancel');
    grace = setTimeout(() => terminate.abort(), threadId === undefined ? 0 : GRACE_MS);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const message: TaskMessage = { module, payload, port };
    const result = (await threads.run(message, { transferList: [port, ...transfer] as never, signal: terminate.signal })) as TaskResult;
    await deliverReports(own);
    if (!result.isOk) throw deserializeError(result.error);
    return result.value;
  } catch (error) {
    if (terminate.signal.aborted && threadId !== undefined && dataDir !== undefined) reapThreadChildren(dataDir, threadId);
    throw signal?.aborted === true ? canceledError() : toTaskError(error);
  } finally {
    clearTimeout(grace);
    signal?.removeEventListener('abort', cancel);
    own.close();
  }
}

/** The result may overtake the last progress reports, which come through another port: one turn of the loop lets them in. */
async function deliverReports(port: MessagePort): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  port.removeAllListeners('message');
}

function toTaskError(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new AdgenError('TOOL_FAILED', 'A worker ran out of memory. Use a smaller picture, or close other programs and try again.', { cause: error });
  return error;
}

function assertOwnModule(module: string): void {
  const path = module.startsWith('file:') ? realpathSync(fileURLToPath(module)) : '';
  if (path.startsWith(ENGINE_FOLDER)) return;
  throw new AdgenError('INTERNAL', `The worker pool only runs modules under the engine folder, not ${module.slice(0, 200)}.`);
}
