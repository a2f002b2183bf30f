import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { openStudioDb, type StudioDb } from '../db/open.ts';
import { openTestDb } from '../db/test-db.ts';
import { openArtifactStore, type ArtifactStore } from '../storage/artifact-store.ts';
import type { RunEvent } from './run-events.ts';
import { createRun, getRun, hasSucceeded, listRuns, listRunSteps, readRunEvents } from './run-store.ts';
import { stepKey } from './step-key.ts';
import { createStepQueue, type StepQueue } from './step-queue.ts';
import type { Lane, StepContext, StepOutput, StepSpec } from './types.ts';

let db: StudioDb;
let store: ArtifactStore;
let queue: StepQueue;
let events: RunEvent[];
/** What the handler `work` does, by step name; by default it leaves a file with the name in it. */
let work: Record<string, (context: StepContext) => Promise<StepOutput | undefined>>;
let calls: string[];

beforeEach(() => {
  db = openTestDb();
  store = openArtifactStore(db.dataDir);
  queue = open();
});
afterEach(async () => {
  await queue.close();
  await db.close();
});

function open(lanes: Partial<Record<Lane, number>> = {}): StepQueue {
  events = [];
  work = {};
  calls = [];
  const handler = async (context: StepContext): Promise<StepOutput> => {
    const { name } = context.step;
    calls.push(name);
    return (await work[name]?.(context)) ?? { artifacts: { file: await store.putBytes(Buffer.from(name), `${name}.txt`, 'text/plain') }, data: { name } };
  };
  return createStepQueue({ db, handlers: { work: handler }, hasArtifact: (hash) => store.has(hash), lanes, onEvent: (event) => events.push(event), retryFirstMs: 1, stoppingMs: 300 });
}

const step = (name: string, deps: readonly StepSpec[] = [], more: Partial<StepSpec> = {}): StepSpec => ({
  key: stepKey({ kind: 'work', version: 1, params: name, inputs: deps.map(({ key }) => key) }),
  kind: 'work',
  stage: 'COMPOSITING',
  name,
  lane: 'io',
  deps: deps.map(({ key }) => key),
  params: {},
  ...more,
});
const newRun = (): string => createRun(db, { request: {} }).id;
const keysOf = (steps: readonly StepSpec[]): string[] => steps.map(({ key }) => key);
const statesOf = (runId: string): string[] => listRunSteps(db, runId).map(({ name, state, isCacheHit }) => `${name} ${state}${isCacheHit ? ' hit' : ''}`);

async function runAll(steps: readonly StepSpec[], runId = newRun()): Promise<string> {
  queue.submit(runId, steps);
  await queue.waitFor(runId, keysOf(steps));
  await queue.endRun(runId, { state: 'succeeded' });
  return runId;
}

