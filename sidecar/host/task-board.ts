/**
 * Long work of the sidecar that a user watches: one at a time on the store of engines and one on the models. It goes on whoever looks, so a
 * page that is reloaded finds it again; what has ended stays until the next of its kind.
 */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { AdgenError, nameOfError, serializeError } from '#core/contract/errors.ts';
import type { sidecarTaskSchema } from '#core/contract/sidecar.ts';
import { createEta } from '#core/lib/eta.ts';

export type SidecarTask = z.infer<typeof sidecarTaskSchema>;
export type TaskProgress = Partial<Pick<SidecarTask, 'label' | 'stage' | 'fraction' | 'doneBytes' | 'totalBytes' | 'bytesPerSecond'>>;

export interface TaskTools {
  readonly signal: AbortSignal;
  report(progress: TaskProgress): void;
}

export interface TaskBoard {
  tasks(): SidecarTask[];
  /** Begins, and returns its id at once. Throws CONFLICT while another one has the same place. The work may resolve with a sentence for the user. */
  begin(kind: SidecarTask['kind'], work: (tools: TaskTools) => Promise<string | undefined>): string;
  /** 1 when it was running. */
  cancel(taskId: string): number;
  isBusy(place: 'store' | 'models'): boolean;
  /** Cancels all that fetches from a network. */
  cancelFetching(): void;
  /** Cancels everything, and waits. */
  close(): Promise<void>;
}

const FETCHES: ReadonlySet<SidecarTask['kind']> = new Set(['install', 'repair', 'pull']);
const placeOf = (kind: SidecarTask['kind']): 'store' | 'models' => (kind === 'pull' ? 'models' : 'store');

interface Entry {
  task: SidecarTask;
  readonly ending: AbortController;
  readonly done: Promise<void>;
}

export function createTaskBoard(onChange: () => void, nowMs: () => number = () => performance.now()): TaskBoard {
  const entries = new Map<string, Entry>();
  const isRunning = ({ task }: Entry): boolean => task.state === 'running';
  const isBusy = (place: 'store' | 'models'): boolean => [...entries.values()].some((entry) => isRunning(entry) && placeOf(entry.task.kind) === place);
  const cancel = (taskId: string): number => {
    const entry = entries.get(taskId);
    if (!entry || !isRunning(entry)) return 0;
    entry.ending.abort();
    return 1;
  };

  const run = async (entry: () => Entry, work: (tools: TaskTools) => Promise<string | undefined>): Promise<void> => {
    const eta = createEta();
    const { signal } = entry().ending;
    const set = (change: Partial<SidecarTask>): void => {
      const now = entry();
      now.task = { ...now.task, ...change };
      onChange();
    };
    try {
      signal.throwIfAborted(); // canceled before it began
      const message = await work({
        signal,
        report(progress) {
          const fraction = Math.max(entry().task.fraction ?? 0, progress.fraction ?? 0);
          const remainingMs = eta.remainingMs(fraction, nowMs());
          set({ ...progress, fraction: progress.fraction === undefined ? entry().task.fraction : fraction, remainingSeconds: remainingMs === undefined ? null : Math.ceil(remainingMs / 1000) });
        },
      });
      set({ state: 'succeeded', fraction: 1, bytesPerSecond: null, remainingSeconds: null, message: message ?? null, problem: null });
    } catch (error) {
      const isCanceled = signal.aborted && !(error instanceof AdgenError && error.code !== 'CANCELED');
      set({ state: isCanceled ? 'canceled' : 'failed', bytesPerSecond: null, remainingSeconds: null, message: isCanceled ? null : serializeError(error).message, problem: isCanceled ? null : (nameOfError(error) ?? null) });
    }
  };

  return {
    tasks: () => [...entries.values()].map(({ task }) => task),
    begin(kind, work) {
      if (isBusy(placeOf(kind))) throw new AdgenError('CONFLICT', 'Something else is being done there. Wait until it has ended, or cancel it.');
      for (const [id, entry] of entries) if (placeOf(entry.task.kind) === placeOf(kind)) entries.delete(id);
      const id = randomUUID();
      const started = Promise.withResolvers<void>();
      const entry: Entry = {
        task: { id, kind, state: 'running', label: '', stage: null, fraction: null, doneBytes: null, totalBytes: null, bytesPerSecond: null, remainingSeconds: null, message: null, problem: null },
        ending: new AbortController(),
        done: started.promise.then(() => run(() => entry, work)),
      };
      entries.set(id, entry);
      started.resolve();
      onChange();
      return id;
    },
    cancel,
    isBusy,
    cancelFetching: () => [...entries.values()].filter(({ task }) => FETCHES.has(task.kind)).forEach(({ task }) => cancel(task.id)),
    async close() {
      for (const id of entries.keys()) cancel(id);
      await Promise.all([...entries.values()].map(({ done }) => done));
    },
  };
}
