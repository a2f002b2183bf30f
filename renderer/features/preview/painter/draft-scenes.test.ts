import { expect, it } from 'vitest';
import { sampleScene } from '#core/composition/testing/sample-film.ts';
import { nameScenes, resolveScenes } from './draft-scenes.ts';

const known = [sampleScene('a'), sampleScene('b'), sampleScene('c')];
const [a, b, c] = known as [(typeof known)[0], (typeof known)[0], (typeof known)[0]];
const longer = { ...b, durationFrames: b.durationFrames + 5 };

it('only what a gesture changes travels', () => {
  expect(nameScenes(known, [c, longer, a])).toEqual(['c', longer, 'a']);
  expect(nameScenes(known, known)).toEqual(['a', 'b', 'c']);
});

it('the other side has the same scenes again, in their order', () => {
  const elsewhere = structuredClone(known);
  expect(resolveScenes(elsewhere, nameScenes(known, [c, longer, a]))).toEqual([c, longer, a]);
  expect(resolveScenes(elsewhere.slice(1), nameScenes(known, known))).toEqual([b, c]);
});
