import { describe, expect, test } from 'vitest';
import { SET_KINDS } from '#core/project/schema.ts';
import { buildSet } from './build-set.ts';
import { testRequest } from './fixtures.ts';

describe.each(SET_KINDS)('%s', (set) => {
  test('is the same for the same seed and another arrangement for another', () => {
    const one = buildSet(testRequest({ set }));
    const again = buildSet(testRequest({ set }));
    expect(again).toEqual(one);
    if (set !== 'flat') expect(buildSet(testRequest({ set, seed: 8 })).layers[0]!.picture.data).not.toEqual(one.layers[0]!.picture.data);
  });
});

test('flat is exactly the dominant colour, everywhere', () => {
  const built = buildSet(testRequest({ set: 'flat', palette: ['#e8501f', '#000000', '#ffffff'] }));
  expect(built).toMatchObject({ isFlat: true, hasFloor: false });
  const { data } = built.layers[0]!.picture;
  for (let at = 0; at < data.length; at += 4) expect([...data.subarray(at, at + 4)]).toEqual([0xe8, 0x50, 0x1f, 0xff]);
});
