import { describe, expect, it } from 'vitest';
import { layoutOf } from '#core/composition/evaluate.ts';
import { sampleFacts, sampleProject, sampleScene } from '#core/composition/testing/sample-film.ts';
import { segmentsOf } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { describeSource } from '#core/composition/film.ts';
import type { Film } from '#core/composition/film.ts';
import { fingerprintSegment } from './segment-fingerprint.ts';

const asset = (digit: string) => ({ hash: digit.repeat(64), name: `${digit}.png`, mime: 'image/png' });

function filmOf(project: AdProject, change: Partial<Film> = {}): Film {
  const facts = sampleFacts(project);
  const captions = Object.fromEntries(Object.keys(facts.captions).map((key) => [key, asset('c')]));
  return { ratio: '9:16', scenes: project.scenes, products: project.products, grain: 0, facts, parts: { product_1: { contact: asset('1'), wrap: asset('2') } }, captions, ...change };
}

const fingerprints = (film: Film): string[] => segmentsOf(film).map(({ startFrame, frameCount }) => fingerprintSegment(film, startFrame, frameCount));
const changed = (a: Film, b: Film): number[] => fingerprints(a).flatMap((print, index) => (print === fingerprints(b)[index] ? [] : [index]));

describe('fingerprintSegment', () => {
  const film = filmOf(sampleProject());

  it('is the same for the same film and different for every segment of it', () => {
    expect(fingerprints(film)).toEqual(fingerprints(filmOf(sampleProject())));
    expect(new Set(fingerprints(film)).size).toBe(5);
  });

  it('changes only the body of the scene whose caption changed, because words are off screen in transitions', () => {
    expect(changed(film, { ...film, captions: { ...film.captions, 'scene_2/c1': asset('d') } })).toEqual([2]);
  });

  it('changes a scene and its transitions when its backdrop changes', () => {
    const manifest = film.facts.backdrops['scene_2'];
    const other = { ...manifest!, layers: manifest!.layers.map((layer) => ({ ...layer, picture: asset('e') })) };
    expect(changed(film, { ...film, facts: { ...film.facts, backdrops: { ...film.facts.backdrops, scene_2: other } } })).toEqual([1, 2, 3]);
  });

  it('changes everything that shows the product when the cut-out changes', () => {
    const products = film.products.map((product) => ({ ...product, cutout: asset('f') }));
    expect(changed(film, { ...film, products })).toEqual([0, 1, 2, 3, 4]);
  });

  it('does not change when a scene only moves in time', () => {
    const shorter = filmOf(sampleProject([sampleScene('scene_1', { durationFrames: 90 }), sampleScene('scene_2'), sampleScene('scene_3', { isEndCard: true })]));
    expect(fingerprints(shorter)[2]).toBe(fingerprints(film)[2]);
  });

  it('takes the product at the very size at which it rests, a little larger in motion, and never larger than its photo shows it', () => {
    const at = (x: number, width: number, height: number) => describeSource(film, { source: 'product/product_1/scene_1', rect: { x, y: 10, width, height }, rotationDeg: 0 });
    const rest = layoutOf({ scene: film.scenes[0]! }, '9:16', film.facts).product!;
    expect(at(20, 300, 600)).toMatchObject({ kind: 'product', bounds: { width: 400, height: 800 }, width: 300, height: 600 });
    expect(at(20, 440, 880)).toMatchObject({ width: 400, height: 800 });
    expect(at(20.5, 300, 600)).toMatchObject({ width: 400, height: 800 });
    const large = { ...film, products: film.products.map((product) => ({ ...product, analysis: { ...product.analysis!, bounds: { x: 0, y: 0, width: 1600, height: 3200 } } })) };
    const moving = describeSource(large, { source: 'product/product_1/scene_1', rect: { ...rest, y: rest.y + 0.3 }, rotationDeg: 0 });
    expect(moving).toMatchObject({ height: Math.round((rest.height * 4) / 3), width: Math.round((rest.height * 4) / 6) });
  });

  it('knows no source that the film does not hold', () => {
    expect(() => describeSource(film, { source: 'caption/scene_9/c1', rect: { x: 0, y: 0, width: 1, height: 1 }, rotationDeg: 0 })).toThrow(RangeError);
  });
});
