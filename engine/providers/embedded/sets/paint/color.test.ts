import { expect, test } from 'vitest';
import { atLightness, blendColors, formatHex, isMuddy, lightnessOf, mixColors, parseHex, toLab, type Linear } from './color.ts';

const hueOf = (color: Linear): number => Math.atan2(toLab(color)[2], toLab(color)[1]);

test('hex survives the way to light and back', () => {
  for (const hex of ['#000000', '#ffffff', '#e8501f', '#101a35', '#7f8081']) expect(formatHex(parseHex(hex))).toBe(hex);
});

test('a tint keeps its hue and reaches its lightness, even where chroma must give way', () => {
  for (const hex of ['#e8501f', '#6a3df0', '#00ff00']) {
    for (const lightness of [0.25, 0.5, 0.9]) {
      const tint = atLightness(parseHex(hex), lightness);
      expect(lightnessOf(tint)).toBeCloseTo(lightness, 2);
      expect(hueOf(tint)).toBeCloseTo(hueOf(parseHex(hex)), 1);
    }
  }
});

test('blue and gold are muddy and blend without grey; orange and red, or anything with grey, are not', () => {
  const navy = parseHex('#1f2f5c');
  const gold = parseHex('#d4af37');
  expect(isMuddy(navy, gold)).toBe(true);
  expect(isMuddy(parseHex('#e8501f'), parseHex('#b3261e'))).toBe(false);
  expect(isMuddy(gold, parseHex('#808080'))).toBe(false);
  expect(hueOf(blendColors(navy, gold, 0.5))).toBeCloseTo(hueOf(gold), 1);
  expect(blendColors(navy, parseHex('#6a3df0'), 0.5)).toEqual(mixColors(navy, parseHex('#6a3df0'), 0.5));
});
