/** What a module that runs in the worker pool looks like: it exports `run(payload, context)`. */

export interface TaskContext {
  /** Aborted when nobody wants the result any more; the task then stops its own children and rejects. */
  readonly signal: AbortSignal;
  /** 0..1; `note` is shown to the user. */
  readonly report: (progress: number, note?: string) => void;
}

export interface TaskModule {
  readonly run: (payload: never, context: TaskContext) => unknown;
}

/** What the pool sends a worker along with the payload. */
export interface TaskMessage {
  readonly module: string;
  readonly payload: unknown;
  readonly port: import('node:worker_threads').MessagePort;
}

/** What a worker says while it works. */
export type TaskReport = { readonly type: 'started'; readonly threadId: number } | { readonly type: 'progress'; readonly progress: number; readonly note?: string };

/** Results and errors cross as values: a thrown error would lose its code on the way. */
export type TaskResult = { readonly isOk: true; readonly value: unknown } | { readonly isOk: false; readonly error: import('#core/contract/errors.ts').SerializedError };
