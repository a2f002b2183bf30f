import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AssetRef } from '#core/project/schema.ts';
import { brandKits, exportOrders, projectEdits, projects } from '../db/schema.ts';
import type { StudioDb } from '../db/open.ts';
import { openTestDb } from '../db/test-db.ts';
import { createRun } from '../jobs/run-store.ts';
import { stepKey } from '../jobs/step-key.ts';
import { createStepQueue, type StepQueue } from '../jobs/step-queue.ts';
import type { StepSpec } from '../jobs/types.ts';
import { openArtifactStore, type ArtifactStore } from './artifact-store.ts';
import { applyRetention, planRetention } from './retention.ts';

const DAY_MS = 24 * 60 * 60_000;
let db: StudioDb;
let store: ArtifactStore;
let queue: StepQueue;
let clockMs: number;

beforeEach(() => {
  db = openTestDb();
  store = openArtifactStore(db.dataDir);
  clockMs = Date.now();
  const write: (text: string) => Promise<AssetRef> = async (text) => await store.putBytes(Buffer.from(text), `${text}.txt`, 'text/plain');
  const handlers = {
    write: async ({ step }: { step: StepSpec }) => ({ artifacts: { file: await write(step.name) }, data: { also: await write(`${step.name} in data`) } }),
  };
  queue = createStepQueue({ db, handlers, hasArtifact: (hash) => store.has(hash), now: () => clockMs });
});
afterEach(async () => {
  await queue.close();
  await db.close();
});

test('keeps projects, unfinished and young runs; gives back the rest; a cleaned step is made again', async () => {
  const photo = await put('photo');
  const inProject = await put('cut-out');
  const orphan = await put('orphan');
  db.orm.insert(projects).values({ id: 'p', name: 'P', document: { products: [{ cutout: inProject }] }, createdMs: 1, updatedMs: 1 }).run();
  const old = await finishRun('old', clockMs - 40 * DAY_MS, photo);
  const young = await finishRun('young', clockMs - 5 * DAY_MS);
  const open = await finishRun('open', undefined);
  await ageAll(2 * 60 * 60_000);
  const fresh = await put('just stored by a running step');
  const leftover = join(db.dataDir, 'tmp', '1-l0123456789abn1t1-0_1.mp4');
  writeFileSync(leftover, 'x'.repeat(10));

  const plan = await planRetention({ db, store, maxAgeDays: 30 });
  const going = [...hashesOf(old), photo.hash, orphan.hash];
  expect(new Set(plan.items.flatMap(({ hash }) => hash ?? []))).toEqual(new Set(going));
  expect(plan.bytes).toBe(plan.items.reduce((sum, item) => sum + item.sizeBytes, 0));
  expect(plan.items.map(({ path }) => path)).toContain(leftover);
  expect(existsSync(leftover)).toBe(true);

  expect((await applyRetention(plan, { db, store })).items).toHaveLength(plan.items.length);
  expect(going.some((hash) => store.has(hash)) || existsSync(leftover)).toBe(false);
  for (const hash of [...hashesOf(young), ...hashesOf(open), inProject.hash, fresh.hash]) expect(store.has(hash)).toBe(true);
  expect((await planRetention({ db, store, maxAgeDays: 30 })).items).toEqual([]);

  const again = await finishRun('old', undefined);
  expect(hashesOf(again)).toEqual(hashesOf(old));
  expect(hashesOf(again).every((hash) => store.has(hash))).toBe(true);
});

test('with a budget the newest runs keep theirs', async () => {
  const runs = [];
  for (const days of [3, 2, 1]) runs.push(await finishRun(`made ${days} days ago `.repeat(100), clockMs - days * DAY_MS));
  await ageAll(2 * 60 * 60_000);
  const plan = await planRetention({ db, store, maxAgeDays: 30, maxBytes: 8200 });
  const going = new Set(plan.items.map(({ hash }) => hash));
  expect(runs.map((asset) => hashesOf(asset).filter((hash) => going.has(hash)).length)).toEqual([2, 0, 0]);
});

