/** Seeded random edits on the real editor and on a naive model; both must say the same, and undo must lead back byte for byte. */
import { expect, it } from 'vitest';
import { createRandom } from '#core/lib/random.ts';
import type { Random } from '#core/lib/random.ts';
import type { AdProject, PlacementKeyframe, Scene } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import * as captions from './caption-edits.ts';
import * as keyframes from './keyframe-edits.ts';
import * as markers from './marker-edits.ts';
import { checkInvariants, freshId } from './rules.ts';
import * as scenes from './scene-edits.ts';
import * as sound from './sound-edits.ts';
import { TestEditor } from './test-editor.ts';
import { NaiveFilm } from './testing/naive-film.ts';
import { setTransition } from './transition-edits.ts';

const EDITS = Number(process.env['FUZZ_EDITS'] ?? 10_000);
const SEEDS = 5;

type Twin = readonly [name: string, real: (project: AdProject) => AdProject, naive: (film: NaiveFilm) => boolean];

const pose: PlacementKeyframe = { frame: 0, x: 0.5, y: 0.8, scale: 0.5, rotationDeg: 0, opacity: 1, shadow: 1, reflection: 0, ease: 'linear' };

/** A random edit, twice. Ids are picked so that most exist; some are of clips that are gone. */
function nextEdit(random: Random, project: AdProject): Twin {
  const scene = random.pick(project.scenes);
  const { id } = scene;
  const caption = scene.captions.length > 0 ? random.pick(scene.captions) : undefined;
  const wordId = random.below(20) === 0 ? 'gone' : (caption?.id ?? 'gone');
  const by = random.below(8) === 0 ? random.below(8000) - 4000 : random.below(61) - 30;
  const anywhere = random.below(project.durationFrames + 20) - 10;
  const inCaption = caption ? captions.startOf(project, id) + caption.startFrame + random.below(caption.endFrame - caption.startFrame) : anywhere;
  const frame = random.below(2) === 0 ? anywhere : inCaption;
  const edge = random.pick(['start', 'end'] as const);
  const sceneId = freshId('scene', project.scenes.map((other) => other.id));
  const captionIn = (other: Scene): string => freshId('caption', other.captions.map((item) => item.id));
  const ref = { sceneId: id, captionId: wordId };
  const keysRef = { sceneId: id, ratio: '1:1' } as const;
  const keys = scene.placement?.keyframes['1:1'] ?? [];
  const key = keys.length > 0 ? random.pick(keys).frame : 3;
  const mark = project.markers?.[0]?.id ?? 'gone';
  const index = random.below(project.scenes.length + 1);
  return random.pick<Twin>([
    ['trim', (doc) => (edge === 'end' ? scenes.trimSceneEnd : scenes.trimSceneStart)(doc, id, by), (film) => film.trim(id, edge, by)],
    ['trim', (doc) => (edge === 'end' ? scenes.trimSceneEnd : scenes.trimSceneStart)(doc, id, by), (film) => film.trim(id, edge, by)],
    ['roll', (doc) => scenes.rollCut(doc, id, by), (film) => film.roll(id, by)],
    ['split', (doc) => scenes.splitScene(doc, frame).project, (film) => film.split(frame, sceneId)],
    ['slip', (doc) => scenes.slipScene(doc, id, by), (film) => film.slip(id, by)],
    ['reorder', (doc) => scenes.moveScenes(doc, [id], index), (film) => film.reorder(id, index)],
    ['duplicate', (doc) => scenes.duplicateScenes(doc, [id]).project, (film) => film.duplicate(id, sceneId)],
    ['remove', (doc) => scenes.deleteScenes(doc, [id]), (film) => film.remove(id)],
    ['remove', (doc) => scenes.deleteScenes(doc, [id]), (film) => film.remove(id)],
    ['join', (doc) => setTransition(doc, id, by % 3 === 0 ? 'cut' : 'dissolve', Math.abs(by)), (film) => film.join(id, by % 3 === 0, Math.abs(by))],
    ['move word', (doc) => captions.moveCaption(doc, ref, frame).project, (film) => film.moveWord(id, wordId, frame, freshNear(project, frame, id))],
    ['trim word', (doc) => (edge === 'end' ? captions.trimCaptionEnd : captions.trimCaptionStart)(doc, ref, by), (film) => film.trimWord(id, wordId, edge, by)],
    ['split word', (doc) => captions.splitCaption(doc, ref, frame).project, (film) => film.splitWord(id, wordId, frame, captionIn(scene))],
    ['add word', (doc) => captions.addCaption(doc, frame, { text: 'New', role: 'support' }).project, (film) => film.addWord(frame, (words) => freshId('caption', words.map((word) => word.id)))],
    ['add word', (doc) => captions.addCaption(doc, anywhere, { text: 'New', role: 'support' }).project, (film) => film.addWord(anywhere, (words) => freshId('caption', words.map((word) => word.id)))],
    ['remove word', (doc) => captions.deleteCaptions(doc, [ref]), (film) => film.removeWord(id, wordId)],
    ['add key', (doc) => keyframes.setKeyframe(doc, keysRef, { ...pose, frame: Math.abs(by), x: (by % 10) / 10 }), (film) => film.addKey(id, Math.abs(by))],
    ['move key', (doc) => keyframes.moveKeyframe(doc, keysRef, key, key + by), (film) => film.moveKey(id, key, key + by)],
    ['remove key', (doc) => keyframes.deleteKeyframes(doc, keysRef, [key]), (film) => film.removeKey(id, key)],
    ['mark', (doc) => markers.addMarker(doc, Math.max(0, frame), 'here').project, (film) => film.mark(Math.max(0, frame), freshId('marker', (project.markers ?? []).map((marker) => marker.id)))],
    ['move mark', (doc) => markers.moveMarker(doc, mark, frame), (film) => film.moveMark(mark, frame)],
    ['unmark', (doc) => markers.deleteMarkers(doc, [mark]), (film) => { film.markers = film.markers.filter((marker) => marker.id !== mark); return true; }],
    ['music', (doc) => sound.trimMusic(doc, by), (film) => { film.sound.musicTrim = Math.max(0, by); return true; }],
    ['fade', (doc) => sound.setFade(doc, edge === 'start' ? 'in' : 'out', by), (film) => { film.sound[edge === 'start' ? 'fadeIn' : 'fadeOut'] = Math.min(300, Math.max(0, by)); return true; }],
    ['voice', (doc) => sound.moveVoice(doc, frame), (film) => { film.sound.voiceAt = Math.min(film.length() - 1, Math.max(0, frame)); return true; }],
    ['gain', (doc) => sound.setGain(doc, 'music', by), (film) => { film.sound.musicDb = Math.min(12, Math.max(-60, by)); return true; }],
    ['lock', (doc) => ({ ...doc, scenes: doc.scenes.map((other) => (other.id === id ? { ...other, isLocked: other.isLocked !== true && by > 15 } : other)) }), (film) => { for (const clip of film.clips) if (clip.id === id) clip.isLocked = !clip.isLocked && by > 15; return true; }],
  ]);
}

