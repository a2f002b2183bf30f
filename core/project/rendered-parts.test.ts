import { expect, test } from 'vitest';
import { pendingChanges, renderedParts } from './rendered-parts.ts';
import type { AdProject } from './schema.ts';
import { changeScene } from './takes.ts';
import { exampleProject } from './testing/example-project.ts';

const base = exampleProject();
const changesOf = (project: AdProject) => pendingChanges(renderedParts(base), project);

test('nothing is pending right after a render, whatever the order of keys', () => {
  expect(changesOf(exampleProject()).isAny).toBe(false);
  const turned = Object.fromEntries(Object.entries(base.style).toReversed()) as AdProject['style'];
  expect(changesOf({ ...base, style: turned }).isAny).toBe(false);
});

test('everything is pending before the first render', () => {
  expect(pendingChanges(undefined, base)).toMatchObject({ sceneIds: ['scene_1', 'scene_2'], isSoundChanged: true, isAny: true });
});

test.each<[string, AdProject, object]>([
  ['words of one scene', changeScene(base, 'scene_1', (scene) => ({ ...scene, captions: [] })), { sceneIds: ['scene_1'], isOrderChanged: false }],
  ['the look', { ...base, style: { ...base.style, accent: '#00ff00' } }, { sceneIds: ['scene_1', 'scene_2'], isOrderChanged: false }],
  ['the order', { ...base, scenes: base.scenes.toReversed() }, { sceneIds: [], isOrderChanged: true, isAny: true }],
  ['a scene less', { ...base, scenes: base.scenes.slice(0, 1) }, { sceneIds: [], isOrderChanged: true }],
  ['the music', { ...base, soundtrack: { ...base.soundtrack, mood: 'bold' } }, { sceneIds: [], isSoundChanged: true, isAny: true }],
  ['another file', { ...base, renditions: [{ id: 's', kind: 'still', ratio: '1:1' }] }, { sceneIds: [], areFilesChanged: true, isAny: true }],
])('%s', (_, project, expected) => {
  expect(changesOf(project)).toMatchObject(expected);
});

test('a name, a lock and other takes change no picture', () => {
  const project = changeScene(base, 'scene_1', (scene) => ({ ...scene, name: 'Opening', isLocked: true, takes: [{ id: 'take_1', seed: 5, backdrop: scene.backdrop, camera: scene.camera }] }));
  expect(changesOf({ ...project, name: 'Another name' }).isAny).toBe(false);
});
