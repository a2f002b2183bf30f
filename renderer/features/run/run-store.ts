/**
 * Runs that this window follows. Watching goes on while other screens are shown and until the run has ended; when the line to the engine was
 * lost it goes on after the last event seen. Events are applied once per animation frame, however many come.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import { engine, useConnection } from '../../api/connection.ts';
import { NO_ETA, updateEta } from './eta.ts';
import type { Eta } from './eta.ts';
import { applyEvents, hasEnded, newRun } from './run-model.ts';
import type { RunEvent, RunModel } from './run-model.ts';

/** A run as screens show it. */
export interface FollowedRun {
  readonly model: RunModel;
  readonly eta: Eta;
  /** Kept events have been read, so what is shown is where the run stands. */
  readonly isKnown: boolean;
  /** It cannot be followed: there is none, or its history cannot be read. */
  readonly error: unknown;
}

const useRuns = create<{ readonly runs: ReadonlyMap<string, FollowedRun> }>(() => ({ runs: new Map() }));
const following = new Set<string>();
const waiting = new Map<string, RunEvent[]>();
let isFlushDue = false;

/** Follows a run from anywhere; does nothing while it is followed. */
export function followRun(runId: string): void {
  if (following.has(runId)) return;
  following.add(runId);
  put(runId, (run) => ({ ...run, error: undefined }));
  void follow(runId).finally(() => following.delete(runId));
}

/** A run, live; undefined for the first moment. */
export function useRun(runId: string | null): FollowedRun | undefined {
  useEffect(() => {
    if (runId !== null) followRun(runId);
  }, [runId]);
  return useRuns((state) => (runId === null ? undefined : state.runs.get(runId)));
}

/** Calls back after every change of a followed run. Answers how to stop. */
export function subscribeRuns(listener: (runs: readonly FollowedRun[], before: readonly FollowedRun[]) => void): () => void {
  return useRuns.subscribe((state, before) => listener([...state.runs.values()], [...before.runs.values()]));
}

/** Takes a run up again that has ended badly or was interrupted, and follows it. */
export async function resumeRun(runId: string): Promise<void> {
  await engine.runs.resume({ runId });
  followRun(runId);
}

async function follow(runId: string): Promise<void> {
  for (;;) {
    const { generation } = useConnection.getState();
    try {
      const afterId = useRuns.getState().runs.get(runId)?.model.lastId ?? 0;
      for await (const event of await engine.runs.watch({ runId, afterId })) enqueue(runId, event);
      flush();
      put(runId, (run) => ({ ...run, isKnown: true }));
      if (hasEnded(useRuns.getState().runs.get(runId)?.model ?? newRun(runId))) return;
    } catch (error) {
      if (isRefusal(error)) return put(runId, (run) => ({ ...run, error, isKnown: true }));
    }
    await nextLine(generation); // the engine went; the next one tells the rest
  }
}

/** The engine has answered, and it was no. Everything else is a line that broke. */
function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && ['NOT_FOUND', 'BAD_INPUT', 'FAILED'].includes(String(error.code));
}

function nextLine(generation: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (useConnection.getState().generation === generation) return;
      stop();
      resolve();
    };
    const stop = useConnection.subscribe(look);
    look();
  });
}

function enqueue(runId: string, event: RunEvent): void {
  waiting.set(runId, [...(waiting.get(runId) ?? []), event]);
  if (isFlushDue) return;
  isFlushDue = true;
  // A hidden page draws no frames, but its notifications and the taskbar go on.
  if (document.hidden) setTimeout(flush, 100);
  else requestAnimationFrame(flush);
}

function flush(): void {
  isFlushDue = false;
  const batch = [...waiting];
  waiting.clear();
  for (const [runId, events] of batch) {
    put(runId, (run) => {
      const model = applyEvents(run.model, events);
      const isAgain = model.startedMs !== run.model.startedMs;
      return { ...run, model, isKnown: true, eta: updateEta(isAgain ? NO_ETA : run.eta, performance.now(), model.progress) };
    });
  }
}

function put(runId: string, change: (run: FollowedRun) => FollowedRun): void {
  useRuns.setState(({ runs }) => ({ runs: new Map(runs).set(runId, change(runs.get(runId) ?? { model: newRun(runId), eta: NO_ETA, isKnown: false, error: undefined })) }));
}

/** Looks at the clock for runs in which nothing happens; called by what shows the time. */
export function tickRun(runId: string): void {
  const run = useRuns.getState().runs.get(runId);
  if (run?.model.state === 'running') put(runId, (same) => ({ ...same, eta: updateEta(same.eta, performance.now(), same.model.progress) }));
}
