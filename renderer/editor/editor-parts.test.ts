import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseAt } from '#core/composition/placement.ts';
import type { PlacementKeyframe } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { deleteClips, duplicateClips, nudgeClips, splitAt, trimClips } from './clip-edits.ts';
import { keyOf, parseClipKey } from './clip-key.ts';
import { copyClips, pasteClips } from './clipboard.ts';
import { frameToX, limitZoom, sliderToZoom, stackRows, ticksFor, visibleFrames, xToFrame, zoomAt, zoomToFit, zoomToSlider } from './geometry.ts';
import { keyframeAt, shiftKeyframes } from './keyframes.ts';
import { checkInvariants } from './rules.ts';
import { trimToRange } from './scene-edits.ts';
import { clipOrder, extentOf, pruneSelection, selectOnly, selectThrough, toggleSelected } from './selection.ts';
import { shareStructure } from './share-structure.ts';
import { Snapper, snapPoints } from './snapping.ts';

const ids = (project: ReturnType<typeof exampleProject>): string[] => project.scenes.map((scene) => scene.id);

describe('geometry', () => {
  const zoom = fc.double({ min: 0.02, max: 40, noNaN: true });
  it('comes back from pixels', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 18_000 }), zoom, fc.integer({ min: 0, max: 9000 }), (frame, pxPerFrame, scrollPx) => Math.abs(xToFrame({ pxPerFrame, scrollPx, widthPx: 800 }, frameToX({ pxPerFrame, scrollPx, widthPx: 800 }, frame)) - frame) < 1e-6));
  });
  it('zooms round the pointer', () => {
    fc.assert(fc.property(zoom, zoom, fc.integer({ min: 0, max: 800 }), (from, to, x) => {
      const view = { pxPerFrame: from, scrollPx: 4000, widthPx: 800 };
      const next = zoomAt(view, to, x);
      return next.scrollPx === 0 || Math.abs(xToFrame(next, x) - xToFrame(view, x)) < 1e-6;
    }));
  });
  it('shows the whole film when it fits, also one of ten minutes and one of a second', () => {
    for (const frames of [30, 450, 18_000]) expect(frames * zoomToFit(frames, 1000)).toBeLessThanOrEqual(1000);
    expect(visibleFrames({ pxPerFrame: 2, scrollPx: 100, widthPx: 200 })).toEqual({ startFrame: 50, endFrame: 150 });
  });
  it('has a slider that goes both ways', () => {
    fc.assert(fc.property(zoom, (value) => Math.abs(sliderToZoom(zoomToSlider(value)) - value) < value * 1e-9 + 1e-12));
    expect([limitZoom(0), limitZoom(999)]).toEqual([0.02, 40]);
  });
  it('leaves room for the ruler\'s labels, and small ticks divide the large ones', () => {
    fc.assert(fc.property(zoom, (pxPerFrame) => {
      const { labelled, small } = ticksFor(pxPerFrame, 30);
      return labelled * pxPerFrame >= 78 - 1e-9 || labelled === 54_000 || labelled === 1 ? Number.isInteger(labelled / small) && Number.isInteger(small) : false;
    }));
  });
  it('stacks what lies on each other', () => {
    expect(stackRows([{ startFrame: 0, endFrame: 10 }, { startFrame: 5, endFrame: 20 }, { startFrame: 10, endFrame: 12 }], 3)).toEqual([0, 1, 0]);
    expect(stackRows(Array.from({ length: 5 }, () => ({ startFrame: 0, endFrame: 9 })), 3)).toEqual([0, 1, 2, 2, 2]);
  });
});

