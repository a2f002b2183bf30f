import { describe, expect, it } from 'vitest';
import { evaluate } from '#core/composition/evaluate.ts';
import { sampleFacts, sampleProject } from '#core/composition/testing/sample-film.ts';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject, PlacementKeyframe } from '#core/project/schema.ts';
import { addKeyframe, automaticKeyframes, carryKeyframes, changeKeyframes, keyframesOf, poseOn, removeKeyframe, setEasing, setOnKeyframes } from './product-keyframes.ts';

const project = sampleProject();
const facts = sampleFacts(project);
const [scene] = project.scenes;
if (!scene?.placement) throw new Error('the sample has a product');
const { placement } = scene;

const withKeys = (keys: PlacementKeyframe[], ratio: Ratio): AdProject => adProjectSchema.parse({ ...project, scenes: [{ ...scene, placement: { ...placement, keyframes: { [ratio]: keys } } }, ...project.scenes.slice(1)] });
const rectAt = (document: AdProject, ratio: Ratio, frame: number) => evaluate(document, ratio, frame, facts).from.layers.find((layer) => layer.source.startsWith('product/'))?.rect;

describe('the automatic layout as keyframes', () => {
  for (const ratio of RATIOS) {
    it(`draws the same in ${ratio}, also while the product comes`, () => {
      const keys = automaticKeyframes(scene, ratio, facts) ?? [];
      expect(keys.map((key) => key.frame)).toEqual([0, 20]);
      for (const frame of [0, 5, 11, 20, 60]) {
        const [automatic, byHand] = [rectAt(project, ratio, frame), rectAt(withKeys(keys, ratio), ratio, frame)];
        if (!automatic || !byHand) throw new Error('the product is not shown');
        for (const side of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(automatic[side] - byHand[side])).toBeLessThan(1.6);
      }
    });
  }
  it('is one keyframe without an entrance, and none without a product', () => {
    expect(automaticKeyframes({ ...scene, placement: { ...placement, entrance: 'none' } }, '1:1', facts)?.map((key) => key.frame)).toEqual([0]);
    expect(automaticKeyframes({ ...scene, placement: undefined }, '1:1', facts)).toBeUndefined();
    expect(automaticKeyframes({ ...scene, placement: { ...placement, productId: 'gone' } }, '1:1', facts)).toBeUndefined();
  });
});

describe('changes by hand', () => {
  const keys = keyframesOf(scene, '9:16', facts) ?? [];
  it('off a keyframe move the whole motion', () => {
    const moved = changeKeyframes(keys, 50, false, { dx: 0.1, dy: -0.05, scaleBy: 2 });
    moved.forEach((key, index) => {
      expect(key.x).toBeCloseTo((keys[index]?.x ?? 0) + 0.1, 4);
      expect(key.scale).toBeCloseTo((keys[index]?.scale ?? 0) * 2, 4);
    });
  });
  it('on a keyframe change that one alone, unless the whole is meant', () => {
    const moved = changeKeyframes(keys, 20, false, { dx: 0.1 });
    expect(moved[0]).toEqual(keys[0]);
    expect(moved[1]?.x).toBeCloseTo((keys[1]?.x ?? 0) + 0.1, 4);
    expect(changeKeyframes(keys, 20, true, { dx: 0.1 })[0]?.x).toBeCloseTo((keys[0]?.x ?? 0) + 0.1, 4);
  });
  it('stay within what a document can hold, however wild they are', () => {
    const wild = changeKeyframes(keys, 50, false, { dx: 90, dy: -90, scaleBy: 1e6, rotateBy: 1234 });
    expect(() => withKeys(wild, '9:16')).not.toThrow();
    expect(() => withKeys(changeKeyframes(keys, 50, false, { scaleBy: 0 }), '9:16')).not.toThrow();
  });
  it('set single fields', () => {
    expect(setOnKeyframes(keys, 50, false, { shadow: 0.3 }).map((key) => key.shadow)).toEqual([0.3, 0.3]);
    expect(setOnKeyframes(keys, 0, false, { shadow: 0.3 }).map((key) => key.shadow)).toEqual([0.3, 1]);
  });
});

describe('keyframes', () => {
  const keys = keyframesOf(scene, '9:16', facts) ?? [];
  it('that are added change nothing but what comes after', () => {
    const more = addKeyframe(keys, 8);
    expect(more.map((key) => key.frame)).toEqual([0, 8, 20]);
    expect(poseOn(more, 8)).toEqual(poseOn(keys, 8));
    expect(poseOn(more, 0)).toEqual(poseOn(keys, 0));
    expect(addKeyframe(more, 8)).toEqual(more);
  });
  it('are gone one by one, and at last it is automatic again', () => {
    const one = removeKeyframe(keys, 0);
    expect(one?.map((key) => key.frame)).toEqual([20]);
    expect(removeKeyframe(one ?? [], 20)).toBeUndefined();
    expect(removeKeyframe(keys, 7)).toEqual(keys);
  });
  it('ease from the one before the playhead', () => {
    expect(setEasing(keys, 12, 'linear').map((key) => key.ease)).toEqual(['linear', 'easeOut']);
    expect(setEasing(keys, 90, 'hold').map((key) => key.ease)).toEqual(['easeOut', 'hold']);
  });
  it('mean the same change in another ratio', () => {
    const moved = changeKeyframes(keys, 50, false, { dx: 0.1, scaleBy: 1.2 });
    const [document] = withKeys(moved, '9:16').scenes;
    if (!document) throw new Error('no scene');
    const carried = carryKeyframes(document, '9:16', '16:9', facts);
    const automatic = automaticKeyframes(document, '16:9', facts);
    expect(carried?.at(-1)?.x).toBeCloseTo((automatic?.at(-1)?.x ?? 0) + 0.1, 3);
    expect(carried?.at(-1)?.scale).toBeCloseTo((automatic?.at(-1)?.scale ?? 0) * 1.2, 3);
    expect(carryKeyframes(scene, '9:16', '16:9', facts)).toBeUndefined();
  });
});
