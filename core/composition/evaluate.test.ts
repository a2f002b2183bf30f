import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canvasSize, RATIOS } from '../project/ratio.ts';
import { SCENE_PURPOSES } from '../project/schema.ts';
import { settleFrame } from './camera.ts';
import { evaluate, layoutOf } from './evaluate.ts';
import { sourceOf } from './facts.ts';
import { ENTRANCE_FRAMES } from './placement.ts';
import { isInsideZone, safeZone } from './safe-zones.ts';
import { sampleFacts, sampleProject, sampleScene } from './testing/sample-film.ts';
import { sceneSpans, segmentsOf, totalFrames } from './timeline.ts';

const project = sampleProject();
const facts = sampleFacts(project);

describe('evaluate', () => {
  it('draws backdrop, shadow, product, wrap and words in this order', () => {
    const plan = evaluate(project, '9:16', 50, facts);
    expect(plan.from.layers.map((layer) => layer.source)).toEqual([
      sourceOf.backdrop('scene_1', 0), sourceOf.backdrop('scene_1', 1), sourceOf.part('product_1', 'contact', 'scene_1'),
      sourceOf.product('product_1', 'scene_1'), sourceOf.part('product_1', 'wrap', 'scene_1'), sourceOf.caption('scene_1', 'c1'),
    ]);
    expect(plan.to).toBeUndefined();
  });

  it.each(RATIOS)('lets the product stand still on whole pixels once it has settled (%s)', (ratio) => {
    const [span] = sceneSpans(project);
    const rest = span && layoutOf(span, ratio, facts).product;
    const from = Math.max(ENTRANCE_FRAMES, settleFrame(sampleScene('x')));
    for (let frame = from; frame < 88; frame++) {
      const product = evaluate(project, ratio, frame, facts).from.layers.find((layer) => layer.sampling === 'exact');
      expect(product?.rect).toEqual(rest);
      expect(Object.values(product?.rect ?? {}).every(Number.isInteger)).toBe(true);
      expect(product?.opacity).toBe(1);
    }
  });

  it('keeps far layers moving while the product stands still', () => {
    const at = (frame: number) => evaluate(project, '16:9', frame, facts).from.layers.map((layer) => layer.rect.x);
    const [before, after] = [at(60), at(80)];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it('moves smoothly: no layer jumps more than 3 % of the canvas between frames', () => {
    for (const ratio of RATIOS) {
      const { width } = canvasSize(ratio);
      for (let frame = 1; frame < 86; frame++) {
        const [a, b] = [evaluate(project, ratio, frame - 1, facts), evaluate(project, ratio, frame, facts)];
        for (const layer of b.from.layers) {
          const before = a.from.layers.find((other) => other.source === layer.source);
          if (before) expect(Math.abs(layer.rect.x - before.rect.x) + Math.abs(layer.rect.y - before.rect.y)).toBeLessThan(width * 0.03);
        }
      }
    }
  });

  it('shows both scenes in a transition, with a progress strictly between 0 and 1', () => {
    const [, transition] = segmentsOf(project);
    expect(transition?.kind).toBe('transition');
    const plans = Array.from({ length: transition?.frameCount ?? 0 }, (_, i) => evaluate(project, '1:1', (transition?.startFrame ?? 0) + i, facts));
    expect(plans.every((plan) => plan.from.sceneId === 'scene_1' && plan.to?.sceneId === 'scene_2')).toBe(true);
    const progress = plans.map((plan) => plan.transition?.progress ?? -1);
    expect(Math.min(...progress)).toBeGreaterThan(0);
    expect(Math.max(...progress)).toBeLessThan(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it('never shows two products through each other in a dissolve', () => {
    const apart = sampleProject([sampleScene('scene_1'), sampleScene('scene_2', { placement: { ...sampleScene('x').placement!, intent: 'left', entrance: 'none' } })]);
    const known = sampleFacts(apart);
    const [, transition] = segmentsOf(apart);
    for (let i = 0; i < transition!.frameCount; i++) {
      const plan = evaluate(apart, '16:9', transition!.startFrame + i, known);
      const strength = (layers: typeof plan.from.layers, share: number) => share * (layers.find((layer) => layer.sampling === 'exact')?.opacity ?? 0);
      expect(Math.min(strength(plan.from.layers, 1 - plan.transition!.progress), strength(plan.to!.layers, plan.transition!.progress))).toBeLessThan(0.05);
    }
  });

  it('lets a product that stands at the same place stay as it is through a dissolve', () => {
    const still = { ...sampleScene('x').placement!, entrance: 'none' as const };
    const same = sampleProject([sampleScene('scene_1', { placement: still, camera: { move: 'static', amount: 0 } }), sampleScene('scene_2', { placement: still, camera: { move: 'static', amount: 0 } })]);
    const plan = evaluate(same, '9:16', 94, sampleFacts(same));
    for (const scene of [plan.from, plan.to!]) expect(scene.layers.find((layer) => layer.sampling === 'exact')?.opacity).toBe(1);
  });

  it('keeps the words of an end card on screen to the very last frame', () => {
    const caption = { ...sampleScene('x').captions[0]!, endFrame: 100 };
    const film = sampleProject([sampleScene('scene_1', { isEndCard: true, captions: [caption] })]);
    expect(evaluate(film, '1:1', 99, sampleFacts(film)).from.layers.at(-1)).toMatchObject({ source: sourceOf.caption('scene_1', 'c1'), opacity: 1 });
  });

  it('gives a flat card a discreet shadow and no reflection', () => {
    const flat = evaluate(project, '9:16', 60, sampleFacts(project, { hasFloor: false, isFlat: true })).from.layers;
    expect(flat.find((layer) => layer.source.includes('contact'))?.opacity).toBeCloseTo(0.9);
    expect(flat.some((layer) => layer.source.includes('reflection'))).toBe(false);
  });

  it('leaves shadows out where there is no floor, and everything of the product where it is absent', () => {
    const noFloor = evaluate(project, '9:16', 60, sampleFacts(project, { hasFloor: false })).from.layers;
    expect(noFloor.some((layer) => layer.source.includes('contact'))).toBe(false);
    const absent = sampleProject([sampleScene('scene_1', { placement: { ...sampleScene('x').placement!, intent: 'absent' } })]);
    expect(evaluate(absent, '9:16', 60, sampleFacts(absent)).from.layers.some((layer) => layer.source.startsWith('product/'))).toBe(false);
  });

  it('follows keyframes and rests on whole pixels between equal ones', () => {
    const key = (frame: number, x: number) => ({ frame, x, y: 0.8, scale: 0.4, rotationDeg: 0, opacity: 1, shadow: 1, reflection: 0, ease: 'linear' as const });
    const placement = { ...sampleScene('x').placement!, keyframes: { '9:16': [key(0, 0.2), key(50, 0.5), key(90, 0.5)] } };
    const moved = sampleProject([sampleScene('scene_1', { placement, camera: { move: 'static', amount: 0 } })]);
    const productAt = (frame: number) => evaluate(moved, '9:16', frame, sampleFacts(moved)).from.layers.find((layer) => layer.sampling === 'exact')?.rect;
    const middle = (frame: number) => (productAt(frame)?.x ?? 0) + (productAt(frame)?.width ?? 0) / 2;
    expect(middle(25)).toBeCloseTo(0.35 * 1080, 0);
    expect(Number.isInteger(productAt(70)?.x)).toBe(true);
    expect(productAt(60)).toEqual(productAt(80));
  });
});

describe('layout', () => {
  it('keeps every text area inside the safe zone and every product on the canvas, for all shapes and intents', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RATIOS), fc.double({ min: 0.15, max: 4, noNaN: true }), fc.constantFrom('hero', 'left', 'right', 'close', 'small', 'absent'), fc.boolean(), fc.boolean(), (ratio, aspect, intent, isEndCard, hasLogo) => {
        const scene = sampleScene('s', { isEndCard, purpose: SCENE_PURPOSES[0], placement: { ...sampleScene('x').placement!, intent } });
        const layout = layoutOf({ scene }, ratio, { products: { product_1: { aspect, parts: {} } }, ...(hasLogo ? { logoAspect: 2 } : {}) });
        for (const area of layout.areas) expect(isInsideZone(safeZone(ratio), area.rect)).toBe(true);
        const { width, height } = canvasSize(ratio);
        if (!layout.product) return;
        expect(layout.product.x).toBeGreaterThanOrEqual(0);
        expect(layout.product.y).toBeGreaterThanOrEqual(0);
        expect(layout.product.x + layout.product.width).toBeLessThanOrEqual(width);
        expect(layout.product.y + layout.product.height).toBeLessThanOrEqual(height);
        for (const area of layout.areas) expect(overlaps(area.rect, layout.product)).toBe(false);
        if (layout.logo) expect(overlaps(layout.logo, layout.areas[0]!.rect)).toBe(false);
      }),
    );
  });
});

describe('timeline', () => {
  it('cuts any film into gapless segments of its whole length', () => {
    const scenes = fc.array(fc.record({ durationFrames: fc.integer({ min: 6, max: 200 }), kind: fc.constantFrom('cut', 'dissolve', 'wipeLeft'), overlap: fc.integer({ min: 0, max: 90 }) }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(scenes, (list) => {
        const film = { scenes: list.map(({ durationFrames, kind, overlap }, index) => sampleScene(`s${index}`, { durationFrames, transition: { kind: kind as 'cut', durationFrames: overlap } })) };
        let at = 0;
        for (const segment of segmentsOf(film)) {
          expect(segment.startFrame).toBe(at);
          expect(segment.frameCount).toBeGreaterThan(0);
          at += segment.frameCount;
        }
        expect(at).toBe(totalFrames(film));
      }),
    );
  });
});

function overlaps(a: { x: number; y: number; width: number; height: number }, b: typeof a): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
