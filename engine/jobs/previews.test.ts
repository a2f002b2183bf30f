import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StudioDb } from '../db/open.ts';
import { openTestDb } from '../db/test-db.ts';
import type { RunEvent } from './run-events.ts';
import { createRun, readRunEvents } from './run-store.ts';
import { stepKey } from './step-key.ts';
import { createStepQueue, type StepQueue } from './step-queue.ts';
import type { StepContext, StepSpec } from './types.ts';

type Preview = Extract<RunEvent, { readonly type: 'preview' }> & { readonly cameMs: number };

let db: StudioDb;
let queue: StepQueue;
let previews: Preview[];
/** The contexts of handlers that are at work, by step name; a handler ends when its promise is resolved or it is canceled. */
let atWork: Map<string, { readonly context: StepContext; readonly done: PromiseWithResolvers<void> }>;

beforeEach(() => {
  db = openTestDb();
  previews = [];
  atWork = new Map();
  const work = async (context: StepContext) => {
    const done = Promise.withResolvers<void>();
    atWork.set(context.step.name, { context, done });
    await Promise.race([done.promise, once(context.signal, 'abort')]);
    context.signal.throwIfAborted();
    return { artifacts: {}, data: null };
  };
  const onEvent = (event: RunEvent): void => void (event.type === 'preview' && previews.push({ ...event, cameMs: performance.now() }));
  queue = createStepQueue({ db, handlers: { work }, hasArtifact: () => true, onEvent, stoppingMs: 200 });
});
afterEach(async () => {
  await queue.close();
  await db.close();
});

const step = (name: string): StepSpec => ({ key: stepKey({ kind: 'work', version: 1, params: name, inputs: [] }), kind: 'work', stage: 'GENERATING_SCENES', name, lane: 'io', deps: [], params: {} });

/** Starts a run with one step, and waits until its handler works. */
async function begin(name: string): Promise<{ runId: string; show: (byte: number) => void; done: () => void }> {
  const runId = createRun(db, { request: {} }).id;
  queue.submit(runId, [step(name)]);
  const { context, done } = await vi.waitFor(() => atWork.get(name) ?? expect.fail('not yet'));
  return { runId, show: (byte) => context.preview({ mime: 'image/jpeg', bytes: Uint8Array.of(byte) }), done: done.resolve };
}

test('a preview tells its run, its step and the picture; it is not kept', async () => {
  const { runId, show, done } = await begin('scene');
  show(7);
  expect(previews).toEqual([expect.objectContaining({ type: 'preview', runId, stepKey: step('scene').key, name: 'scene', mime: 'image/jpeg', base64: Buffer.of(7).toString('base64'), progress: 0 })]);
  expect(previews[0]).not.toHaveProperty('id');
  done();
  await queue.waitFor(runId, [step('scene').key]);
  expect(readRunEvents(db, runId).some(({ type }) => type === 'preview')).toBe(false);
});

test('there are no more than two a second of a step, and one step does not take them from another', async () => {
  const [one, other] = [await begin('one'), await begin('other')];
  one.show(0);
  other.show(0);
  while (previews.filter(({ name }) => name === 'one').length < 3) {
    one.show(1);
    await delay(3);
  }
  const times = previews.filter(({ name }) => name === 'one').map(({ cameMs }) => cameMs);
  expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= 499)).toBe(true);
  expect(previews.filter(({ name, runId }) => name === 'other' && runId === other.runId)).toHaveLength(1);
});

test('runs that share a step all see it; none does that needs another', async () => {
  const [first, stranger] = [await begin('shared'), await begin('another')];
  const second = createRun(db, { request: {} }).id;
  queue.submit(second, [step('shared')]);
  await vi.waitFor(() => expect(readRunEvents(db, second).some((event) => event.type === 'step' && event.step.state === 'running')).toBe(true));
  first.show(1);
  expect(previews.map(({ runId }) => runId).toSorted()).toEqual([first.runId, second].toSorted());
  expect(previews.every(({ runId }) => runId !== stranger.runId)).toBe(true);
  await queue.cancelRun(first.runId);
  await delay(510);
  first.show(2);
  expect(previews.slice(2).map(({ runId }) => runId)).toEqual([second]); // who canceled sees no more of it
});

test('nothing is shown after a cancel', async () => {
  const { runId, show } = await begin('scene');
  await queue.cancelRun(runId);
  show(1);
  expect(previews).toEqual([]);
});