describe('snapping', () => {
  const points = [{ frame: 100, kind: 'cut' as const }, { frame: 101, kind: 'second' as const }, { frame: 200, kind: 'marker' as const }];
  it('catches near, holds on longer than it catches, and lets go', () => {
    const snapper = new Snapper(points.slice(0, 1));
    expect(snapper.snap(110, 1).point).toBeNull();
    expect(snapper.snap(106, 1)).toMatchObject({ frame: 100 });
    expect(snapper.snap(110, 1)).toMatchObject({ frame: 100 });
    expect(snapper.snap(113, 1)).toMatchObject({ frame: 113, point: null });
    expect(snapper.snap(110, 1).point).toBeNull();
  });
  it('takes the nearer point, and the better one when two are as near', () => {
    expect(new Snapper(points).snap(100.9, 1).point?.kind).toBe('second');
    expect(new Snapper([{ frame: 10, kind: 'playhead' }, { frame: 10, kind: 'second' }]).snap(12, 1).point?.kind).toBe('playhead');
  });
  it('lets either end of a clip catch', () => {
    expect(new Snapper(points).snapSpan(150, 197, 1)).toMatchObject({ frame: 153, point: { frame: 200 } });
  });
  it('knows cuts, captions, markers, seconds, the end, not what is dragged', () => {
    const project = { ...exampleProject(), markers: [{ id: 'm', frame: 33, label: '' }] };
    const at = snapPoints(project, { playhead: 12, without: [keyOf.caption('scene_1', 'a')] }).map((point) => point.frame);
    for (const frame of [0, 12, 15, 30, 33, 75, 95, 165]) expect(at).toContain(frame);
    expect(at).not.toContain(5);
  });
});

describe('selection', () => {
  const project = exampleProject();
  const order = clipOrder(project, '1:1');
  it('goes through the timeline in reading order', () => {
    expect(order).toEqual(['scene:scene_1', 'caption:scene_1:a', 'caption:scene_1:b', 'transition:scene_1', 'scene:scene_2', 'caption:scene_2:a', 'music']);
    for (const key of order) expect(parseClipKey(key)).toBeDefined();
    expect(parseClipKey('nonsense')).toBeUndefined();
  });
  it('adds, takes away, and draws a range among its own kind', () => {
    const one = selectOnly('caption:scene_1:a');
    expect(toggleSelected(toggleSelected(one, 'music'), 'caption:scene_1:a').keys).toEqual(['music']);
    expect(selectThrough(one, 'caption:scene_2:a', order).keys).toEqual(['caption:scene_1:a', 'caption:scene_1:b', 'caption:scene_2:a']);
  });
  it('forgets what is gone', () => {
    const selection = { keys: ['scene:scene_1', 'scene:gone'], anchor: 'scene:gone' };
    expect(pruneSelection(selection, order)).toEqual({ keys: ['scene:scene_1'], anchor: null });
    expect(pruneSelection(selectOnly('music'), order)).toEqual(selectOnly('music'));
  });
  it('knows where everything is', () => {
    expect(extentOf(project, keyOf.caption('scene_2', 'a'))).toEqual({ startFrame: 95, endFrame: 165 });
    expect(extentOf(project, keyOf.transition('scene_1'))).toEqual({ startFrame: 75, endFrame: 90 });
    expect(extentOf(project, 'scene:gone')).toBeUndefined();
  });
});

describe('the clipboard', () => {
  it('takes scenes and captions into the same project and another one', () => {
    const project = exampleProject();
    const text = copyClips(project, ['scene:scene_1', 'caption:scene_2:a']) ?? '';
    const pasted = pasteClips(project, text, 100);
    expect(ids(pasted.project)).toEqual(['scene_1', 'scene_2', 'scene_3']);
    expect(pasted.keys).toEqual(['scene:scene_3', 'caption:scene_2:caption_2']);
    expect(checkInvariants(pasted.project)).toEqual([]);
    const other = { ...exampleProject(), products: exampleProject().products.map((product) => ({ ...product, id: 'jar' })), scenes: exampleProject().scenes.map((scene) => ({ ...scene, placement: undefined })) };
    expect(checkInvariants(pasteClips(other, text, 0).project)).toEqual([]);
  });
  it('refuses everything else', () => {
    expect(copyClips(exampleProject(), ['music'])).toBeUndefined();
    for (const text of ['', 'hello', '{}', '{"format":"adgen-clips/1","scenes":[{}],"captions":[]}', '[1,2']) expect(() => pasteClips(exampleProject(), text, 0)).toThrow('notAClip');
  });
});

