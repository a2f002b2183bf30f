import { describe, expect, it } from 'vitest';
import { sceneSpans, spansAt } from '#core/composition/timeline.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { keyOf } from '../clip-key.ts';
import { checkInvariants } from '../rules.ts';
import { TestEditor } from '../test-editor.ts';
import { Fading, StretchingTransition, TrimmingVoice } from './adjusting.ts';
import { Marqueeing, Scrubbing } from './looking.ts';
import { MovingClips, ReorderingScenes } from './moving.ts';
import { Slipping } from './slipping.ts';
import { TrimmingCaption, TrimmingScene } from './trimming.ts';

const open = (): TestEditor => new TestEditor(exampleProject());
const editorEnd = (): number => open().project.durationFrames - 1;
const lengths = (editor: TestEditor): number[] => editor.project.scenes.map((scene) => scene.durationFrames);

describe('every gesture', () => {
  const gestures = [
    ['trimming', (editor: TestEditor) => (pointer: never) => new TrimmingScene(editor, pointer, 'scene_1', 'end', false)],
    ['rolling', (editor: TestEditor) => (pointer: never) => new TrimmingScene(editor, pointer, 'scene_1', 'end', true)],
    ['trimming a caption', (editor: TestEditor) => (pointer: never) => new TrimmingCaption(editor, pointer, { sceneId: 'scene_1', captionId: 'a' }, 'end')],
    ['slipping', (editor: TestEditor) => (pointer: never) => new Slipping(editor, pointer, 'scene_1')],
    ['moving', (editor: TestEditor) => (pointer: never) => new MovingClips(editor, pointer, keyOf.caption('scene_1', 'a'), [keyOf.caption('scene_1', 'a')])],
    ['reordering', (editor: TestEditor) => (pointer: never) => new ReorderingScenes(editor, pointer, ['scene_1'])],
    ['stretching a transition', (editor: TestEditor) => (pointer: never) => new StretchingTransition(editor, pointer, 'scene_1', 'end')],
    ['fading', (editor: TestEditor) => (pointer: never) => new Fading(editor, pointer, 'in')],
  ] as const;

  it.each(gestures)('%s is one step of undo however far it goes, and undo takes all of it back', (_name, begin) => {
    const editor = open();
    const before = JSON.stringify(editor.project);
    const through = Array.from({ length: 40 }, (_, step) => 60 - step);
    editor.drag(begin(editor) as never, 60, ...through, 160, 73);
    expect([checkInvariants(editor.project), editor.commits.length <= 1, editor.steps <= editor.commits.length]).toEqual([[], true, true]);
    while (editor.undo());
    expect(JSON.stringify(editor.project)).toBe(before);
  });

  it.each(gestures)('%s shows drafts and puts everything back at Escape', (_name, begin) => {
    const editor = open();
    const before = editor.project;
    const gesture = (begin(editor) as never as (pointer: unknown) => TrimmingScene)(editor.at({ frame: 60 }));
    gesture.move(editor.at({ frame: 40 }));
    gesture.move(editor.at({ frame: 150 }));
    expect(editor.draft.project).not.toBeNull();
    gesture.cancel();
    expect([editor.draft.project, editor.project === before, editor.steps]).toEqual([null, true, 0]);
  });
});

describe('what is looked at', () => {
  it('is the edge that is trimmed, where nothing else covers it', () => {
    for (const edge of ['start', 'end'] as const) {
      const editor = open();
      const gesture = new TrimmingScene(editor, editor.at({ frame: 80 }), 'scene_2', edge, false);
      gesture.move(editor.at({ frame: 90 }));
      const shown = spansAt(sceneSpans(editor.draft.project ?? editor.project), editor.draft.lookAt ?? -1);
      expect(shown.map(({ scene }) => scene.id)).toEqual(['scene_2']);
    }
  });

  it('is the playhead as long as it stands in what is slipped', () => {
    const lookAt = (playhead: number): number | undefined => {
      const editor = open();
      editor.playhead = playhead;
      new Slipping(editor, editor.at({ frame: 60 }), 'scene_1').move(editor.at({ frame: 40 }));
      return editor.draft.lookAt;
    };
    expect([lookAt(10), lookAt(editorEnd())]).toEqual([undefined, 0]);
  });
});