describe('a run', () => {
  test('does its steps after what they need, hands results on, and is shown as it was', async () => {
    const first = step('cut-out');
    const second = step('segment', [first], { weight: 3 });
    work['segment'] = async ({ input, report }) => {
      report(0.5, 'half way');
      report(0.25);
      return { artifacts: {}, data: { from: input(first.key).data }, provider: 'embedded', fallback: [{ from: 'comfyui', to: 'embedded', reason: 'off' }], costUsd: 0.25 };
    };
    const runId = newRun();
    queue.submit(runId, [second, first]);
    queue.setStage(runId, 'COMPOSITING');
    const outputs = await queue.waitFor(runId, [second.key]);
    expect(outputs.get(second.key)?.data).toEqual({ from: { name: 'cut-out' } });
    await queue.endRun(runId, { state: 'succeeded' });
    expect(calls).toEqual(['cut-out', 'segment']);
    expect(getRun(db, runId)).toMatchObject({ state: 'succeeded', stage: 'COMPLETED', progress: 1, isInterrupted: false, ownerPid: process.pid });
    const record = listRunSteps(db, runId).find(({ name }) => name === 'segment');
    expect(record).toMatchObject({ kind: 'work', state: 'succeeded', progress: 1, attempts: 1, provider: 'embedded', costUsd: 0.25, fallback: [{ from: 'comfyui' }] });
    expect(record?.startedMs).toBeLessThanOrEqual(record?.endedMs ?? 0);
    expect(hasSucceeded(db, first.key)).toBe(true);
    expect(listRuns(db)).toHaveLength(1);
  });

  test('may grow while it runs; the same step twice is one step', async () => {
    const a = step('a');
    const runId = newRun();
    queue.submit(runId, [a]);
    await queue.waitFor(runId, [a.key]);
    const b = step('b', [a]);
    queue.submit(runId, [a, b]);
    await queue.waitFor(runId, [a.key, b.key]);
    expect(calls).toEqual(['a', 'b']);
    expect(statesOf(runId)).toEqual(['a succeeded', 'b succeeded']);
  });

  test('tells what happens, in order, and again to a watcher that comes late; progress never goes back', async () => {
    const a = step('a');
    const runId = await runAll([a, step('b', [a])]);
    const line = (event: RunEvent): string => (event.type === 'step' ? `${event.step.name} ${event.step.state}` : event.type === 'run' ? `run ${event.state}` : event.type);
    const told = ['run running', 'steps', 'a running', 'a succeeded', 'b running', 'b succeeded', 'run succeeded'];
    expect(events.map(line)).toEqual(told);
    const progress = events.flatMap((event) => ('progress' in event ? [event.progress] : []));
    expect(progress).toEqual(progress.toSorted((x, y) => x - y));
    const kept = readRunEvents(db, runId);
    expect(kept).toEqual(events);
    expect(readRunEvents(db, runId, kept[4]?.id).map(line)).toEqual(told.slice(5));
  });

  test('reports progress of a running step', async () => {
    const isReported = Promise.withResolvers<void>();
    work['a'] = async ({ report }) => {
      report(0.4, 'frame 12 of 30');
      report(0.1);
      await isReported.promise;
      return undefined;
    };
    const runId = newRun();
    queue.submit(runId, [step('a')]);
    while (!events.some(({ type }) => type === 'progress')) await delay(5);
    expect(listRunSteps(db, runId)[0]).toMatchObject({ progress: 0.4, note: 'frame 12 of 30', state: 'running' });
    expect(getRun(db, runId).progress).toBeCloseTo(0.4);
    isReported.resolve();
    await queue.waitFor(runId, keysOf([step('a')]));
  });

  test('a step that needs what is neither submitted nor finished is refused', () => {
    expect(() => queue.submit(newRun(), [step('b', [step('a')])])).toThrow(/neither submitted nor finished/);
  });
});

describe('a result that is there', () => {
  test('is used again by a later run, also in another process, without any work', async () => {
    const a = step('a');
    const steps = [a, step('b', [a])];
    await runAll(steps);
    await queue.close();
    queue = open();
    const again = await runAll(steps);
    expect(calls).toEqual([]);
    expect(statesOf(again)).toEqual(['a succeeded hit', 'b succeeded hit']);
    expect(listRunSteps(db, again).map(({ attempts, costUsd }) => [attempts, costUsd])).toEqual([[0, 0], [0, 0]]);
  });

  test('but whose artifact is gone is made again, alone', async () => {
    const a = step('a');
    const steps = [a, step('b', [a])];
    const runId = newRun();
    queue.submit(runId, steps);
    const hash = (await queue.waitFor(runId, keysOf(steps))).get(a.key)?.artifacts['file']?.hash ?? '';
    await store.remove(hash);
    calls.length = 0;
    expect(statesOf(await runAll(steps))).toEqual(['a succeeded', 'b succeeded hit']);
    expect([calls, store.has(hash)]).toEqual([['a'], true]);
  });

  test('is shared by two runs that need it at once', async () => {
    const gate = Promise.withResolvers<undefined>();
    work['shared'] = async () => await gate.promise;
    const shared = step('shared');
    const runs = [newRun(), newRun()];
    for (const runId of runs) queue.submit(runId, [shared]);
    while (!runs.every((runId) => listRunSteps(db, runId)[0]?.state === 'running')) await delay(5);
    gate.resolve(undefined);
    await Promise.all(runs.map(async (runId) => await queue.waitFor(runId, [shared.key])));
    expect(calls).toEqual(['shared']);
  });

  test('never counts when it names an artifact that is not in the store', async () => {
    work['liar'] = async () => ({ artifacts: { file: { hash: 'ab'.repeat(32), name: 'x', mime: 'y' } }, data: {} });
    const runId = newRun();
    queue.submit(runId, [step('liar')]);
    await expect(queue.waitFor(runId, keysOf([step('liar')]))).rejects.toThrow(/not in the store/);
    expect(hasSucceeded(db, step('liar').key)).toBe(false);
  });
});

