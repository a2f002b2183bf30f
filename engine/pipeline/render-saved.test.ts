import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeScene } from '#core/project/takes.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { createPlainHostTools } from '#engine/host/plain-host-tools.ts';
import { getRun, listRuns } from '#engine/jobs/run-store.ts';
import { importProject } from '#engine/projects/project-store.ts';
import { journalEdit, readHistory, undoEdit } from '#engine/projects/project-history.ts';
import { readStoredDocument } from '#engine/projects/stored-document.ts';
import { openEngine } from '../main.ts';
import type { Engine } from '../main.ts';
import { forecastAdvert } from './forecast-advert.ts';
import { regenerateSaved, renderSaved } from './render-saved.ts';
import { readRequest } from './run-request.ts';

let dir: string;
let engine: Engine;
const plain = { projectId: 'advert', isOffline: true, engine: 'embedded' as const, workflows: [] };
const stored = () => readStoredDocument(engine.db, 'advert');

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'adgen-render-'));
  engine = await openEngine({ dataDir: dir });
  importProject(engine.db, exampleProject());
});
afterEach(async () => {
  await engine.close();
  await rm(dir, { recursive: true, force: true });
});

test('a render is of the project as it stands, belongs to it at once, and does not save it', async () => {
  journalEdit(engine.db, { projectId: 'advert', label: 'rename', change: (document) => ({ ...document, name: 'Zest' }) });
  const run = getRun(engine.db, await renderSaved(plain, engine));
  const request = readRequest(run);
  expect(run.projectId).toBe('advert');
  expect(request).toMatchObject({ kind: 'render', isSaved: true, isOffline: true, document: { name: 'Zest' } });
});

test('asking twice for the same is one run; after an edit, or another engine, it is another', async () => {
  const first = await renderSaved(plain, engine);
  expect(await renderSaved(plain, engine)).toBe(first);
  expect(await renderSaved({ ...plain, engine: 'auto' }, engine)).not.toBe(first);
  journalEdit(engine.db, { projectId: 'advert', label: 'rename', change: (document) => ({ ...document, name: 'Zest' }) });
  expect(await renderSaved(plain, engine)).not.toBe(first);
});

test('a new take is one edit that undo takes back byte for byte, and a run of just that state', async () => {
  const before = JSON.stringify(stored().document);
  const { runId, revision } = await regenerateSaved({ ...plain, sceneId: 'scene_1' }, engine);
  expect(stored().revision).toBe(revision);
  expect(stored().document.scenes[0]?.takes).toHaveLength(1);
  expect(readHistory(engine.db, 'advert').history.map((edit) => edit.label)).toEqual(['newTake']);
  expect(readRequest(getRun(engine.db, runId))).toMatchObject({ document: stored().document });
  undoEdit(engine.db, 'advert', revision);
  expect(JSON.stringify(stored().document)).toBe(before);
});

test('what is refused leaves neither an edit nor a run', async () => {
  journalEdit(engine.db, { projectId: 'advert', label: 'lockScene', change: (document) => changeScene(document, 'scene_1', (scene) => ({ ...scene, isLocked: true })) });
  await expect(regenerateSaved({ ...plain, sceneId: 'scene_1' }, engine)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(regenerateSaved({ ...plain, sceneId: 'scene_9' }, engine)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(regenerateSaved({ ...plain, sceneId: 'scene_2', engine: 'comfyui' }, engine)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  await expect(renderSaved({ ...plain, projectId: 'nothing' }, engine)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(readHistory(engine.db, 'advert').history).toHaveLength(1);
  expect(listRuns(engine.db)).toEqual([]);
});

test('a forecast on a fresh machine is an estimate, costs nothing, and says why no ComfyUI does it', async () => {
  const wish = { ratios: ['9:16' as const, '1:1' as const], durationFrames: 450, sceneCount: 4, isOffline: false, workflows: [], photoCount: 1 };
  const own = await forecastAdvert({ ...wish, engine: 'auto' }, engine, createPlainHostTools());
  expect(own).toMatchObject({ basis: 'estimated', costUsd: 0, memoryBytes: null });
  expect(own.parts.map((part) => [part.capability, part.provider, part.reason])).toEqual([['cutout', 'embedded', null], ['plan', 'embedded', null], ['backdrop', 'embedded', null], ['music', 'embedded', null], ['render', 'embedded', null]]);
  expect(own.seconds.to).toBeGreaterThan(own.seconds.from);
  const wanting = await forecastAdvert({ ...wish, engine: 'comfyui' }, engine, createPlainHostTools());
  expect(wanting.parts.find((part) => part.capability === 'backdrop')?.reason).toMatch(/No ComfyUI is set up/);
});