describe('trimming', () => {
  it('ripples, and rolls when told so', () => {
    const editor = open();
    editor.drag((pointer) => new TrimmingScene(editor, pointer, 'scene_1', 'end', false), 90, 80);
    expect([lengths(editor), editor.project.durationFrames]).toEqual([[80, 90], 155]);
    editor.drag((pointer) => new TrimmingScene(editor, pointer, 'scene_1', 'end', true), 80, 100);
    expect([lengths(editor), editor.project.durationFrames]).toEqual([[100, 70], 155]);
    editor.drag((pointer) => new TrimmingScene(editor, pointer, 'scene_2', 'start', true), 85, 75);
    expect([lengths(editor), editor.project.durationFrames]).toEqual([[90, 80], 155]);
  });

  it('at the start leaves out the beginning, of words and backdrop too', () => {
    const editor = open();
    editor.drag((pointer) => new TrimmingScene(editor, pointer, 'scene_2', 'start', false), 75, 85);
    expect(editor.project.scenes[1]).toMatchObject({ durationFrames: 80, backdrop: { startFrame: 10 }, captions: [{ startFrame: 10, endFrame: 80 }] });
  });

  it('never loses words: they are pushed together as far as they can be read', () => {
    const editor = open();
    editor.drag((pointer) => new TrimmingScene(editor, pointer, 'scene_1', 'end', false), 90, -500);
    expect(editor.project.scenes[0]).toMatchObject({ durationFrames: 6, captions: [{ startFrame: 0, endFrame: 6 }, { startFrame: 0, endFrame: 6 }] });
  });

  it('catches on the playhead, not while alt is down', () => {
    const editor = open();
    editor.isSnapping = true;
    editor.playhead = 50;
    const gesture = new TrimmingCaption(editor, editor.at({ frame: 70 }), { sceneId: 'scene_1', captionId: 'a' }, 'end');
    gesture.move(editor.at({ frame: 50.6 }));
    expect(editor.draft).toMatchObject({ frames: -20, snappedTo: { kind: 'playhead', frame: 50 } });
    gesture.move(editor.at({ frame: 50.6, isSnappingOff: true }));
    expect(editor.draft).toMatchObject({ frames: -19, snappedTo: null });
  });

  it('does nothing to a locked scene, and says so', () => {
    const editor = open();
    editor.edit((project) => ({ ...project, scenes: project.scenes.map((scene) => ({ ...scene, isLocked: true })) }));
    const gesture = new TrimmingScene(editor, editor.at({ frame: 90 }), 'scene_1', 'end', false);
    expect(() => gesture.move(editor.at({ frame: 80 }))).toThrow('locked');
  });
});

describe('moving', () => {
  it('carries a caption over to the next scene', () => {
    const editor = open();
    editor.drag((pointer) => new MovingClips(editor, pointer, keyOf.caption('scene_1', 'b'), [keyOf.caption('scene_1', 'b')]), 20, 60, 115);
    expect(editor.project.scenes.map((scene) => scene.captions.map((caption) => caption.id))).toEqual([['a'], ['a', 'b']]);
    expect(editor.selected).toEqual([keyOf.caption('scene_2', 'b')]);
    expect(editor.project.scenes[1]?.captions[1]).toMatchObject({ startFrame: 35, endFrame: 90 });
  });

  it('gives a caption a new name where its own is taken', () => {
    const editor = open();
    editor.drag((pointer) => new MovingClips(editor, pointer, keyOf.caption('scene_1', 'a'), [keyOf.caption('scene_1', 'a')]), 10, 130);
    expect(editor.project.scenes[1]?.captions.map((caption) => caption.id)).toEqual(['a', 'caption_2']);
    expect(checkInvariants(editor.project)).toEqual([]);
  });

  it('puts scenes into another order', () => {
    const editor = open();
    editor.drag((pointer) => new ReorderingScenes(editor, pointer, ['scene_2']), 120, 20);
    expect(editor.project.scenes.map((scene) => scene.id)).toEqual(['scene_2', 'scene_1']);
  });

  it('moves the voice\'s beginning with what is heard', () => {
    const editor = open();
    editor.edit((project) => ({ ...project, soundtrack: { ...project.soundtrack, voice: { hash: 'b'.repeat(64), name: 'v.wav', mime: 'audio/wav' }, voiceStartFrame: 20 } }));
    editor.drag((pointer) => new TrimmingVoice(editor, pointer), 20, 30);
    expect(editor.project.soundtrack).toMatchObject({ voiceStartFrame: 30, voiceTrimFrames: 10 });
    editor.drag((pointer) => new TrimmingVoice(editor, pointer), 30, -100);
    expect(editor.project.soundtrack).toMatchObject({ voiceStartFrame: 20 });
    expect(editor.project.soundtrack.voiceTrimFrames).toBeUndefined();
  });
});

describe('looking', () => {
  it('scrubs, and goes back at Escape', () => {
    const editor = open();
    editor.playhead = 7;
    const gesture = new Scrubbing(editor, editor.at({ frame: 50.5 }));
    gesture.move(editor.at({ frame: 99.5 }));
    expect(editor.playhead).toBe(99);
    gesture.cancel();
    expect(editor.playhead).toBe(7);
  });

  it('selects with a rectangle, adds with shift, and gives back what was selected at Escape', () => {
    const editor = open();
    editor.clipsIn = () => ['marker:m'];
    editor.selected = ['music'];
    const gesture = new Marqueeing(editor, editor.at({ frame: 10, isExtending: true }), editor.selected);
    gesture.move(editor.at({ frame: 2, y: 40 }));
    expect(editor.selected).toEqual(['music', 'marker:m']);
    expect(editor.draft.marquee).toEqual({ left: 20, right: 100, top: 0, bottom: 40 });
    gesture.cancel();
    expect(editor.selected).toEqual(['music']);
  });
});
