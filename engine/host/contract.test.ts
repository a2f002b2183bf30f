import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDefinedError } from '@orpc/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineClient } from './message-port.ts';
import { createFailingRun, createQueuedRun } from './testing/runs.ts';
import { openTestEngine } from './testing/test-engine.ts';
import type { TestEngine } from './testing/test-engine.ts';
import { transports } from './testing/transports.ts';

let host: TestEngine;
let folder: string;

beforeAll(async () => {
  host = await openTestEngine();
  folder = await mkdtemp(join(tmpdir(), 'adgen-contract-'));
});

afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<{ code: string; status: number; message: string; isDefined: boolean }> {
  const error = await call.then(() => undefined, (reason: unknown) => reason as Error & { code: string; status: number });
  if (!error) throw new Error('the call was not refused');
  return { code: error.code, status: error.status, message: error.message, isDefined: isDefinedError(error) };
}

async function collect<T>(events: Promise<AsyncIterable<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of await events) all.push(event);
  return all;
}

describe.each(transports)('the contract over $name', ({ connect }) => {
  let client: EngineClient;
  let disconnect: () => void;
  beforeEach(() => void ({ client, disconnect } = connect(host)));
  afterEach(async () => {
    disconnect();
    await vi.waitFor(() => expect(host.openWatchers()).toBe(0));
  });

  test('tells about the engine', async () => {
    expect(await client.system.about()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), dataDir: host.engine.services.dataDir, notices: [], mediaKey: expect.stringMatching(/^[\w-]{43}$/) });
  });

  test('lists runs, newest first, as many as asked for', async () => {
    const [older, newer] = [createQueuedRun(host.engine), createQueuedRun(host.engine)];
    expect((await client.runs.list({ limit: 2 })).map((run) => run.id)).toEqual([newer, older]);
    expect(await client.runs.list({ limit: 1 })).toEqual([expect.objectContaining({ id: newer, state: 'queued', stage: 'PENDING', progress: 0, error: null, isInterrupted: false })]);
    expect((await client.runs.list({})).length).toBeGreaterThanOrEqual(2);
  });

  test('shows a run', async () => {
    const runId = createQueuedRun(host.engine);
    expect(await client.runs.show({ runId })).toMatchObject({ format: 'adgen-run/1', runId, state: 'queued', steps: [] });
  });

  test('refuses what does not exist with NOT_FOUND', async () => {
    const nothing = { code: 'NOT_FOUND', status: 404, message: expect.stringContaining('There is no run nothing'), isDefined: true };
    for (const call of [client.runs.show, client.runs.cancel, client.runs.resume]) expect(await refusal(call({ runId: 'nothing' }))).toEqual(nothing);
    expect(await refusal(collect(client.runs.watch({ runId: 'nothing' })))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(client.projects.open({ projectId: 'nothing' }))).toMatchObject({ code: 'NOT_FOUND', isDefined: true });
  });

  test('refuses input outside its limits with BAD_INPUT that names the field', async () => {
    for (const limit of [0, 1001, 1.5, Number.NaN]) {
      expect(await refusal(client.runs.list({ limit }))).toEqual({ code: 'BAD_INPUT', status: 400, message: expect.stringMatching(/^The request has mistakes: limit: /), isDefined: true });
    }
    expect(await refusal(client.adverts.make({ photoPaths: [] }))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('needs a photo') });
    expect(await refusal(client.adverts.make({ photoPaths: ['/a.jpg'], sceneCount: 99, durationFrames: -1 }))).toMatchObject({ message: expect.stringMatching(/durationFrames: .*; sceneCount: /) });
    expect(await refusal(client.runs.show({ runId: 'x'.repeat(81) }))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('runId') });
  });

  test('refuses a photo that is none, by its name, and leaves no run behind', async () => {
    const path = join(folder, 'letter.jpg');
    await writeFile(path, 'Dear customer');
    const before = (await client.runs.list({})).length;
    expect(await refusal(client.adverts.make({ photoPaths: [path] }))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('letter.jpg'), isDefined: true });
    expect((await client.runs.list({})).length).toBe(before);
  });

  test('cancels once', async () => {
    const runId = createQueuedRun(host.engine);
    expect(await client.runs.cancel({ runId })).toEqual({ outcome: 'canceled' });
    expect(await client.runs.cancel({ runId })).toEqual({ outcome: 'ended' });
    expect(await client.runs.show({ runId })).toMatchObject({ state: 'canceled', stage: 'CANCELED' });
  });

  test('resumes a run and watches it to its end, again from any event', async () => {
    const runId = await createFailingRun(host.engine);
    expect(await client.runs.resume({ runId })).toEqual({ runId });
    const events = await collect(client.runs.watch({ runId }));
    expect(events.at(-1)).toMatchObject({ type: 'run', runId, state: 'failed', stage: 'FAILED', error: { code: 'BAD_INPUT' } });
    const ids = events.flatMap((event) => event.id ?? []);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const kept = events.filter((event) => event.id !== undefined);
    expect(kept.length).toBeGreaterThan(2);
    expect(await collect(client.runs.watch({ runId, afterId: kept[1]?.id }))).toEqual(kept.slice(2));
    expect(await collect(client.runs.watch({ runId }, { lastEventId: String(kept[0]?.id) }))).toEqual(kept.slice(1));
    expect(await collect(client.runs.watch({ runId, afterId: kept.at(-1)?.id }))).toEqual([]);
  });

  test('closes the generator when a watcher stops early, or aborts', async () => {
    const runId = createQueuedRun(host.engine);
    host.engine.queue.startRun(runId);
    for await (const event of await client.runs.watch({ runId })) {
      expect(event).toMatchObject({ type: 'run', state: 'running' });
      expect(host.openWatchers()).toBe(1);
      break;
    }
    await vi.waitFor(() => expect(host.openWatchers()).toBe(0));
    const abort = new AbortController();
    const events = (await client.runs.watch({ runId }, { signal: abort.signal }))[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ type: 'run' });
    const pending = events.next().then(() => 'ended', () => 'ended');
    abort.abort();
    expect(await pending).toBe('ended');
    await vi.waitFor(() => expect(host.openWatchers()).toBe(0));
    await host.engine.queue.cancelRun(runId);
  });

  test('follows a run live', async () => {
    const runId = createQueuedRun(host.engine);
    host.engine.queue.startRun(runId);
    const states: unknown[] = [];
    for await (const event of await client.runs.watch({ runId })) {
      states.push(event.type === 'run' ? event.state : event.type);
      if (states.length === 1) await client.runs.cancel({ runId });
    }
    expect(states).toEqual(['running', 'canceled']);
  });
});
