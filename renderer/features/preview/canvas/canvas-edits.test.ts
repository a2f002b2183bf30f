import { describe, expect, it } from 'vitest';
import type { Film } from '#core/composition/film.ts';
import { sampleFacts, sampleProject, sampleScene } from '#core/composition/testing/sample-film.ts';
import { RATIOS } from '#core/project/ratio.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { applyBox, applyToAllRatios, isOverridden, resetToAutomatic, setGround, setLook, setPose, shiftPose, toggleKeyframe } from './canvas-edits.ts';
import { hitItem, itemsAt } from './canvas-items.ts';
import type { CanvasTarget } from './canvas-items.ts';

const project = sampleProject();
const facts = sampleFacts(project);
const product: CanvasTarget = { kind: 'product', sceneId: 'scene_1' };
const caption: CanvasTarget = { kind: 'caption', sceneId: 'scene_1', captionId: 'c1' };

const filmOf = (document: AdProject): Film => ({ ratio: '9:16', scenes: document.scenes, products: document.products, grain: 0, facts, parts: {}, captions: {} });
function boxOf(document: AdProject, target: CanvasTarget, frame: number) {
  const item = itemsAt(filmOf(document), frame).find((candidate) => JSON.stringify(candidate.target) === JSON.stringify(target));
  if (!item) throw new Error(`nothing on the canvas for ${JSON.stringify(target)}`);
  return item.box;
}

describe('a box that is dragged', () => {
  for (const frame of [4, 20, 50]) {
    it(`stands where it was let go, at frame ${frame}, camera or not`, () => {
      const from = boxOf(project, product, frame);
      const to = { ...from, x: from.x + 111, y: from.y - 77 };
      const after = boxOf(applyBox(project, product, from, to, { ratio: '9:16', frame, facts }), product, frame);
      expect(Math.abs(after.x - to.x)).toBeLessThan(1.7);
      expect(Math.abs(after.y - to.y)).toBeLessThan(1.7);
    });
  }
  it('and brought back again has changed nothing', () => {
    for (const target of [product, caption]) {
      const from = boxOf(project, target, 50);
      expect(applyBox(project, target, from, { ...from, x: from.x + 1e-9 }, { ratio: '9:16', frame: 50, facts })).toBe(project);
    }
  });
  it('is as large and as turned as it was made', () => {
    const from = boxOf(project, product, 60);
    const to = { x: from.x - 50, y: from.y - 100, width: from.width * 1.25, height: from.height * 1.25, rotationDeg: 20 };
    const after = boxOf(applyBox(project, product, from, to, { ratio: '9:16', frame: 60, facts }), product, 60);
    expect(after.rotationDeg).toBe(20);
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(after[side] - to[side])).toBeLessThan(1.7);
  });
  it('of words stands where it was let go, and lines break as before', () => {
    const from = boxOf(project, caption, 50);
    const to = { ...from, x: from.x + 40, y: from.y + 300 };
    const edited = applyBox(project, caption, from, to, { ratio: '9:16', frame: 50, facts });
    const after = boxOf(edited, caption, 50);
    expect(Math.abs(after.x - to.x)).toBeLessThan(1.1);
    expect(Math.abs(after.y - to.y)).toBeLessThan(1.1);
    expect(edited.scenes[0]?.captions[0]?.position['9:16']?.width).toBeCloseTo(840 / 1080, 3);
  });
  it('of words that is pulled at a corner changes the type, at a side the width', () => {
    const from = boxOf(project, caption, 50);
    const larger = applyBox(project, caption, from, { ...from, width: from.width * 1.2, height: from.height * 1.2 }, { ratio: '9:16', frame: 50, facts });
    expect(larger.scenes[0]?.captions[0]?.look?.scale).toBeCloseTo(1.2, 3);
    const wider = applyBox(project, caption, from, { ...from, x: from.x - 50, width: from.width + 100 }, { ratio: '9:16', frame: 50, facts });
    expect(wider.scenes[0]?.captions[0]?.look).toBeUndefined();
    expect(wider.scenes[0]?.captions[0]?.position['9:16']?.width).toBeCloseTo(700 / 1080, 3);
  });
  it('leaves a document that can be kept, however far it was dragged', () => {
    for (const target of [product, caption]) {
      const from = boxOf(project, target, 50);
      for (const [dx, dy, grow] of [[9e4, 9e4, 90], [-9e4, -9e4, 1e-4]] as const) {
        const edited = applyBox(project, target, from, { x: from.x + dx, y: from.y + dy, width: from.width * grow, height: from.height * grow, rotationDeg: 5000 }, { ratio: '9:16', frame: 50, facts });
        expect(adProjectSchema.safeParse(edited).success).toBe(true);
      }
    }
  });
  it('of a locked scene is refused', () => {
    const locked = sampleProject([sampleScene('scene_1', { isLocked: true })]);
    const from = boxOf(locked, product, 50);
    expect(() => applyBox(locked, product, from, { ...from, x: 0 }, { ratio: '9:16', frame: 50, facts })).toThrow(/refused/);
  });
});