describe('a failure', () => {
  test('that is transient is tried again, with the number of the attempt', async () => {
    const seen: [number, boolean][] = [];
    work['flaky'] = async ({ attempt, isLastAttempt }) => {
      seen.push([attempt, isLastAttempt]);
      if (attempt < 3) throw new AdgenError('PROVIDER_UNAVAILABLE', 'busy', { isTransient: true });
      return undefined;
    };
    const runId = await runAll([step('flaky')]);
    expect(seen).toEqual([[1, false], [2, false], [3, true]]);
    expect(listRunSteps(db, runId)[0]).toMatchObject({ state: 'succeeded', attempts: 3, error: undefined });
    expect(events.filter((event) => event.type === 'step' && event.step.error?.message === 'busy')).toHaveLength(2);
  });

  test('that stays fails after its attempts', async () => {
    work['down'] = async () => Promise.reject(new AdgenError('PROVIDER_UNAVAILABLE', 'still busy', { isTransient: true }));
    const down = step('down', [], { maxAttempts: 2 });
    const runId = newRun();
    queue.submit(runId, [down]);
    await expect(queue.waitFor(runId, [down.key])).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: 'still busy' });
    expect(calls).toEqual(['down', 'down']);
  });

  test('that is permanent is not tried again; what needs it is canceled, the rest goes on', async () => {
    work['bad'] = async () => Promise.reject(new AdgenError('TOOL_FAILED', 'ffmpeg exited with code 1'));
    const bad = step('bad');
    const child = step('child', [bad]);
    const grandchild = step('grandchild', [child]);
    const other = step('other');
    const runId = newRun();
    queue.submit(runId, [bad, child, grandchild, other]);
    await expect(queue.waitFor(runId, [other.key, grandchild.key])).rejects.toMatchObject({ code: 'TOOL_FAILED' });
    await queue.waitFor(runId, [other.key]);
    await expect(queue.waitFor(runId, [bad.key])).rejects.toMatchObject({ code: 'TOOL_FAILED' });
    await queue.endRun(runId, { state: 'failed', error: new AdgenError('TOOL_FAILED', 'ffmpeg exited with code 1') });
    expect(statesOf(runId)).toEqual(['bad failed', 'child canceled', 'grandchild canceled', 'other succeeded']);
    expect(getRun(db, runId)).toMatchObject({ state: 'failed', stage: 'FAILED', error: { code: 'TOOL_FAILED' } });
    expect(calls).toEqual(['bad', 'other']);
  });

  test('can be made good: the run is started again and repeats only what had not finished', async () => {
    work['bad'] = async () => Promise.reject(new AdgenError('DISK_FULL', 'full'));
    const good = step('good');
    const bad = step('bad', [good]);
    const runId = newRun();
    queue.submit(runId, [good, bad]);
    await expect(queue.waitFor(runId, [bad.key])).rejects.toMatchObject({ code: 'DISK_FULL' });
    await queue.endRun(runId, { state: 'failed', error: new AdgenError('DISK_FULL', 'full') });
    work = {};
    queue.startRun(runId);
    expect(getRun(db, runId)).toMatchObject({ state: 'running', stage: 'PENDING', error: null, endedMs: null });
    await runAll([good, bad], runId);
    expect(calls).toEqual(['good', 'bad', 'bad']);
    expect(statesOf(runId)).toEqual(['good succeeded', 'bad succeeded']);
  });

  test('of a handler that aborts without being asked is not taken for a cancel', async () => {
    work['odd'] = async () => Promise.reject(Object.assign(new Error('timeout'), { name: 'AbortError' }));
    const runId = newRun();
    queue.submit(runId, [step('odd')]);
    await expect(queue.waitFor(runId, keysOf([step('odd')]))).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('timeout') });
  });
});

