import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StudioDb } from '#engine/db/open.ts';
import { runs, runSteps, steps } from '#engine/db/schema.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import { importProject } from '#engine/projects/project-store.ts';
import { takePictures } from './take-pictures.ts';

let db: StudioDb;
let runId: string;
beforeEach(() => {
  db = openTestDb();
  importProject(db, exampleProject());
  runId = createRun(db, { request: {}, projectId: 'advert' }).id;
});
afterEach(async () => await db.close());

const ask = (sceneId = 'scene_1', ratio: '9:16' | '1:1' = '9:16') => takePictures(db, { projectId: 'advert', sceneId, ratio });

function made(key: string, seed: number, { params, horizon = 0.5, state = 'succeeded' as const }: { params?: unknown; horizon?: number; state?: 'succeeded' | 'failed' } = {}): void {
  const manifest = { kind: 'layers', layers: [], horizon, gloss: 0, shadowColor: '#000000', ambient: '#ffffff', hasFloor: true };
  const request = { ratio: '9:16', scene: { id: 'scene_1', seed, backdrop: { set: 'arch' } } };
  db.orm.insert(steps).values({ key, kind: 'backdrop', state, createdMs: 0, outputs: { artifacts: {}, data: manifest } }).run();
  db.orm.insert(runSteps).values({ runId, stepKey: key, position: seed, name: `scene_1 backdrop 9:16`, stage: 'GENERATING_SCENES', lane: 'io', state, deps: [], params: params ?? { request } }).run();
}

test('what was made for this scene and ratio is found by seed and set', () => {
  made('a', 1);
  made('b', 2);
  expect(ask().map(({ seed, set }) => [seed, set])).toEqual(expect.arrayContaining([[1, 'arch'], [2, 'arch']]));
  expect(ask('scene_2')).toEqual([]);
  expect(ask('scene_1', '1:1')).toEqual([]);
});

test('what failed, or was written by another version, has no picture', () => {
  made('a', 1, { state: 'failed' });
  made('b', 2, { params: { other: true } });
  expect(ask()).toEqual([]);
});

test('a project without runs has none', () => {
  db.orm.delete(runs).run();
  expect(ask()).toEqual([]);
});
