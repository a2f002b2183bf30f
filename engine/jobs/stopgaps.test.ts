import { afterEach, beforeEach, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import type { StudioDb } from '../db/open.ts';
import { openTestDb } from '../db/test-db.ts';
import { runChain } from './run-chain.ts';
import { createRun, listRunSteps } from './run-store.ts';
import { stepKey } from './step-key.ts';
import { createStepQueue, type StepQueue } from './step-queue.ts';
import type { Fallback, StepSpec } from './types.ts';

let db: StudioDb;
let queue: StepQueue;
/** What the first link of the chain ends with; undefined = it works. */
let failure: AdgenError | undefined;
let calls: number;

beforeEach(() => {
  db = openTestDb();
  [failure, calls] = [undefined, 0];
  queue = open();
});
afterEach(async () => {
  await queue.close();
  await db.close();
});

function open(): StepQueue {
  const backdrop = async ({ signal }: { readonly signal: AbortSignal }) => {
    calls += 1;
    const { value, fallback } = await runChain([{ id: 'comfyui' }, { id: 'embedded' }], async ({ id }) => {
      if (id === 'comfyui' && failure) throw failure;
      return id;
    }, { signal }, { retryFirstMs: 1 });
    return { artifacts: {}, data: { by: value }, provider: value, fallback };
  };
  return createStepQueue({ db, handlers: { backdrop }, hasArtifact: () => true, retryFirstMs: 1 });
}

const BACKDROP: StepSpec = { key: stepKey({ kind: 'backdrop', version: 1, params: 'a', inputs: [] }), kind: 'backdrop', stage: 'GENERATING_SCENES', name: 'backdrop', lane: 'io', deps: [], params: {} };

const outOfReach = (): AdgenError => new AdgenError('PROVIDER_UNAVAILABLE', 'The engine cannot be reached.', { isTransient: true });
const refusal = (): AdgenError => new AdgenError('PROVIDER_REJECTED', 'A model is missing, says "isPassing":true somebody.');

/** Does the step for a run; who made it, and whether it was there already. */
async function make(runId = createRun(db, { request: {} }).id): Promise<{ runId: string; by: unknown; isHit: boolean }> {
  queue.submit(runId, [BACKDROP]);
  const output = (await queue.waitFor(runId, [BACKDROP.key])).get(BACKDROP.key);
  return { runId, by: (output?.data as { by: unknown } | undefined)?.by, isHit: listRunSteps(db, runId)[0]?.isCacheHit === true };
}

const end = async ({ runId }: { readonly runId: string }): Promise<void> => await queue.endRun(runId, { state: 'succeeded' });
const fallbackOf = ({ runId }: { readonly runId: string }): readonly Fallback[] | undefined => listRunSteps(db, runId)[0]?.fallback;

test('what was made because a link was out of reach is made again by the next run', async () => {
  failure = outOfReach();
  const first = await make();
  expect(first).toMatchObject({ by: 'embedded', isHit: false });
  expect(fallbackOf(first)).toEqual([{ from: 'comfyui', to: 'embedded', reason: 'The engine cannot be reached.', name: 'PROVIDER_UNAVAILABLE', isPassing: true }]);
  await end(first);
  failure = undefined;
  const second = await make();
  expect(second).toMatchObject({ by: 'comfyui', isHit: false });
  await end(second);
  expect(await make()).toMatchObject({ by: 'comfyui', isHit: true });
  expect(calls).toBe(2);
});

test('as long as the link stays out of reach, each run asks once', async () => {
  failure = outOfReach();
  for (const expected of [1, 2]) {
    const run = await make();
    await end(run);
    expect([run.by, run.isHit, calls]).toEqual(['embedded', false, expected]);
  }
});

test('what was made because a link refused stays', async () => {
  failure = refusal();
  const first = await make();
  expect(fallbackOf(first)?.[0]).not.toHaveProperty('isPassing');
  await end(first);
  failure = undefined;
  expect(await make()).toMatchObject({ by: 'embedded', isHit: true });
  expect(calls).toBe(1);
});

test('runs that are not over keep what they stand on, and so do those that join them', async () => {
  failure = outOfReach();
  const [first, second] = [await make(), await make()];
  expect([first.isHit, second.isHit]).toEqual([false, true]);
  failure = undefined;
  await end(first);
  expect(await make(second.runId)).toMatchObject({ by: 'embedded' }); // asked for again by the same run
  expect(await make()).toMatchObject({ by: 'embedded', isHit: true });
  expect(calls).toBe(1);
});

test('a run that was interrupted and goes on keeps it too', async () => {
  failure = outOfReach();
  const { runId } = await make();
  await queue.close();
  failure = undefined;
  queue = open();
  expect(queue.resumeInterrupted().map(({ id }) => id)).toEqual([runId]);
  queue.startRun(runId);
  expect(await make(runId)).toMatchObject({ by: 'embedded', isHit: false });
  await end({ runId });
  expect(await make()).toMatchObject({ by: 'comfyui', isHit: false });
});
