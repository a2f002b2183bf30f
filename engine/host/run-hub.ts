/**
 * Works on runs in the background of a serving process and tells watchers what happens. A watcher first gets what the journal
 * kept after the event it saw last, then live events, without a gap and without a repeat.
 */
import type { Engine } from '../main.ts';
import { getRun, readRunEvents } from '#engine/jobs/run-store.ts';
import type { RunEvent } from '#engine/jobs/run-events.ts';
import { runAdvert } from '#engine/pipeline/run-advert.ts';

export interface RunHub {
  /** Starts or resumes a run; does nothing while this process works on it. */
  start(runId: string): void;
  isWorkingOn(runId: string): boolean;
  /** Ends after the run's last event, or when `signal` aborts. Throws NOT_FOUND. */
  watch(runId: string, afterId: number, signal?: AbortSignal): AsyncGenerator<RunEvent>;
  /** Feeds an event of the queue to the watchers. */
  publish(event: RunEvent): void;
  /** Waits until no run of this process is at work any more. */
  settle(): Promise<void>;
}

/** @param onBug told about errors that are not the run's own */
export function createRunHub(engine: () => Engine, onBug: (error: unknown) => void): RunHub {
  const working = new Map<string, Promise<void>>();
  const watchers = new Map<string, Set<(event: RunEvent) => void>>();
  return {
    start(runId) {
      if (working.has(runId)) return;
      const { db, queue, services } = engine();
      // A run's own failure stands in its row; only what could not even be written there is news.
      const work = runAdvert(runId, { db, queue, services }).then(() => {}, (error: unknown) => {
        if (getRun(db, runId).endedMs === null) onBug(error);
      });
      working.set(runId, work.finally(() => working.delete(runId)));
    },
    isWorkingOn: (runId) => working.has(runId),
    watch: (runId, afterId, signal) => watchRun(engine(), runId, afterId, watchers, signal),
    publish: (event) => watchers.get(event.runId)?.forEach((tell) => tell(event)),
    settle: async () => void (await Promise.all(working.values())),
  };
}

async function* watchRun(engine: Engine, runId: string, afterId: number, watchers: Map<string, Set<(event: RunEvent) => void>>, signal?: AbortSignal): AsyncGenerator<RunEvent> {
  getRun(engine.db, runId);
  const waiting: RunEvent[] = [];
  let wake = (): void => {};
  const tell = (event: RunEvent): void => {
    waiting.push(event);
    wake();
  };
  const stop = (): void => wake();
  const group = watchers.get(runId) ?? new Set();
  watchers.set(runId, group.add(tell));
  signal?.addEventListener('abort', stop);
  try {
    let seen = afterId;
    for (let kept = readRunEvents(engine.db, runId, seen); kept.length > 0; kept = readRunEvents(engine.db, runId, seen)) {
      yield* kept;
      seen = kept.at(-1)?.id ?? seen;
    }
    while (!signal?.aborted && !(waiting.length === 0 && getRun(engine.db, runId).endedMs !== null)) {
      const event = waiting.shift();
      if (!event) await new Promise<void>((resolve) => (wake = resolve));
      else if (event.id === undefined || event.id > seen) {
        seen = event.id ?? seen;
        yield event;
      }
    }
  } finally {
    group.delete(tell);
    if (group.size === 0) watchers.delete(runId);
    signal?.removeEventListener('abort', stop);
  }
}