// The id that a caption gets in the scene it is carried into, should its own be taken there.
function freshNear(project: AdProject, frame: number, id: string): string {
  const film = NaiveFilm.of(project);
  const there = film.clips.flatMap((clip, index) => (frame >= film.startOf(index) && frame < film.startOf(index) + clip.len ? [clip] : []));
  const clip = there.find((other) => other.id === id) ?? there.at(-1) ?? (frame < 0 ? film.clips[0] : film.clips.at(-1));
  return freshId('caption', clip?.words.map((word) => word.id) ?? []);
}

it.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))('%i: the editor does what the naive model does, and undo leads back byte for byte', (seed) => {
  const random = createRandom(seed, 'editor');
  const editor = new TestEditor(exampleProject());
  const film = NaiveFilm.of(editor.project);
  const start = JSON.stringify(editor.project);
  const made = new Map<string, number>();
  for (let move = 0; move < EDITS / SEEDS; move += 1) {
    const [name, real, naive] = nextEdit(random, editor.project);
    const where = `seed ${seed}, edit ${move}: ${name}`;
    const before = editor.project;
    const refusal = editor.edit(real);
    const isMade = film.attempt(naive);
    expect(refusal === undefined, `${where} (${refusal ?? 'made'})`).toBe(isMade);
    expect(NaiveFilm.of(editor.project), where).toEqual(film);
    if (refusal === undefined) made.set(name, (made.get(name) ?? 0) + 1);
    else expect(editor.project, where).toBe(before);
    if (move % 10 === 0) expect(checkInvariants(editor.project), where).toEqual([]);
  }
  expect(Math.min(...['trim', 'split', 'remove', 'move word', 'split word', 'roll', 'move key'].map((name) => made.get(name) ?? 0)), 'every kind of edit was made').toBeGreaterThan(0);
  const end = JSON.stringify(editor.project);
  const { steps } = editor;
  while (editor.undo());
  expect(JSON.stringify(editor.project)).toBe(start);
  while (editor.redo());
  expect(JSON.stringify(editor.project)).toBe(end);
  expect(steps).toBeGreaterThan(EDITS / SEEDS / 4);
});