describe('cancel', () => {
  const untilAborted = async ({ signal }: StepContext): Promise<undefined> => {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    return undefined;
  };

  test('reaches the handler at once and ends the run when it has stopped', async () => {
    const order: string[] = [];
    work['long'] = async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => (order.push('told'), resolve())));
      await delay(30);
      order.push('stopped');
      throw signal.reason as Error;
    };
    const long = step('long');
    const runId = newRun();
    queue.submit(runId, [long, step('after', [long])]);
    const waiting = expect(queue.waitFor(runId, [long.key])).rejects.toMatchObject({ name: 'AbortError' });
    const signal = queue.signalOf(runId);
    while (calls.length === 0) await delay(2);
    const canceled = queue.cancelRun(runId);
    expect(order).toEqual(['told']);
    expect(signal.aborted).toBe(true);
    await waiting;
    await canceled;
    expect(order).toEqual(['told', 'stopped']);
    expect(statesOf(runId)).toEqual(['long canceled', 'after canceled']);
    expect(getRun(db, runId)).toMatchObject({ state: 'canceled', stage: 'CANCELED', error: null });
    expect(events.some((event) => event.type === 'step' && event.step.state === 'failed')).toBe(false);
  });

  test('ends the run although a handler never stops', async () => {
    work['deaf'] = async () => await new Promise<never>(() => undefined);
    const runId = newRun();
    queue.submit(runId, [step('deaf')]);
    while (calls.length === 0) await delay(2);
    await queue.cancelRun(runId);
    expect(getRun(db, runId)).toMatchObject({ state: 'canceled', stage: 'CANCELED' });
  });

  test('of one run leaves a shared step to the other', async () => {
    const gate = Promise.withResolvers<undefined>();
    work['shared'] = async () => await gate.promise;
    const shared = step('shared');
    const [a, b] = [newRun(), newRun()];
    for (const runId of [a, b]) queue.submit(runId, [shared]);
    while (listRunSteps(db, b)[0]?.state !== 'running') await delay(5);
    await queue.cancelRun(a);
    gate.resolve(undefined);
    await queue.waitFor(b, [shared.key]);
    expect([calls, statesOf(a), statesOf(b)]).toEqual([['shared'], ['shared canceled'], ['shared succeeded']]);
  });

  test('does not spoil the step for a run that asks for it meanwhile', async () => {
    work['slow to stop'] = async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      work = {};
      await delay(20);
      throw signal.reason as Error;
    };
    const slow = step('slow to stop');
    const [a, b] = [newRun(), newRun()];
    queue.submit(a, [slow]);
    while (calls.length === 0) await delay(2);
    const canceled = queue.cancelRun(a);
    queue.submit(b, [slow]);
    await queue.waitFor(b, [slow.key]);
    await canceled;
    expect(calls).toEqual(['slow to stop', 'slow to stop']);
  });

  test('by closing leaves the run to be resumed, without a step that seems to run', async () => {
    work['long'] = untilAborted;
    const runId = newRun();
    queue.submit(runId, [step('long'), step('done')]);
    await queue.waitFor(runId, keysOf([step('done')]));
    await queue.close();
    expect(statesOf(runId)).toEqual(['long queued', 'done succeeded']);
    expect(getRun(db, runId)).toMatchObject({ state: 'queued', isInterrupted: true, endedMs: null });
    queue = open();
    expect(queue.resumeInterrupted().map(({ id }) => id)).toEqual([runId]);
    await runAll([step('long'), step('done')], runId);
    expect(calls).toEqual(['long']);
  });
});

