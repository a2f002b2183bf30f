/** Films and sounds of a saved document, as a preview asks for them while it is edited. */
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { totalFrames } from '#core/composition/timeline.ts';
import { captionKey } from '#core/composition/facts.ts';
import { planEmbedded } from '#core/planning/plan-embedded.ts';
import { normaliseBrief } from '#core/planning/normalise-brief.ts';
import { adProjectSchema, brandKitSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { runs, steps } from '../db/schema.ts';
import { openTestEngine } from '../host/testing/test-engine.ts';
import type { TestEngine } from '../host/testing/test-engine.ts';
import { createRun, listRuns } from '../jobs/run-store.ts';
import { probeMedia } from '../compositing/probe/probe-media.ts';
import { measurePeaks } from '../media/peaks.ts';
import { removeOrphanedHiddenRuns } from '../pipeline/hidden-run.ts';
import { importProject } from '../projects/project-store.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let running: TestEngine;
let project: AdProject;

const api = () => createRouterClient(running.router, { context: {} });
const stepCount = (): number => running.engine.db.orm.select().from(steps).all().length;
const save = (document: AdProject): void => importProject(running.engine.db, document);

beforeAll(async () => {
  running = await openTestEngine();
  const { asset } = await api().media.importPath({ path: SAMPLE, purpose: 'photo' });
  const { product } = await api().cutouts.make({ photo: asset, name: 'Fizzo' });
  const brief = normaliseBrief({ productName: 'Fizzo', description: 'Blood orange soda', callToAction: 'Taste it' }).brief;
  const brand = brandKitSchema.parse({});
  const plan = planEmbedded({ brief, brand, products: product.analysis ? [{ id: product.id, name: product.name, analysis: product.analysis }] : [], durationFrames: 180, fps: 30, sceneCount: 3, seed: 1 });
  project = adProjectSchema.parse({
    schemaVersion: 1, id: 'p_preview', name: 'Fizzo', createdMs: 1, seed: 1, durationFrames: 180, brief, brand, products: [product], style: plan.style, scenes: plan.scenes, soundtrack: plan.soundtrack,
    renditions: [{ id: 'video_1x1', kind: 'video', ratio: '1:1' }],
  });
  save(project);
}, 60_000);

afterAll(() => running.close());

test('a film is made once; asked for again it costs no step and no run', { timeout: 60_000 }, async () => {
  const [first, second] = await Promise.all([api().previews.film({ projectId: project.id, ratio: '1:1' }), api().previews.film({ projectId: project.id, ratio: '1:1' })]);
  expect(Object.keys(first.film.facts.backdrops)).toEqual(project.scenes.map(({ id }) => id));
  expect(second.film).toEqual(first.film);
  const made = stepCount();
  expect((await api().previews.film({ projectId: project.id, ratio: '1:1' })).film).toEqual(first.film);
  expect(stepCount()).toBe(made);
  expect(running.engine.db.orm.select().from(runs).all()).toEqual([]);
});

test('a slip makes nothing new but the words on it; a look makes only its own words', { timeout: 60_000 }, async () => {
  const before = (await api().previews.film({ projectId: project.id, ratio: '1:1' })).film;
  const at = project.scenes.findIndex((each) => each.captions.length > 0);
  const scene = project.scenes[at];
  const caption = scene?.captions[0];
  if (!scene || !caption) throw new Error('the plan has no caption');
  const withScene = (changed: typeof scene) => save({ ...project, scenes: project.scenes.with(at, changed) });
  withScene({ ...scene, backdrop: { ...scene.backdrop, startFrame: 40 } });
  const slipped = (await api().previews.film({ projectId: project.id, ratio: '1:1' })).film;
  expect(slipped.facts.backdrops).toEqual(before.facts.backdrops);
  const look = (value: NonNullable<typeof caption.look>) => withScene({ ...scene, captions: scene.captions.map((each) => (each === caption ? { ...each, look: value } : each)) });
  const key = captionKey(scene.id, caption.id);
  const madeSteps = stepCount();
  look({ scale: 0.6, color: '#00ff88' });
  const smaller = (await api().previews.film({ projectId: project.id, ratio: '1:1' })).film;
  expect(stepCount()).toBe(madeSteps + 1);
  expect(smaller.facts.captions[key]?.fontPx).toBeLessThan(before.facts.captions[key]?.fontPx ?? 0);
  expect(smaller.captions[key]?.hash).not.toBe(before.captions[key]?.hash);
  look({ font: 'body' });
  expect((await api().previews.film({ projectId: project.id, ratio: '1:1' })).film.captions[key]?.hash).not.toBe(before.captions[key]?.hash);
  save(project);
  expect((await api().previews.film({ projectId: project.id, ratio: '1:1' })).film).toEqual(before);
});

test('scenes that are the same but for their names share their pictures, and each has its words', { timeout: 60_000 }, async () => {
  const { film: before } = await api().previews.film({ projectId: project.id, ratio: '1:1' });
  const scene = project.scenes.find((each) => each.captions.length > 0);
  if (!scene) throw new Error('the plan has no caption');
  const twins = ['s_1', 's_2', 's_3'].map((id): typeof scene => ({ ...scene, id, transition: { kind: 'cut', durationFrames: 0 }, captions: scene.captions.map((caption) => ({ ...caption, text: 'The same words' })) }));
  const scenes = [...twins, ...project.scenes];
  save({ ...project, scenes, durationFrames: totalFrames({ scenes }) });
  const { film } = await api().previews.film({ projectId: project.id, ratio: '1:1' });
  const [first, ...others] = twins.map(({ id }) => scene.captions.map((caption) => film.captions[captionKey(id, caption.id)]?.hash));
  expect(first?.every((hash) => hash !== undefined)).toBe(true);
  for (const other of others) expect(other).toEqual(first);
  save(project);
  expect((await api().previews.film({ projectId: project.id, ratio: '1:1' })).film).toEqual(before);
});

test('the sound is the finished mix as WAV, with the music beside it', { timeout: 60_000 }, async () => {
  const { mix, music } = await api().previews.sound({ projectId: project.id });
  const { services } = running.engine;
  const { audio, container } = await probeMedia(services.store.pathOf(mix), { ffmpegPath: await services.ffmpegPath() });
  expect(container).toBe('wav');
  expect(audio).toMatchObject({ sampleRate: 48_000, channels: 2 });
  const heard = await measurePeaks(services.store.pathOf(mix), { ffmpegPath: await services.ffmpegPath(), limitSeconds: 60 });
  expect(heard?.durationSeconds).toBeCloseTo(totalFrames(project) / 30, 3);
  expect(music?.mime).toMatch(/^audio\//);
});

test('asking is given up by who asked, and leaves no run', { timeout: 60_000 }, async () => {
  save({ ...project, scenes: project.scenes.map((scene) => ({ ...scene, seed: scene.seed + 1 })) });
  const hurry = new AbortController();
  const asked = api().previews.film({ projectId: project.id, ratio: '9:16' }, { signal: hurry.signal });
  setTimeout(() => hurry.abort(), 30);
  await expect(asked).rejects.toThrow();
  await expect.poll(() => running.engine.db.orm.select().from(runs).all()).toEqual([]);
  save(project);
});

test('hidden runs stand in no list, and those of dead processes go', () => {
  const { db } = running.engine;
  const now = Date.now();
  const fresh = createRun(db, { request: {}, purpose: 'film' }).id;
  createRun(db, { request: {}, purpose: 'film' }, () => now - 3_600_000);
  expect(listRuns(db)).toEqual([]);
  removeOrphanedHiddenRuns(db, () => now);
  expect(db.orm.select({ id: runs.id }).from(runs).all()).toEqual([{ id: fresh }]);
  removeOrphanedHiddenRuns(db, () => now + 120_000);
  expect(db.orm.select().from(runs).all()).toEqual([]);
});
