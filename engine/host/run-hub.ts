/**
 * Works on runs in the background of a serving process and tells watchers what happens. A watcher first gets what the journal
 * kept after the event it saw last, then live events, without a gap and without a repeat.
 */
import { withEventMeta } from '@orpc/server';
import type { Engine } from '../main.ts';
import { serializeError } from '#core/contract/errors.ts';
import { getRun, readRunEvents } from '#engine/jobs/run-store.ts';
import type { RunEvent } from '#engine/jobs/run-events.ts';
import { runAdvert } from '#engine/pipeline/run-advert.ts';
import { UnreadableRequestError } from '#engine/pipeline/run-request.ts';

export interface RunHub {
  /** Starts or resumes a run; does nothing while this process works on it. */
  start(runId: string): void;
  /** Ends after the run's last event, when `signal` aborts, or when it is returned from, even while it waits. Throws NOT_FOUND at once. */
  watch(runId: string, afterId: number, signal?: AbortSignal): AsyncIteratorObject<RunEvent, void, void>;
  /** How many watchers are at it. */
  openWatchers(): number;
  /** Feeds an event of the queue to the watchers. */
  publish(event: RunEvent): void;
  /** Waits until this process has done with a run that has ended, or does not work on it. */
  settled(runId: string): Promise<void>;
  /** Waits until no run of this process is at work any more. */
  settle(): Promise<void>;
}

/** @param onNews told about errors that nobody who watches the run would see */
export function createRunHub(engine: () => Engine, onNews: (error: unknown) => void): RunHub {
  const working = new Map<string, Promise<void>>();
  const watchers = new Map<string, Set<(event: RunEvent) => void>>();
  return {
    start(runId) {
      if (working.has(runId)) return;
      const { db, queue, services } = engine();
      // A run's own failure stands in its row; news is what could not even be written there, and that a run will never go on.
      const work = runAdvert(runId, { db, queue, services }).then(() => {}, (error: unknown) => {
        const isUnwritten = serializeError(error).code !== 'CANCELED' && getRun(db, runId).endedMs === null;
        if (isUnwritten || error instanceof UnreadableRequestError) onNews(error);
      });
      working.set(runId, work.finally(() => working.delete(runId)));
    },
    watch(runId, afterId, signal) {
      getRun(engine().db, runId);
      return returnable((closing) => watchRun(engine(), runId, afterId, watchers, closing), signal);
    },
    openWatchers: () => [...watchers.values()].reduce((sum, group) => sum + group.size, 0),
    publish: (event) => watchers.get(event.runId)?.forEach((tell) => tell(event)),
    settled: async (runId) => await working.get(runId),
    settle: async () => void (await Promise.all(working.values())),
  };
}

/**
 * A generator's own `return` waits for the `next` that is under way, which may be for ever when nothing happens. This one aborts
 * the generator's signal first. Every event that the journal keeps carries its id for clients that reconnect.
 */
function returnable(make: (signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>, signal?: AbortSignal): AsyncIteratorObject<RunEvent, void, void> {
  const closing = new AbortController();
  const events = make(signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
  return {
    async next() {
      const result = await events.next();
      return result.done || result.value.id === undefined ? result : { done: false, value: withEventMeta(result.value, { id: String(result.value.id) }) };
    },
    return() {
      closing.abort();
      return events.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await events.return();
    },
  };
}

async function* watchRun(engine: Engine, runId: string, afterId: number, watchers: Map<string, Set<(event: RunEvent) => void>>, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
  const waiting: RunEvent[] = [];
  let wake = (): void => {};
  const tell = (event: RunEvent): void => {
    waiting.push(event);
    wake();
  };
  const stop = (): void => wake();
  const group = watchers.get(runId) ?? new Set();
  watchers.set(runId, group.add(tell));
  signal.addEventListener('abort', stop);
  try {
    let seen = afterId;
    for (let kept = readRunEvents(engine.db, runId, seen); kept.length > 0; kept = readRunEvents(engine.db, runId, seen)) {
      yield* kept;
      seen = kept.at(-1)?.id ?? seen;
    }
    while (!signal.aborted && !(waiting.length === 0 && getRun(engine.db, runId).endedMs !== null)) {
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
    signal.removeEventListener('abort', stop);
  }
}
