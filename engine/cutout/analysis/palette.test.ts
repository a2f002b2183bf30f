import { describe, expect, it } from 'vitest';
import { colorDistance } from '#core/lib/color/oklab.ts';
import { parseHex } from '#core/lib/color/hex.ts';
import { paletteOf } from './palette.ts';

/** Vertical stripes of the given widths; the mask covers all but the last stripe. */
function stripes(parts: readonly (readonly [string, number])[]): string[] {
  const row = parts.flatMap(([color, width]) => Array.from({ length: width }, () => color));
  const width = row.length;
  const data = new Uint8Array(width * 50 * 4);
  const mask = new Uint8Array(width * 50);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const { red, green, blue } = parseHex(row[pixel % width] ?? '#000000');
    data.set([red, green, blue, 255], pixel * 4);
    mask[pixel] = pixel % width < width - (parts.at(-1)?.[1] ?? 0) ? 255 : 0;
  }
  return paletteOf({ width, height: 50, data }, { width, height: 50, data: mask }, 5);
}

describe('paletteOf', () => {
  it('ranks a vivid label before a large grey body and ignores what is masked', () => {
    const palette = stripes([['#8a8a8a', 60], ['#e03a1c', 25], ['#1c4fe0', 8], ['#00ff00', 40]]);
    expect(palette).toHaveLength(3);
    for (const [index, expected] of ['#e03a1c', '#8a8a8a', '#1c4fe0'].entries()) expect(Math.min(...palette.map((color) => colorDistance(color, expected))), String(index)).toBeLessThan(0.01);
    expect(colorDistance(palette[0] ?? '', '#e03a1c')).toBeLessThan(0.01);
  });

  it('takes the shades of one paint as one colour', () => {
    const shades = Array.from({ length: 20 }, (_, index): [string, number] => [`#${(120 + index * 5).toString(16)}${(40 + index * 2).toString(16)}${(30 + index).toString(16)}`, 4]);
    expect(stripes([...shades, ['#ffffff', 10]]).length).toBeLessThanOrEqual(2);
  });

  it('has an answer for an empty mask', () => {
    expect(stripes([['#123456', 10]])).toEqual(['#808080']);
  });
});
