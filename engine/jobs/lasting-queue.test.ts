import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { openStudioDb, type StudioDb } from '../db/open.ts';
import { canMount, mountSmallDisk } from '../storage/testing/small-disk.ts';
import type { SmallDisk } from '../storage/testing/small-disk.ts';
import { createLastingQueue } from './lasting-queue.ts';
import type { RunEvent } from './run-events.ts';
import { createRun, getRun, readRunEvents } from './run-store.ts';
import { stepKey } from './step-key.ts';
import type { StepQueue } from './step-queue.ts';
import type { StepContext, StepOutput, StepSpec } from './types.ts';

describe.runIf(canMount())('a journal that cannot be written for a while', () => {
  let folder: string;
  let disk: SmallDisk;
  let db: StudioDb;
  let queue: StepQueue;
  let events: RunEvent[];
  let calls: string[];
  /** A run from before the disk was full. */
  let newId: string;
  let release: () => void;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adgen-lasting-'));
    disk = mountSmallDisk(folder, '3m');
    db = openStudioDb(folder, { backupIntervalMs: Infinity });
    events = [];
    calls = [];
    newId = newRun();
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    const work = async ({ step: { name } }: StepContext): Promise<StepOutput> => {
      calls.push(name);
      if (name === 'slow') await isReleased;
      if (name === 'fills' && calls.filter((each) => each === 'fills').length === 1) fill();
      return { artifacts: {}, data: { blob: name.repeat(80_000) } };
    };
    queue = createLastingQueue({ db, handlers: { work }, hasArtifact: () => true, onEvent: (event) => events.push(event) }, 20);
  });

  afterEach(async () => {
    await queue.close();
    await db.close();
    disk.unmount();
    await rm(folder, { recursive: true, force: true });
  });

  const step = (name: string): StepSpec => ({ key: stepKey({ kind: 'work', version: 1, params: name, inputs: [] }), kind: 'work', stage: 'COMPOSITING', name, lane: 'io', deps: [], params: {} });
  const newRun = (): string => createRun(db, { request: {} }).id;
  const makeRoom = (): void => rmSync(join(folder, 'ballast'));

  /** Takes all the room there is. */
  function fill(): void {
    for (let size = 1 << 20; size >= 512; size /= 2) {
      try {
        for (;;) writeFileSync(join(folder, 'ballast'), Buffer.alloc(size), { flag: 'a' });
      } catch {
        // full for this size
      }
    }
  }

  async function breakIt(runId: string): Promise<void> {
    const fills = step('fills');
    queue.startRun(runId);
    queue.submit(runId, [fills]);
    const error = await queue.waitFor(runId, [fills.key]).then(() => expect.fail('there was room'), (thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'DISK_FULL' });
    await queue.endRun(runId, { state: 'failed', error });
  }

  test('work that is asked for while the broken queue\'s is still ending is taken a moment later, as soon as there is room', async () => {
    const [slow, runId] = [step('slow'), newRun()];
    queue.startRun(runId);
    queue.submit(runId, [slow, step('fills')]);
    const error = await queue.waitFor(runId, [slow.key]).then(() => expect.fail('there was room'), (thrown: unknown) => thrown as Error);
    makeRoom();
    const ending = queue.endRun(runId, { state: 'failed', error });
    const nextId = newRun();
    expect(() => queue.startRun(nextId)).toThrow(AdgenError);
    const isReady = queue.ready();
    release();
    await isReady;
    expect(queue.startRun(nextId)).toMatchObject({ state: 'running' });
    await ending;
    await queue.endRun(nextId, { state: 'canceled' });
  });

  test('without room work is refused at once', async () => {
    await breakIt(newRun());
    await queue.ready();
    expect(() => queue.startRun(newId)).toThrow(AdgenError);
  });

  test('the end of a run is told at once, and written when there is room', async () => {
    const runId = newRun();
    await breakIt(runId);
    expect(events.at(-1)).toMatchObject({ type: 'run', runId, state: 'failed', stage: 'FAILED', error: { code: 'DISK_FULL' } });
    expect(getRun(db, runId).state).toBe('running');
    expect(() => queue.startRun(runId)).toThrow(AdgenError);
    makeRoom();
    await vi.waitFor(() => expect(getRun(db, runId)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } }));
    expect(readRunEvents(db, runId).at(-1)).toMatchObject({ type: 'run', state: 'failed' });
  });

  test('then other runs are done, and the same one again', async () => {
    const [first, other] = [newRun(), newRun()];
    await breakIt(first);
    makeRoom();
    await vi.waitFor(() => expect(getRun(db, first).state).toBe('failed'));
    for (const runId of [other, first]) {
      const [again, more] = [step('fills'), step('more')];
      queue.startRun(runId);
      queue.submit(runId, [again, more]);
      await queue.waitFor(runId, [again.key, more.key]);
      await queue.endRun(runId, { state: 'succeeded' });
      expect(getRun(db, runId)).toMatchObject({ state: 'succeeded', error: null });
    }
    expect(calls).toEqual(['fills', 'fills', 'more']);
    expect(db.prepare('SELECT count(*) AS n FROM processes').get()).toEqual({ n: 1 });
    expect(db.prepare('SELECT count(*) AS n FROM lane_slots').get()).toEqual({ n: 0 });
  });

  test('a run that was forgotten meanwhile stays forgotten', async () => {
    const [gone, next] = [newRun(), newRun()];
    await breakIt(gone);
    makeRoom();
    db.prepare('DELETE FROM runs WHERE id = ?').run(gone);
    await vi.waitFor(() => expect(() => queue.startRun(next)).not.toThrow());
    await queue.endRun(next, { state: 'succeeded' });
    expect(getRun(db, next).state).toBe('succeeded');
  });
});

