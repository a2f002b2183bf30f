import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StudioDb } from '#engine/db/open.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import type { Generation } from './choose-generation.ts';
import { createMakerMemory } from './maker-memory.ts';

let db: StudioDb;
const present = new Set(['a'.repeat(64)]);
const services = { store: { has: (hash: string) => present.has(hash) } } as unknown as Parameters<typeof createMakerMemory>[0]['services'];
const memory = (change: Partial<Parameters<typeof createMakerMemory>[0]> = {}) => createMakerMemory({ db, services, wish: 'auto', mayAsk: false, ...change });

const clip: Generation = { workflow: { id: 'clip', hash: 'h1' }, links: ['comfyui@1', 'embedded@2'] };
const bought: Generation = { usesCloud: true, links: ['replicate@1', 'embedded@2'] };
const keyOf = ({ workflow, usesCloud, links }: Generation): string => JSON.stringify([workflow, usesCloud, links]);

function finish(generation: Generation, hash: string): void {
  const outputs = { artifacts: { clip: { hash, mime: 'video/mp4', bytes: 1, ext: 'mp4' } }, data: {} };
  db.prepare<[string, string]>("INSERT INTO steps (key, kind, state, outputs, created_ms) VALUES (?, 'backdrop', 'succeeded', ?, 0)").run(keyOf(generation), JSON.stringify(outputs));
}

beforeAll(() => {
  db = openTestDb();
  finish(clip, 'a'.repeat(64));
  finish(bought, 'a'.repeat(64));
});
afterAll(() => db.close());

test('what somebody made is found again when nobody can be asked, and only then', () => {
  expect(memory().earlier?.('backdrop', keyOf)).toBeUndefined();
  memory({ mayAsk: true }).remember('backdrop', { ...clip, workflow: { id: 'other', hash: 'h0' } });
  memory({ mayAsk: true }).remember('backdrop', clip);
  expect(memory().earlier?.('backdrop', keyOf)).toEqual(clip);
  expect(memory().earlier?.('music', keyOf)).toBeUndefined();
  expect(memory({ mayAsk: true }).earlier).toBeUndefined();
  expect(memory({ wish: 'embedded' }).earlier).toBeUndefined();
});

test('not when its files are gone', () => {
  present.clear();
  expect(memory().earlier?.('backdrop', keyOf)).toBeUndefined();
  present.add('a'.repeat(64));
  expect(memory().earlier?.('backdrop', keyOf)).toEqual(clip);
});

test('what was bought stays, but for a user who wants a ComfyUI and nothing else; what is built in is not remembered', () => {
  memory().remember('backdrop', { workflow: { unavailable: 'no model' }, links: ['comfyui@1', 'embedded@2'] });
  memory().remember('backdrop', bought);
  expect(memory().earlier?.('backdrop', keyOf)).toEqual(bought);
  expect(memory({ wish: 'comfyui' }).earlier?.('backdrop', keyOf)).toEqual(clip);
});
