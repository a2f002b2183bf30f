import { describe, expect, it } from 'vitest';
import { regenerateScene } from '#core/project/regenerate-scene.ts';
import type { AdProject } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { checkInvariants } from '../../editor/rules.ts';
import { addSceneAfter, addWords, changeBackdrop, changeScenes, changeWords, dropTake, lockScenes, movePaletteColor, putTake, removeWords, renameScene, setLength } from './scene-changes.ts';

const project = exampleProject();
const media = { hash: 'c'.repeat(64), name: 'own.jpg', mime: 'image/jpeg' };
const first = (document: AdProject) => document.scenes[0] ?? expect.fail('no scene');

describe('an edit of the storyboard leaves a sound document', () => {
  const edits: Record<string, AdProject> = {
    words: changeWords(project, 'scene_1', 'a', 'x'.repeat(500)),
    more: addWords(project, 'scene_1', 'legal', 'Terms apply'),
    fewer: removeWords(project, 'scene_1', 'a'),
    longer: setLength(project, 'scene_1', 240),
    shortest: setLength(project, 'scene_1', 0),
    added: addSceneAfter(project, 'scene_1').project,
    'added before the end card': addSceneAfter(project, undefined).project,
    taken: putTake(regenerateScene(project, 'scene_1'), 'scene_1', 'take_1'),
    renamed: renameScene(project, 'scene_1', 'y'.repeat(200)),
    locked: lockScenes(project, ['scene_1'], true),
  };
  it.each(Object.entries(edits))('%s', (_, document) => expect(checkInvariants(document)).toEqual([]));
});

it('a new scene comes after the chosen one, and never after the end card', () => {
  expect(addSceneAfter(project, 'scene_1').project.scenes.map(({ id }) => id)).toEqual(['scene_1', 'scene_3', 'scene_2']);
  expect(addSceneAfter(project, 'scene_2').project.scenes.at(-1)?.isEndCard).toBe(true);
});

it('a locked scene refuses to change, but can be named and unlocked byte for byte', () => {
  const locked = lockScenes(project, ['scene_1'], true);
  expect(() => changeWords(locked, 'scene_1', 'a', 'x')).toThrow();
  expect(() => changeScenes(locked, ['scene_1'], (scene) => scene)).toThrow();
  expect(first(renameScene(locked, 'scene_1', 'Start')).name).toBe('Start');
  expect(lockScenes(locked, ['scene_1'], false)).toEqual(project);
});

it('of several scenes the locked ones stay as they are', () => {
  const changed = changeScenes(lockScenes(project, ['scene_1'], true), ['scene_1', 'scene_2'], (scene) => changeBackdrop(scene, { set: 'waves' }));
  expect(changed.scenes.map(({ backdrop }) => backdrop.set)).toEqual(['podium', 'waves']);
});

it('a chosen set takes the place of the user\'s own picture; other words for it do not', () => {
  const own = changeBackdrop(first(project), { media });
  expect(changeBackdrop(own, { prompt: 'a beach' }).backdrop).toMatchObject({ media, prompt: 'a beach' });
  expect(changeBackdrop(own, { set: 'arch' }).backdrop).not.toHaveProperty('media');
});

it('a name of nothing is the purpose again, and a dropped take is gone', () => {
  expect(first(renameScene(renameScene(project, 'scene_1', 'Start'), 'scene_1', ' '))).toEqual(first(project));
  expect(first(dropTake(regenerateScene(project, 'scene_1'), 'scene_1', 'take_1'))).not.toHaveProperty('takes');
});

it('colours change places, and stay when there is no place', () => {
  expect(movePaletteColor(project, 0, 2).style.palette).toEqual(['#405060', '#708090', '#102030']);
  expect(movePaletteColor(project, 0, 3)).toBe(project);
  expect(movePaletteColor(project, 0, -1)).toBe(project);
});
