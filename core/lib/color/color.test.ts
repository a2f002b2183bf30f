import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastRatio, mostReadable, withContrast } from './contrast.ts';
import { formatHex, parseHex } from './hex.ts';
import { colorDistance, hexFromOklab, hexFromOklch, oklabFromHex, oklchFromHex } from './oklab.ts';

const anyHex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('hex', () => {
  it('reads and writes every colour', () => {
    fc.assert(fc.property(anyHex, (hex) => formatHex(parseHex(hex)) === hex));
    expect(parseHex('#FfA')).toEqual({ red: 255, green: 255, blue: 170 });
  });
  it('refuses anything else', () => {
    for (const wrong of ['', 'red', '#12345', '#gggggg', 'ffffff']) expect(() => parseHex(wrong)).toThrow(RangeError);
  });
});

describe('OKLab', () => {
  it('agrees with the published values', () => {
    expect(oklabFromHex('#ffffff').lightness).toBeCloseTo(1, 4);
    const red = oklchFromHex('#ff0000');
    expect([red.lightness, red.chroma, red.hueDeg].map((value) => Number(value.toFixed(3)))).toEqual([0.628, 0.258, 29.234]);
  });
  it('returns to the same colour', () => {
    fc.assert(fc.property(anyHex, (hex) => hexFromOklab(oklabFromHex(hex)) === hex));
  });
  it('keeps lightness and hue when chroma does not fit', () => {
    const fitted = oklchFromHex(hexFromOklch({ lightness: 0.6, chroma: 0.5, hueDeg: 200 }));
    expect(fitted.lightness).toBeCloseTo(0.6, 1);
    expect(Math.abs(fitted.hueDeg - 200)).toBeLessThan(6);
  });
  it('calls neighbours near and opposites far', () => {
    expect(colorDistance('#ff8000', '#ff8404')).toBeLessThan(0.02);
    expect(colorDistance('#ff8000', '#0a3a40')).toBeGreaterThan(0.3);
  });
});

describe('contrast', () => {
  it('agrees with WCAG', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
  it('reaches the asked ratio for any colour', () => {
    fc.assert(fc.property(anyHex, (hex) => contrastRatio(withContrast(hex, '#ffffff', 4.5), '#ffffff') >= 4.5));
    fc.assert(fc.property(anyHex, (hex) => contrastRatio(withContrast(hex, '#101010', 4.5), '#101010') >= 4.5));
    expect(mostReadable('#222222', ['#000000', '#ffffff'])).toBe('#ffffff');
  });
});
