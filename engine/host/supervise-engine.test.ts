import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStudioDb } from '#engine/db/open.ts';
import type { StepView } from '#engine/jobs/run-events.ts';
import { getRun } from '#engine/jobs/run-store.ts';
import type { EngineStarter } from './engine-starter.ts';
import type { EngineClient } from './message-port.ts';
import { nodeStarter } from './node-starter.ts';
import { superviseEngine } from './supervise-engine.ts';
import type { SupervisedEngine } from './supervise-engine.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let dataDir: string;
let notes: string[];
let engine: SupervisedEngine | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'adgen-supervisor-'));
  notes = [];
});

afterEach(async () => {
  await engine?.dispose();
  engine = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: { port?: number; beatMs?: number } = {}): Promise<{ engine: SupervisedEngine; client: EngineClient }> {
  engine = await superviseEngine(nodeStarter, { dataDir, port: 0, onNote: (text) => notes.push(text), ...options });
  const client: EngineClient = createORPCClient(new RPCLink({ url: `http://127.0.0.1:${engine.port}/rpc`, headers: { authorization: `Bearer ${engine.token}` } }));
  return { engine, client };
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends the engine without warning and waits for the next one. Returns the pid that is gone. */
async function crash({ engine: supervised, client }: { engine: SupervisedEngine; client: EngineClient }, signal: NodeJS.Signals = 'SIGKILL'): Promise<number> {
  const { pid } = supervised;
  process.kill(pid, signal);
  await vi.waitFor(async () => {
    expect(supervised.pid).not.toBe(pid);
    await client.system.about();
  }, { timeout: 30_000, interval: 50 });
  return pid;
}

/** Follows a run until a step is being worked on, and returns the id of that event. */
async function untilAtWork(runId: string, client: EngineClient, afterId = 0): Promise<number> {
  for await (const event of await client.runs.watch({ runId, afterId })) {
    if (event.type === 'step' && (event['step'] as StepView).state === 'running' && event.id !== undefined) return event.id;
  }
  throw new Error('the run ended before a step was at work');
}

test('a killed engine comes back on the same address, five times, and leaves nothing over', async () => {
  const supervised = await start();
  const { url } = supervised.engine;
  const pids: number[] = [];
  for (let count = 0; count < 5; count++) pids.push(await crash(supervised));
  expect(new Set(pids).size).toBe(5);
  expect(supervised.engine.url).toBe(url);
  expect(notes).toHaveLength(5);
  expect(notes[0]).toBe('The engine ended unexpectedly (SIGKILL) and is started again; finished work is kept.');
  pids.push(supervised.engine.pid);
  await supervised.engine.dispose();
  await supervised.engine.ended;
  expect(pids.filter(isThere)).toEqual([]);
  expect(readdirSync(join(dataDir, 'open'))).toEqual([]);
  expect(existsSync(join(dataDir, 'studio.db-wal'))).toBe(false);
  const db = openStudioDb(dataDir);
  expect(db.notices).toEqual([]);
  expect(db.prepare<[], unknown>('SELECT * FROM processes').all()).toEqual([]);
  await db.close();
}, 120_000);

test('one that keeps crashing is given up, with a sentence', async () => {
  let starts = 0;
  const crashing: EngineStarter = {
    async start() {
      starts += 1;
      return { pid: 0, port: 4711, exited: Promise.resolve({ exitCode: 7, signal: null }), async dispose() {}, kill() {} };
    },
  };
  engine = await superviseEngine(crashing, { dataDir, port: 0, onNote: (text) => notes.push(text) });
  await expect(engine.ended).rejects.toMatchObject({ message: expect.stringMatching(/^The engine ended too often \(last: code 7\)/) });
  expect(starts).toBe(6);
});

test.runIf(process.platform !== 'win32')('one that hangs is replaced', async () => {
  const supervised = await start({ beatMs: 40 });
  const pid = await crash(supervised, 'SIGSTOP');
  expect(isThere(pid)).toBe(false);
  expect(notes).toEqual(['The engine is slow to answer; waiting.', expect.stringContaining('(SIGKILL)')]);
});

test('a run goes on in the next engine after a crash, and is kept for later by a polite end', async () => {
  const supervised = await start();
  const { runId } = await supervised.client.adverts.make({ photoPaths: [SAMPLE], ratios: ['1:1'], durationFrames: 180, sceneCount: 3, isOffline: true });
  const eventId = await untilAtWork(runId, supervised.client);
  await crash(supervised);
  expect(await untilAtWork(runId, supervised.client, eventId)).toBeGreaterThan(eventId);
  await supervised.engine.dispose();
  const db = openStudioDb(dataDir);
  expect(getRun(db, runId)).toMatchObject({ endedMs: null, isInterrupted: true, isCancelRequested: false });
  await db.close();
  expect(readdirSync(join(dataDir, 'tmp', 'children'))).toEqual([]);
});

test('the first start rejects with the engine\'s own error and leaves no process', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(start({ port })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`Port ${port}`) });
  await new Promise((resolve) => taken.close(resolve));
  expect(readdirSync(join(dataDir, 'open'))).toEqual([]);
});
