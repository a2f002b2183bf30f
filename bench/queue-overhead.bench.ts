/** How many steps that do nothing pass through the durable queue in a second, each journaled before and after? */
import { rm } from 'node:fs/promises';
import { openStudioDb } from '#engine/db/open.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import { createStepQueue } from '#engine/jobs/step-queue.ts';
import type { StepSpec } from '#engine/jobs/types.ts';
import type { Question } from './kit/question.ts';

const STEPS = 1000;

export const question: Question = {
  name: 'queue-overhead',
  figures: [{ id: 'stepsPerSecond', asks: '1,000 no-op steps through the durable queue', unit: 'steps/s', reach: { atLeast: 1000 } }],
  async sample(workshop, round) {
    const dataDir = workshop.newPath();
    const db = openStudioDb(dataDir);
    const queue = createStepQueue({ db, handlers: { noop: async () => ({ artifacts: {}, data: null }) }, hasArtifact: () => true });
    const { id } = createRun(db, { request: {} });
    const steps = Array.from({ length: STEPS }, (_, index) => noop(index, round));
    const startedMs = performance.now();
    queue.startRun(id);
    queue.submit(id, steps);
    await queue.waitFor(id, steps.map((step) => step.key));
    const seconds = (performance.now() - startedMs) / 1000;
    await queue.endRun(id, { state: 'succeeded' });
    await queue.close();
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
    return { stepsPerSecond: STEPS / seconds };
  },
};

function noop(index: number, round: number): StepSpec {
  const key = stepKey({ kind: 'noop', version: 1, params: { index, round } });
  return { key, kind: 'noop', stage: 'RENDERING', name: `noop ${index}`, lane: 'io', deps: [], params: {} };
}