describe('lanes', () => {
  test('hold no more than their places, and runs take turns in them', async () => {
    await queue.close();
    queue = open({ cpu: 1, net: 3 });
    const running = new Map<Lane, number>();
    const most = new Map<Lane, number>();
    const [a, b] = [newRun(), newRun()];
    const make = (prefix: string, lane: Lane) => Array.from({ length: 6 }, (_, i) => step(`${prefix}${i}`, [], { lane }));
    const steps = { a: [...make('a', 'cpu'), ...make('n', 'net')], b: make('b', 'cpu') };
    for (const { name, lane } of [...steps.a, ...steps.b]) {
      work[name] = async () => {
        running.set(lane, (running.get(lane) ?? 0) + 1);
        most.set(lane, Math.max(most.get(lane) ?? 0, running.get(lane) ?? 0));
        await delay(4);
        running.set(lane, (running.get(lane) ?? 0) - 1);
        return undefined;
      };
    }
    queue.submit(a, steps.a);
    queue.submit(b, steps.b);
    await Promise.all([queue.waitFor(a, keysOf(steps.a)), queue.waitFor(b, keysOf(steps.b))]);
    expect(Object.fromEntries(most)).toEqual({ cpu: 1, net: 3 });
    const inCpu = calls.filter((name) => !name.startsWith('n'));
    expect(inCpu).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4', 'a5', 'b5']);
    expect(db.prepare('SELECT count(*) AS n FROM lane_slots').get()).toEqual({ n: 0 });
  });
});

describe('a journal that cannot be written', () => {
  test('ends the run with the cause; what was finished is kept', async () => {
    const folder = join(db.dataDir, 'small');
    mkdirSync(folder);
    if (!tryMount(folder)) return expect(() => store.pathOf('no mount here')).toThrow();
    try {
      await fillAndRecover(folder);
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });

  async function fillAndRecover(folder: string): Promise<void> {
    const small = openStudioDb(folder, { backupIntervalMs: Infinity });
    const handlers = { work: async ({ step: { name } }: StepContext) => (name === 'fills' ? fill(folder) : { artifacts: {}, data: { blob: 'x'.repeat(100_000) } }) };
    const own = createStepQueue({ db: small, handlers, hasArtifact: () => true });
    const runId = createRun(small, { request: {} }).id;
    const first = step('first');
    const fills = step('fills', [first]);
    own.submit(runId, [first, fills]);
    await expect(own.waitFor(runId, [fills.key])).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('small') });
    await own.endRun(runId, { state: 'failed', error: new Error('full') });
    rmSync(join(folder, 'ballast'));
    await own.close();
    await small.close();
    const again = openStudioDb(folder);
    expect([hasSucceeded(again, first.key), hasSucceeded(again, fills.key)]).toEqual([true, false]);
    expect(getRun(again, runId).isInterrupted).toBe(true);
    await again.close();
  }

  /** Takes all the room there is, then asks for a result that needs some. */
  async function fill(folder: string): Promise<StepOutput> {
    for (let size = 1 << 20; size >= 512; size /= 2) {
      try {
        for (;;) writeFileSync(join(folder, 'ballast'), Buffer.alloc(size), { flag: 'a' });
      } catch {
        // full for this size
      }
    }
    return { artifacts: {}, data: { blob: 'y'.repeat(400_000) } };
  }
});

test('a thousand steps are finished, and none is lost', async () => {
  const steps = Array.from({ length: 1000 }, (_, i) => step(`s${i}`, [], { lane: i % 2 === 0 ? 'cpu' : 'net' }));
  for (const { name } of steps) work[name] = async () => ({ artifacts: {}, data: { name } });
  const runId = await runAll(steps);
  expect(new Set(calls).size).toBe(1000);
  expect(listRunSteps(db, runId).every(({ state }) => state === 'succeeded')).toBe(true);
});

function tryMount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'adgen-test', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