describe('overrides of a ratio', () => {
  const moved = shiftPose(project, 'scene_1', { dx: 0.1 }, { ratio: '9:16', frame: 50, facts });
  it('are there after the first change and leave the other ratios alone', () => {
    const [scene] = moved.scenes;
    if (!scene) throw new Error('no scene');
    expect(RATIOS.map((ratio) => isOverridden(scene, product, ratio))).toEqual([true, false, false]);
  });
  it('go back to exactly the document that was there', () => {
    expect(resetToAutomatic(moved, product, '9:16')).toEqual(project);
  });
  it('are taken to all ratios, and words with them', () => {
    const [scene] = applyToAllRatios(moved, product, '9:16', facts).scenes;
    if (!scene) throw new Error('no scene');
    expect(RATIOS.every((ratio) => isOverridden(scene, product, ratio))).toBe(true);
    const from = boxOf(project, caption, 50);
    const [placed] = applyToAllRatios(applyBox(project, caption, from, { ...from, y: 400 }, { ratio: '9:16', frame: 50, facts }), caption, '9:16', facts).scenes;
    if (!placed) throw new Error('no scene');
    expect(RATIOS.every((ratio) => isOverridden(placed, caption, ratio))).toBe(true);
  });
});

describe('keyframes at the playhead', () => {
  const place = { ratio: '9:16' as const, frame: 50, facts };
  it('come and go', () => {
    const added = toggleKeyframe(project, 'scene_1', place);
    expect(added.scenes[0]?.placement?.keyframes['9:16']?.map((key) => key.frame)).toEqual([0, 20, 50]);
    expect(toggleKeyframe(added, 'scene_1', place).scenes[0]?.placement?.keyframes['9:16']?.map((key) => key.frame)).toEqual([0, 20]);
  });
  it('take what is set there alone', () => {
    const set = setPose(toggleKeyframe(project, 'scene_1', place), 'scene_1', { opacity: 0.5 }, place);
    expect(set.scenes[0]?.placement?.keyframes['9:16']?.map((key) => key.opacity)).toEqual([1, 1, 0.5]);
  });
  it('share the shadow of the scene', () => {
    const set = setGround(toggleKeyframe(project, 'scene_1', place), 'scene_1', { shadow: 0.2 });
    expect(set.scenes[0]?.placement?.shadow).toBe(0.2);
    expect(set.scenes[0]?.placement?.keyframes['9:16']?.every((key) => key.shadow === 0.2)).toBe(true);
  });
});

describe('looks of words', () => {
  const [words] = project.scenes[0]?.captions ?? [];
  if (!words) throw new Error('no words');
  it('leave no trace when nothing is left of them', () => {
    const loud = setLook(words, { color: '#ff0000', font: 'body' });
    expect(loud.look).toEqual({ color: '#ff0000', font: 'body' });
    expect(setLook(loud, { color: undefined, font: undefined })).toEqual(words);
  });
});

describe('what is under the pointer', () => {
  const items = itemsAt(filmOf(project), 50);
  it('is in front, unless what is selected is there too', () => {
    const { box } = items.find((item) => item.target.kind === 'product') ?? items[0]!;
    const point = { x: box.x + box.width / 2, y: box.y + 20 };
    const over = [...items, { target: caption, box: { ...box } }];
    expect(hitItem(over, point, null, 0)?.target).toEqual(caption);
    expect(hitItem(over, point, product, 0)?.target).toEqual(product);
    expect(hitItem(over, { x: -500, y: -500 }, product, 0)).toBeUndefined();
  });
});
