import { expect, test } from 'vitest';
import { regenerateScene } from './regenerate-scene.ts';
import { adProjectSchema } from './schema.ts';
import type { AdProject, Scene } from './schema.ts';
import { changeScene, chooseTake, MAX_TAKES, removeTake } from './takes.ts';
import { exampleProject } from './testing/example-project.ts';

const ID = 'scene_2';
const sceneOf = (project: AdProject): Scene => project.scenes.find((scene) => scene.id === ID) ?? expect.fail('no scene');

test('one scene gets another seed, the same one each time, and keeps what it showed; nothing else changes', () => {
  const project = exampleProject();
  const once = regenerateScene(project, ID);
  const { seed, backdrop, camera } = sceneOf(project);
  expect(sceneOf(once).seed).not.toBe(seed);
  expect(sceneOf(once).takes).toEqual([{ id: 'take_1', seed, backdrop, camera }]);
  expect(regenerateScene(project, ID)).toEqual(once);
  expect({ ...once, scenes: once.scenes.map((scene) => (scene.id === ID ? sceneOf(project) : scene)) }).toEqual(project);
  expect(adProjectSchema.parse(once)).toEqual(once);
});

test('takes are kept oldest first, each seed once, and at most as many as the schema allows', () => {
  let project = exampleProject();
  const seeds = [sceneOf(project).seed];
  for (let count = 0; count < MAX_TAKES + 6; count++) {
    project = regenerateScene(project, ID);
    seeds.push(sceneOf(project).seed);
  }
  const takes = sceneOf(project).takes ?? [];
  expect(new Set(seeds).size).toBe(seeds.length);
  expect(takes.map((take) => take.seed)).toEqual(seeds.slice(-MAX_TAKES - 1, -1));
  expect(new Set(takes.map((take) => take.id)).size).toBe(MAX_TAKES);
  adProjectSchema.parse(project);
});

test('choosing a take swaps it with the one in use, and choosing again swaps back', () => {
  const project = regenerateScene(regenerateScene(exampleProject(), ID), ID);
  const before = sceneOf(project);
  const after = chooseTake(before, 'take_1');
  expect(after.seed).toBe(before.takes?.[0]?.seed);
  expect(after.takes?.map((take) => take.id)).toEqual(['take_1', 'take_2']);
  expect(after.takes?.[0]?.seed).toBe(before.seed);
  expect(chooseTake(after, 'take_1')).toEqual(before);
  expect(() => chooseTake(before, 'take_9')).toThrow(/no take "take_9"/);
});

test('a take that goes leaves the others; after the last one the document is as it was before takes', () => {
  const project = regenerateScene(regenerateScene(exampleProject(), ID), ID);
  const one = removeTake(sceneOf(project), 'take_1');
  expect(one.takes?.map((take) => take.id)).toEqual(['take_2']);
  expect(removeTake(one, 'take_2')).not.toHaveProperty('takes');
});

test('a new take follows those of a chosen one without repeating a seed', () => {
  const project = regenerateScene(regenerateScene(exampleProject(), ID), ID);
  const chosen = changeScene(project, ID, (scene) => chooseTake(scene, 'take_1'));
  const next = sceneOf(regenerateScene(chosen, ID));
  expect(next.takes?.map((take) => take.seed)).not.toContain(next.seed);
  expect(next.takes).toHaveLength(3);
});

test('the user\'s own picture becomes a take, and the new one is made', () => {
  const media = { hash: 'b'.repeat(64), name: 'mine.jpg', mime: 'image/jpeg' };
  const project = changeScene(exampleProject(), ID, (scene) => ({ ...scene, backdrop: { ...scene.backdrop, media, startFrame: 12 } }));
  const next = sceneOf(regenerateScene(project, ID));
  expect(next.backdrop).not.toHaveProperty('media');
  expect(next.takes?.[0]?.backdrop.media).toEqual(media);
});

test('a locked scene stays; a scene that is not there is named, with those that are', () => {
  const locked = changeScene(exampleProject(), ID, (scene) => ({ ...scene, isLocked: true, name: 'Opening' }));
  expect(() => regenerateScene(locked, ID)).toThrow(/"Opening" is locked/);
  expect(() => regenerateScene(exampleProject(), 'scene_99')).toThrow(/no scene "scene_99".*scene_1/);
});