test('what a run has begun to need since the plan was made stays', async () => {
  const asset = await put('needed again');
  await ageAll(2 * 60 * 60_000);
  const plan = await planRetention({ db, store, maxAgeDays: 30 });
  expect(plan.items.map(({ hash }) => hash)).toEqual([asset.hash]);
  createRun(db, { request: { photos: [asset] } });
  expect((await applyRetention(plan, { db, store })).items).toEqual([]);
  expect(store.has(asset.hash)).toBe(true);
});

test('keeps what can still be undone, takes, posters, kits and exports; empties the bin after a month', async () => {
  const names = ['take', 'undo', 'before', 'poster', 'logo', 'export', 'binned lately', 'binned long ago'] as const;
  const assets = new Map<string, AssetRef>();
  for (const name of names) assets.set(name, await put(name));
  const of = (name: (typeof names)[number]): AssetRef => assets.get(name) as AssetRef;
  const project = { name: 'P', createdMs: 1, updatedMs: 1 };
  db.orm.insert(projects).values([
    { ...project, id: 'p', document: { scenes: [{ takes: [{ backdrop: { media: of('take') } }] }] }, lastGood: { media: of('before') }, poster: of('poster') },
    { ...project, id: 'lately', document: { media: of('binned lately') }, deletedMs: clockMs - 29 * DAY_MS },
    { ...project, id: 'long ago', document: { media: of('binned long ago') }, deletedMs: clockMs - 31 * DAY_MS },
    { ...project, id: 'restored', document: {}, deletedMs: clockMs - 31 * DAY_MS },
  ]).run();
  db.orm.insert(projectEdits).values({ projectId: 'p', atMs: 1, label: 'media', diff: { added: {}, removed: { 'scene:a': { media: of('undo') } }, updated: {} } }).run();
  db.orm.insert(brandKits).values({ id: 'b', name: 'B', document: { logo: of('logo') }, createdMs: 1, updatedMs: 1 }).run();
  db.orm.insert(exportOrders).values({ id: 'e', projectId: 'p', order: {}, outDir: '/', state: 'succeeded', file: of('export'), createdMs: 1 }).run();
  await ageAll(2 * 60 * 60_000);

  const plan = await planRetention({ db, store, maxAgeDays: 30 });
  expect(plan.items.map(({ hash }) => hash)).toEqual([of('binned long ago').hash]);
  expect(plan.projects).toEqual(['long ago', 'restored']);
  db.prepare("UPDATE projects SET deleted_ms = NULL WHERE id = 'restored'").run();
  expect((await applyRetention(plan, { db, store })).projects).toEqual(['long ago']);
  expect(names.filter((name) => !store.has(of(name).hash))).toEqual(['binned long ago']);
  expect(db.prepare('SELECT id FROM projects ORDER BY id').pluck().all()).toEqual(['lately', 'p', 'restored']);
  expect(db.prepare('SELECT project_id FROM project_cards ORDER BY project_id').pluck().all()).toEqual(['lately', 'p', 'restored']);
});

const put = async (text: string): Promise<AssetRef> => await store.putBytes(Buffer.from(text), `${text.slice(0, 20)}.txt`, 'text/plain');
type Made = { file: AssetRef; also: AssetRef };
const hashesOf = (made: Made): string[] => [made.file.hash, made.also.hash];

/** Runs one step; the run ends at `endMs`, or stays open. */
async function finishRun(name: string, endMs?: number, photo?: AssetRef): Promise<Made> {
  const nowMs = clockMs;
  clockMs = endMs ?? nowMs;
  const { id } = createRun(db, { request: { photo } }, () => clockMs);
  const step: StepSpec = { key: stepKey({ kind: 'write', version: 1, params: name }), kind: 'write', stage: 'PLANNING', name, lane: 'io', deps: [], params: {} };
  queue.submit(id, [step]);
  const output = (await queue.waitFor(id, [step.key])).get(step.key);
  if (endMs !== undefined) await queue.endRun(id, { state: 'succeeded' });
  clockMs = nowMs;
  if (output === undefined) throw new Error('the step left nothing');
  return { file: output.artifacts['file'] as AssetRef, also: (output.data as { also: AssetRef }).also };
}

async function ageAll(byMs: number): Promise<void> {
  mkdirSync(join(db.dataDir, 'tmp'), { recursive: true });
  const then = new Date(Date.now() - byMs);
  for await (const { hash } of store.list()) utimesSync(store.pathOf(hash), then, then);
}
