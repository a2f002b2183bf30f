import { expect, test } from 'vitest';
import { createRandom } from '#core/lib/random.ts';
import type { DeepRaster } from '#engine/compositing/raster.ts';
import { buildSet } from '../build-set.ts';
import { createStage } from '../stage.ts';
import { TEST_PALETTES, testRequest } from '../testing/requests.ts';
import { linearFromSrgb } from '#core/lib/color/srgb.ts';
import { encodeLight, shadeDeep } from './shade-layer.ts';

const stage = createStage(testRequest({ set: 'cyclorama' }));

test('encodes light as sRGB up to the shoulder, then rolls off below white', () => {
  for (const value of [0, 0.002, 0.05, 0.2, 0.5, 0.9]) expect(encodeLight(linearFromSrgb(value))).toBeCloseTo(value, 4);
  expect(encodeLight(1)).toBeLessThan(1);
  expect(encodeLight(4)).toBeGreaterThan(encodeLight(1));
  expect(encodeLight(50)).toBeLessThanOrEqual(1);
  expect(encodeLight(Number.NaN)).toBe(0);
});

test('a filter layer holds display values', () => {
  const layer = shadeDeep(stage, { x: 0, y: 0, width: 0.1, height: 0.1 }, (_x, _y, out) => out.fill(1), { isFilter: true });
  expect(new Set(layer.data)).toEqual(new Set([65535]));
});

test.each(['orange', 'pastel', 'navy', 'grey', 'black'] as const)('a %s sweep has a level of its own in almost every row, and no band after the final dither', (palette) => {
  const { picture } = buildSet(testRequest({ set: 'cyclorama', palette: TEST_PALETTES[palette] })).layers[0]!;
  const deep = picture as DeepRaster;
  const column = Array.from({ length: deep.height }, (_, row) => deep.data[(row * deep.width + (deep.width >> 2)) * 3]!);
  expect(new Set(column).size).toBeGreaterThan(deep.height * 0.85);
  expect(longestRun(ditheredAtCanvasSize(column))).toBeLessThan(60);
});

/** The column as the compositor delivers it: interpolated to full density, rounded to 8 bits after ±0.5 of noise. */
function ditheredAtCanvasSize(column: readonly number[]): number[] {
  const noise = createRandom(1, 'dither');
  return Array.from({ length: (column.length - 1) * 3 }, (_, i) => {
    const row = Math.floor(i / 3);
    const value = column[row]! + ((column[row + 1]! - column[row]!) * (i % 3)) / 3;
    return Math.round((value / 65535) * 255 + noise.next() - 0.5);
  });
}

function longestRun(values: readonly number[]): number {
  let longest = 0;
  let run = 0;
  values.forEach((value, i) => {
    run = i > 0 && value === values[i - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}
