import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { livenessOf, type ProcessIdentity } from './process-liveness.ts';
import { createWorkerPool, type WorkerPool, type WorkerRunOptions } from './worker-pool.ts';

const MODULE = new URL('./fixtures/worker-task.ts', import.meta.url).href;
let dataDir: string;
let pool: WorkerPool;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'adgen-pool-'));
  pool = createWorkerPool({ threads: 1, maxOldGenerationSizeMb: 64, dataDir });
});
afterEach(async () => {
  await pool.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const run = async <T>(what: string, options?: WorkerRunOptions, more = {}): Promise<T> => await pool.run<T>({ module: MODULE, payload: { what, ...more } }, options);

/** Starts a task and cancels it as soon as it reports. */
async function runAndCancel(what: string): Promise<string[]> {
  const controller = new AbortController();
  const notes: string[] = [];
  const onProgress = (_: number, note = ''): void => {
    notes.push(note);
    controller.abort();
  };
  await expect(run(what, { signal: controller.signal, onProgress }, { dataDir })).rejects.toMatchObject({ name: 'AbortError' });
  return notes;
}

describe('the worker pool', () => {
  test('runs tasks on threads that it uses again', async () => {
    const [first, second] = [await run<{ threadId: number; uses: number }>('thread'), await run<{ threadId: number; uses: number }>('thread')];
    expect(first.threadId).toBeGreaterThan(0);
    expect(second).toEqual({ threadId: first.threadId, uses: 2 });
  });

  test('gives a disposable task a thread of its own', async () => {
    const options = { isDisposable: true };
    const [first, second] = [await run<{ threadId: number; uses: number }>('thread', options), await run<{ threadId: number; uses: number }>('thread', options)];
    expect(second.uses).toBe(1);
    expect(second.threadId).not.toBe(first.threadId);
  });

  test('brings every report, in order, before the result', async () => {
    const reports: unknown[] = [];
    expect(await run('reports', { onProgress: (progress, note) => reports.push([progress, note]) })).toBe('done');
    expect(reports).toEqual([[0.25, 'a'], [0.5, 'b'], [1, 'c']]);
  });

  test('moves buffers', async () => {
    const { buffer } = new Uint8Array([1, 2, 3]);
    expect(await pool.run({ module: MODULE, payload: { what: 'sums', buffer }, transfer: [buffer] })).toBe(6);
    expect(buffer.byteLength).toBe(0);
  });
});

describe('a task that goes wrong', () => {
  test('gives its error back with code, data and kind', async () => {
    await expect(run('fails')).rejects.toMatchObject({ name: 'AdgenError', code: 'PROVIDER_REJECTED', message: 'no such voice', isTransient: true, data: { voice: 'x' } });
  });

  test.each(['crashes', 'hoards'])('and %s takes only its own thread along', async (what) => {
    await expect(run(what)).rejects.toThrow();
    expect(await run('reports')).toBe('done');
  });

  test('by using up the heap is told what to do', async () => {
    await expect(run('hoards')).rejects.toMatchObject({ code: 'TOOL_FAILED', message: expect.stringContaining('memory') });
  });

  test('because it lies outside the engine is not loaded', async () => {
    const outside = join(dataDir, 'evil.mjs');
    writeFileSync(outside, 'export const run = () => 1;');
    for (const module of [pathToFileURL(outside).href, 'data:text/javascript,export const run = () => 1', 'node:fs']) {
      await expect(pool.run({ module, payload: {} })).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('engine folder') });
    }
  });
});

describe('cancel', () => {
  test('is told to the task first, which stops by itself and keeps its thread', async () => {
    const before = await run<{ threadId: number }>('thread');
    await runAndCancel('stopsWhenTold');
    expect((await run<{ threadId: number }>('thread')).threadId).toBe(before.threadId);
  });

  test('ends the thread of a task that does not stop', async () => {
    const before = await run<{ threadId: number }>('thread');
    await runAndCancel('neverStops');
    expect((await run<{ threadId: number }>('thread')).threadId).not.toBe(before.threadId);
  });

  test('kills what an ended thread had started', async () => {
    const [note = ''] = await runAndCancel('leavesChild');
    const child = JSON.parse(note) as ProcessIdentity;
    while (livenessOf(child) !== 'dead') await delay(10);
  });

  test('before the start means that nothing starts', async () => {
    await expect(run('thread', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const busy = new AbortController();
    const first = run('stopsWhenTold', { signal: busy.signal });
    const queued = new AbortController();
    const second = run('thread', { signal: queued.signal });
    queued.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    busy.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(await run<{ uses: number }>('thread')).toMatchObject({ uses: 1 });
  });
});
