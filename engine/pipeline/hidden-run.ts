/**
 * Work that needs steps but is no advert: what a preview draws, a cut-out before there is a project. Steps that are there already are read as they are;
 * only for a missing one is a run written down (`purpose: 'film'`), so that it is done under its own key by the durable queue like any other, and the
 * run that follows finds it. Lists leave such runs out; they go when their work is done, and at the next start when the process died.
 */
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { runs } from '#engine/db/schema.ts';
import { canceledError } from '#engine/jobs/canceled-error.ts';
import { createRun, getRun, hasSucceeded } from '#engine/jobs/run-store.ts';
import type { StepQueue } from '#engine/jobs/step-queue.ts';
import type { StepOutput, StepSpec } from '#engine/jobs/types.ts';
import { forbiddenFor } from './chains.ts';
import { readFinishedStep } from './finished-step.ts';
import { createMakerMemory } from './maker-memory.ts';
import type { RunContext } from './run-context.ts';
import type { MakeRequest } from './run-request.ts';
import type { Services } from './services.ts';
import { createWorkflowChooser } from './workflow-chooser.ts';

export interface HiddenRunDeps {
  readonly db: StudioDb;
  readonly queue: StepQueue;
  readonly services: Services;
}

/** Who may be asked; a project's preview asks whom its last run asked. */
export type HiddenRunWishes = Readonly<Pick<MakeRequest, 'isOffline' | 'engine'>> & { readonly workflows: readonly string[] };

/** Does the work with a run behind it. Rejects with its error, and with an AbortError when `signal` aborts. */
export async function withHiddenRun<T>(wishes: HiddenRunWishes, { db, queue, services }: HiddenRunDeps, signal: AbortSignal, work: (run: RunContext & { readonly notices: string[] }) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let runId: string | undefined;
  const begin = (): string => {
    if (runId) return runId;
    runId = createRun(db, { request: { kind: 'film' }, purpose: 'film' }).id;
    queue.startRun(runId);
    return runId;
  };
  const cancel = (): void => void (runId && queue.cancelRun(runId));
  either.addEventListener('abort', cancel, { once: true });
  try {
    await queue.ready();
    either.throwIfAborted();
    return await work(createContext(wishes, { db, queue, services }, either, begin));
  } catch (error) {
    throw signal.aborted ? canceledError() : error;
  } finally {
    either.removeEventListener('abort', cancel);
    stop.abort();
    if (runId) await forget(runId, db, queue);
  }
}

function createContext(wishes: HiddenRunWishes, { db, queue, services }: HiddenRunDeps, signal: AbortSignal, begin: () => string): RunContext & { readonly notices: string[] } {
  const notices: string[] = [];
  const { comfy } = services;
  const mayAsk = comfy !== undefined && wishes.engine !== 'embedded' && !(wishes.isOffline && comfy.needsNetwork);
  return {
    runId: '',
    services,
    notices,
    wanted: wishes.workflows,
    policy: { isOffline: wishes.isOffline, forbidden: forbiddenFor(wishes.engine, mayAsk) },
    choose: mayAsk ? createWorkflowChooser({ comfy, db, wanted: wishes.workflows, signal, onGenerated() {} }) : async () => undefined,
    ...createMakerMemory({ db, services, wish: wishes.engine, mayAsk }),
    isMade: (key) => hasSucceeded(db, key),
    async step(step) {
      signal.throwIfAborted();
      const output = readFinishedStep(db, services, step.key) ?? (await makeStep(step, queue, begin()));
      return output;
    },
    notice(text) {
      if (!notices.includes(text)) notices.push(text);
    },
  };
}

async function makeStep(step: StepSpec, queue: StepQueue, runId: string): Promise<StepOutput> {
  queue.submit(runId, [step]);
  const output = (await queue.waitFor(runId, [step.key])).get(step.key);
  if (!output) throw new Error(`step ${step.name} ended without a result`);
  return output;
}

/** A run that has not ended (the program is closing) stays, and goes at the next start. */
async function forget(runId: string, db: StudioDb, queue: StepQueue): Promise<void> {
  await queue.endRun(runId, { state: 'canceled' });
  if (getRun(db, runId).endedMs !== null) db.transaction(() => db.orm.delete(runs).where(eq(runs.id, runId)).run());
}

/** How old a hidden run is that was written down and never begun: its process died in between. */
const UNBEGUN_MS = 60_000;

/** Removes what dead processes left; called before interrupted runs are taken up again. */
export function removeOrphanedHiddenRuns(db: StudioDb, now: () => number = Date.now): void {
  const remove = db.prepare<[number]>("DELETE FROM runs WHERE purpose = 'film' AND (ended_ms IS NOT NULL OR (owner_id IS NULL AND (started_ms IS NOT NULL OR created_ms < ?)))");
  db.transaction(() => remove.run(now() - UNBEGUN_MS));
}
