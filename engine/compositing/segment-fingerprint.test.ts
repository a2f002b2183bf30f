import { describe, expect, it } from 'vitest';
import { sampleFacts, sampleProject, sampleScene } from '#core/composition/testing/sample-film.ts';
import { segmentsOf } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { describeSource } from './film.ts';
import type { Film } from './film.ts';
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

  it('asks for the product at the size it has at rest', () => {
    expect(describeSource(film, 'product/product_1/scene_1')).toMatchObject({ kind: 'product', bounds: { width: 400, height: 800 } });
    expect(() => describeSource(film, 'caption/scene_9/c1')).toThrow(RangeError);
  });
});
