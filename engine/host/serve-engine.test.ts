import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serializeError } from '#core/contract/errors.ts';
import { eq } from '#engine/db/drizzle.ts';
import { runs } from '#engine/db/schema.ts';
import { createRun, getRun } from '#engine/jobs/run-store.ts';
import { openEngine } from '#engine/main.ts';
import type { Engine } from '#engine/main.ts';
import { runAdvert } from '#engine/pipeline/run-advert.ts';
import { serveEngine } from './serve-engine.ts';
import type { ServingEngine } from './serve-engine.ts';
import { createFailingRun } from './testing/runs.ts';

let dataDir: string;
let news: string[];
let serving: ServingEngine | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'adgen-serve-'));
  news = [];
});

afterEach(async () => {
  await serving?.close();
  serving = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function serve(): Promise<ServingEngine> {
  await serving?.close();
  serving = await serveEngine({ dataDir }, { port: 0 }, (error) => news.push(serializeError(error).message));
  return serving;
}

/** As a process that was killed leaves it: begun, not ended, nobody's. */
function interrupt({ db }: Engine, runId: string): void {
  db.transaction(() => db.orm.update(runs).set({ startedMs: 1, stage: 'PLANNING' }).where(eq(runs.id, runId)).run());
}

test('an interrupted run of another version is told once, in a sentence, and ends; the others go on', async () => {
  const engine = await openEngine({ dataDir });
  const foreign = createRun(engine.db, { request: { kind: 'make', pictures: ['photo.jpg'], format: 9 } }).id;
  const own = await createFailingRun(engine);
  for (const runId of [foreign, own]) interrupt(engine, runId);
  await engine.close();

  const sentence = `Run ${foreign} was begun by another version of AdGen Studio and cannot be resumed by this one; start it anew.`;
  const { db } = (await serve()).engine;
  await vi.waitFor(() => expect([foreign, own].map((runId) => getRun(db, runId).state)).toEqual(['failed', 'failed']), { timeout: 20_000 });
  expect(news).toEqual([sentence]);
  expect(getRun(db, foreign)).toMatchObject({ stage: 'FAILED', isInterrupted: false, error: { code: 'BAD_INPUT', message: sentence } });
  expect(getRun(db, own).error?.message).toContain('is a text file');

  await serve();
  expect(serving!.engine.queue.resumeInterrupted()).toEqual([]);
  expect(news).toHaveLength(1);
});

test('a finished run of another version stays finished when somebody wants it resumed', async () => {
  const { engine } = await serve();
  const { id } = createRun(engine.db, { request: { kind: 'poem' } });
  engine.db.transaction(() => engine.db.orm.update(runs).set({ state: 'succeeded', stage: 'COMPLETED', startedMs: 1, endedMs: 2 }).where(eq(runs.id, id)).run());
  await expect(runAdvert(id, engine)).rejects.toThrow('begun by another version');
  expect(getRun(engine.db, id)).toMatchObject({ state: 'succeeded', endedMs: 2, error: null });
});
