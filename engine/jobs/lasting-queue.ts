/**
 * The queue of a program that stays open. A journal that cannot be written (a full disk) ends all that is under way; here another queue takes the
 * place of the one that broke as soon as there is room, so that nobody has to start the program again. Ends that could not be written are told at
 * once and written then.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { serializeError } from '#core/contract/errors.ts';
import { FINAL_STAGE } from './run-journal.ts';
import type { RunEnd } from './run-journal.ts';
import { getRun } from './run-store.ts';
import { createStepQueue } from './step-queue.ts';
import type { StepQueue, StepQueueOptions } from './step-queue.ts';

/** How often a broken queue looks whether there is room again, if nobody asks before. */
const MEND_MS = 2000;

/** Handlers of a broken queue are told to stop, and have so long to do so before new work is refused. */
const READY_MS = 10_000;
const LOOK_MS = 50;

/** @param mendMs of tests */
export function createLastingQueue(options: StepQueueOptions, mendMs = MEND_MS): StepQueue {
  let queue = createStepQueue(options);
  const unwritten = new Map<string, RunEnd>();
  let mending: Promise<void> | undefined;

  const mend = async (): Promise<void> => {
    await (mending ??= (async () => {
      if (queue.isOver) await replace();
      if (queue.brokenBy === undefined) await writeEnds();
    })().finally(() => (mending = undefined)));
  };
  const replace = async (): Promise<void> => {
    const broken = queue;
    try {
      queue = createStepQueue(options);
    } catch {
      return; // still no room: whoever asks is told why by the broken one
    }
    await broken.close();
  };
  const writeEnds = async (): Promise<void> => {
    for (const [runId, end] of unwritten) {
      try {
        queue.startRun(runId);
      } catch (error) {
        if (serializeError(error).code !== 'NOT_FOUND') return; // full again; the next time
      }
      unwritten.delete(runId);
      await queue.endRun(runId, end);
    }
  };
  const timer = setInterval(() => void mend(), mendMs).unref();

  const tellEnd = (runId: string, end: RunEnd): void => {
    const { progress } = getRun(options.db, runId);
    const error = end.error && serializeError(end.error);
    options.onEvent?.({ type: 'run', state: end.state, stage: FINAL_STAGE[end.state], progress, runId, atMs: Date.now(), ...(error ? { error: { code: error.code, message: error.message } } : {}) });
  };
  return {
    async ready() {
      for (const until = Date.now() + READY_MS; queue.brokenBy !== undefined && Date.now() < until;) {
        await mend();
        if (queue.isOver) return; // nothing of it is at work, and there is no room for another
        if (queue.brokenBy !== undefined) await delay(LOOK_MS);
      }
    },
    startRun(runId) {
      const run = queue.startRun(runId);
      unwritten.delete(runId); // it goes on
      return run;
    },
    setStage: (runId, stage) => queue.setStage(runId, stage),
    expectWeight: (runId, weight) => queue.expectWeight(runId, weight),
    signalOf: (runId) => queue.signalOf(runId),
    submit: (runId, steps) => queue.submit(runId, steps),
    waitFor: (runId, keys) => queue.waitFor(runId, keys),
    async endRun(runId, end) {
      const asked = queue;
      await asked.endRun(runId, end);
      if (asked.brokenBy === undefined) return;
      unwritten.set(runId, end);
      tellEnd(runId, end);
      await mend();
    },
    cancelRun: (runId) => queue.cancelRun(runId),
    resumeInterrupted: () => queue.resumeInterrupted(),
    async close() {
      clearInterval(timer);
      await mending;
      await queue.close();
    },
  };
}
