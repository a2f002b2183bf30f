import { describe, expect, test } from 'vitest';
import { erodeMask } from './erode-mask.ts';
import { locateProduct } from './locate-product.ts';
import { psnr } from './colour-difference.ts';
import { regionOf } from './region.ts';
import { structuralSimilarity } from './structural-similarity.ts';

const draw = (rows: readonly string[]): Uint8Array => Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0));

describe('eroding a mask', () => {
  test('takes the edge off, the picture\'s border included', () => {
    expect(erodeMask(draw(['#####.', '#####.', '#####.', '#####.']), 6, 4, 1)).toEqual(draw(['......', '.###..', '.###..', '......']));
  });

  test('by nothing changes nothing', () => {
    const mask = draw(['#.#', '.#.']);
    expect(erodeMask(mask, 3, 2, 0)).toEqual(mask);
  });
});

describe('the region of a product', () => {
  const canvas = { width: 100, height: 100 };
  test('is its box with a margin, within the canvas', () => {
    expect(regionOf({ x: 10.5, y: 20, width: 30, height: 90 }, 0, 4, canvas)).toEqual({ x: 6, y: 16, width: 39, height: 84 });
  });
  test('grows when it is turned, and is nothing outside the canvas', () => {
    expect(regionOf({ x: 40, y: 30, width: 20, height: 40 }, 90, 0, canvas)).toEqual({ x: 30, y: 40, width: 40, height: 20 });
    expect(regionOf({ x: 140, y: 30, width: 20, height: 40 }, 0, 4, canvas)).toBeUndefined();
  });
});

describe('figures', () => {
  const width = 40;
  const all = new Uint8Array(width * width).fill(1);
  const texture = Float32Array.from({ length: width * width }, (_, i) => 128 + 60 * Math.sin((i % width) / 3) * Math.cos(Math.floor(i / width) / 4));

  test('PSNR of a known error', () => {
    const one = { width, height: width, data: new Uint8Array(width * width * 3).fill(100) };
    const other = { ...one, data: one.data.map((value) => value + 5) };
    expect(psnr(one, other, all)).toBeCloseTo(20 * Math.log10(255 / 5), 6);
    expect(psnr(one, one, all)).toBe(Infinity);
  });

  test('SSIM is 1 for the same, and follows the formula where variance is nil', () => {
    expect(structuralSimilarity(texture, texture, all, width, width)).toBeCloseTo(1, 6);
    const [a, b] = [new Float32Array(width * width).fill(100), new Float32Array(width * width).fill(120)];
    const c1 = (0.01 * 255) ** 2;
    expect(structuralSimilarity(a, b, all, width, width)).toBeCloseTo((2 * 100 * 120 + c1) / (100 ** 2 + 120 ** 2 + c1), 6);
  });

  test('a shift is found', () => {
    const moved = Float32Array.from(texture, (_, i) => texture[i - 2 - 3 * width] ?? 128);
    const inner = erodeMask(all, width, width, 6);
    expect(locateProduct(moved, texture, inner, { width, height: width })).toMatchObject({ offsetX: 2, offsetY: 3 });
    expect(locateProduct(texture, texture, inner, { width, height: width })).toMatchObject({ offsetX: 0, offsetY: 0 });
  });
});
