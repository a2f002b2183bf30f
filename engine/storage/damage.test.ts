import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StudioDb } from '../db/open.ts';
import { openTestDb } from '../db/test-db.ts';
import { createRun } from '../jobs/run-store.ts';
import { stepKey } from '../jobs/step-key.ts';
import { createStepQueue, type StepQueue } from '../jobs/step-queue.ts';
import type { StepSpec } from '../jobs/types.ts';
import { openArtifactStore, type ArtifactStore } from './artifact-store.ts';
import { createResultCheck, removeDamaged } from './damage.ts';

let db: StudioDb;
let store: ArtifactStore;
let queue: StepQueue;
let made: string[];

beforeEach(() => {
  db = openTestDb();
  store = openArtifactStore(db.dataDir);
  made = [];
  const write = async ({ step }: { step: StepSpec }) => {
    made.push(step.name);
    const text = `content of ${step.name}`.repeat(step.name === 'large' ? 100_000 : 1);
    return { artifacts: { file: await store.putBytes(Buffer.from(text), `${step.name}.txt`, 'text/plain') }, data: null };
  };
  queue = createStepQueue({ db, handlers: { write }, hasArtifact: (hash) => store.has(hash) });
});
afterEach(async () => {
  await queue.close();
  await db.close();
});

const stepNamed = (name: string): StepSpec => ({ key: stepKey({ kind: 'write', version: 1, params: { name } }), kind: 'write', stage: 'PLANNING', name, lane: 'io', deps: [], params: null });

/** A run of these steps, each looked at before it is submitted; returns the paths of what they left and who was damaged. */
async function run(...names: string[]): Promise<{ paths: string[]; damaged: string[] }> {
  const { id } = createRun(db, { request: {} });
  queue.startRun(id);
  const check = createResultCheck(db, store);
  const damaged: string[] = [];
  const steps = names.map(stepNamed);
  for (const { key, name } of steps) if (await check(key)) damaged.push(name);
  queue.submit(id, steps);
  const outputs = await queue.waitFor(id, steps.map(({ key }) => key));
  await queue.endRun(id, { state: 'succeeded' });
  return { paths: [...outputs.values()].map(({ artifacts }) => store.pathOf(artifacts['file']!)), damaged };
}

function damage(path: string, how: (bytes: Buffer) => Buffer): void {
  const bytes = readFileSync(path);
  chmodSync(path, 0o644);
  writeFileSync(path, how(bytes));
}

const flipped = (bytes: Buffer): Buffer => bytes.fill((bytes[3] ?? 0) ^ 1, 3, 4);
const truncated = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 1);

test.each([['one flipped bit', flipped], ['one byte less', truncated]])('a result with %s is made again, the others are not', async (_, how) => {
  const { paths } = await run('picture', 'film');
  damage(paths[1]!, how);
  expect(await run('picture', 'film')).toEqual({ paths, damaged: ['film'] });
  expect(made).toEqual(['picture', 'film', 'film']);
  expect(readFileSync(paths[1]!, 'utf8')).toBe('content of film');
  expect((await run('picture', 'film')).damaged).toEqual([]);
  expect(made).toHaveLength(3);
});

test('answers come in the order of the questions, however long the looking takes', async () => {
  const { paths } = await run('large', 'small');
  damage(paths[0]!, flipped);
  const check = createResultCheck(db, store);
  const order: string[] = [];
  await Promise.all(['large', 'new', 'small', 'large'].map(async (name) => order.push(`${name} ${await check(stepNamed(name).key)}`)));
  expect(order).toEqual(['large true', 'new false', 'small false', 'large false']);
});

test('what is missing is not called damaged', async () => {
  const { hash } = await store.putBytes(Buffer.from('photo'), 'photo.jpg', 'image/jpeg');
  await store.remove(hash);
  expect(await removeDamaged([hash], store)).toEqual([]);
});