describe('edits of what is selected', () => {
  it('delete several kinds at once', () => {
    const project = { ...exampleProject(), markers: [{ id: 'm', frame: 3, label: '' }] };
    const next = deleteClips(project, ['scene:scene_1', 'caption:scene_1:a', 'transition:scene_1', 'marker:m']);
    expect([ids(next), next.markers, checkInvariants(next)]).toEqual([['scene_2'], undefined, []]);
    expect(() => deleteClips(project, ['scene:scene_1', 'scene:scene_2'])).toThrow('lastScene');
    expect(() => deleteClips(project, [])).toThrow('nothingThere');
  });
  it('nudge, split, trim and duplicate', () => {
    const project = exampleProject();
    expect(nudgeClips(project, ['caption:scene_1:a', 'caption:scene_1:b'], 10).project.scenes[0]?.captions.map((caption) => caption.startFrame)).toEqual([15, 25]);
    expect(splitAt(project, ['caption:scene_1:a'], 40).project.scenes[0]?.captions).toHaveLength(3);
    expect(splitAt(project, [], 40).keys).toEqual(['scene:scene_3']);
    expect(trimClips(project, ['transition:scene_1'], 'end', 5).scenes[0]?.transition.durationFrames).toBe(20);
    expect(ids(duplicateClips(project, ['scene:scene_1']).project)).toEqual(['scene_1', 'scene_3', 'scene_2']);
    expect(checkInvariants(duplicateClips(project, ['scene:scene_1', 'caption:scene_2:a']).project)).toEqual([]);
  });
  it('keep what lies between two points, as near as scenes allow', () => {
    const project = exampleProject();
    expect(trimToRange(project, 20, 109)).toMatchObject({ durationFrames: 90 });
    expect(ids(trimToRange(project, 95, 160))).toEqual(['scene_2']);
    expect(trimToRange(project, 95, 160).durationFrames).toBe(66);
    expect(trimToRange(project, 0, 164)).toEqual(project);
    fc.assert(fc.property(fc.integer({ min: 0, max: 164 }), fc.integer({ min: 0, max: 164 }), (a, b) => {
      if (Math.abs(a - b) < 35) return true;
      return checkInvariants(trimToRange(project, Math.min(a, b), Math.max(a, b))).length === 0;
    }));
  });
});

describe('keyframes', () => {
  const key = fc.record({ frame: fc.integer({ min: 0, max: 200 }), x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }), scale: fc.double({ min: 0.1, max: 1, noNaN: true }), ease: fc.constantFrom('linear', 'easeInOut', 'easeOutBack', 'hold') });
  const list = fc.uniqueArray(key, { minLength: 1, maxLength: 6, selector: (item) => item.frame }).map((keys) => keys.map((item): PlacementKeyframe => ({ ...item, rotationDeg: 0, opacity: 1, shadow: 1, reflection: 0 } as PlacementKeyframe)).sort((a, b) => a.frame - b.frame));
  it('stand where the composition puts them', () => {
    fc.assert(fc.property(list, fc.integer({ min: 0, max: 220 }), (keys, frame) => {
      const { rect } = poseAt({ productId: 'p', keyframes: { '1:1': keys }, intent: 'hero', entrance: 'none', shadow: 1, reflection: 0 }, { x: 0, y: 0, width: 1, height: 1 }, 1, '1:1', frame, true);
      const own = keyframeAt(keys, frame);
      return own !== undefined && Math.abs(own.scale * canvasSize('1:1').height - rect.height) <= 0.51;
    }));
  });
  it('shifted go on as before at each of them', () => {
    fc.assert(fc.property(list, fc.integer({ min: -150, max: 150 }), (keys, by) => {
      const shifted = shiftKeyframes(keys, by);
      const first = shifted[0]?.frame ?? 0;
      return shifted.length > 0 && first >= 0 && shifted.every((item) => Math.abs(item.x - (keyframeAt(keys, item.frame - by)?.x ?? Number.NaN)) < 1e-9);
    }));
  });
});

it('sharing structure keeps what is equal and is equal to what came', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (before, after) => JSON.stringify(shareStructure(before, after)) === JSON.stringify(after)));
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => Object.is(shareStructure(value, structuredClone(value)), value) || typeof value !== 'object'));
  const before = { list: [{ id: 'a', deep: {} }, { id: 'b', deep: {} }] };
  const after = shareStructure(before, { list: [{ id: 'c', deep: {} }, { id: 'a', deep: {} }] });
  expect(after.list[1]).toBe(before.list[0]);
});
