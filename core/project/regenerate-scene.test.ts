import { expect, test } from 'vitest';
import { regenerateScene } from './regenerate-scene.ts';
import { exampleProject } from './testing/example-project.ts';

test('one scene gets another seed, the same one each time; nothing else changes', () => {
  const project = exampleProject();
  const id = project.scenes[1]?.id ?? '';
  const once = regenerateScene(project, id);
  expect(once.scenes[1]?.seed).not.toBe(project.scenes[1]?.seed);
  expect(regenerateScene(project, id)).toEqual(once);
  expect({ ...once, scenes: once.scenes.map((scene, index) => ({ ...scene, seed: project.scenes[index]?.seed })) }).toEqual(project);
  expect(regenerateScene(once, id).scenes[1]?.seed).not.toBe(once.scenes[1]?.seed);
});

test('a scene that is not there is named, with those that are', () => {
  expect(() => regenerateScene(exampleProject(), 'scene_99')).toThrow(/no scene "scene_99".*scene_1/);
});
