import { describe, expect, it } from 'vitest';
import type { Raster } from '#engine/compositing/raster.ts';
import { alphaLink } from './alpha-link.ts';

function photo(alphaAt: (x: number, y: number) => number): Raster {
  const data = new Uint8Array(100 * 100 * 4).fill(90);
  for (let pixel = 0; pixel < 10_000; pixel++) data[pixel * 4 + 3] = alphaAt(pixel % 100, Math.floor(pixel / 100));
  return { width: 100, height: 100, data };
}

function reason(raster: Raster): string {
  const result = alphaLink(raster);
  return result.isDone ? 'done' : result.reason;
}

describe('alphaLink', () => {
  it('uses a cut-out file to the pixel', () => {
    const raster = photo((x) => (x < 30 ? 0 : x < 32 ? 140 : 255));
    const result = alphaLink(raster);
    if (!result.isDone) throw new Error(result.reason);
    expect([...result.mask.data.subarray(28, 34)]).toEqual([0, 0, 140, 140, 255, 255]);
    expect(result.cutout).toBe(raster);
  });

  it('passes on opaque files, haze, rounded corners and specks', () => {
    expect(reason(photo(() => 255))).toMatch(/no transparent background/);
    expect(reason(photo(() => 128))).toMatch(/no transparent background/);
    expect(reason(photo((x, y) => (x + y < 6 ? 0 : 255)))).toMatch(/no transparent background/);
    expect(reason(photo((x, y) => (x + y < 18 ? 0 : 255)))).toMatch(/leaves 98\.\d %/);
    expect(reason(photo((x, y) => (x < 5 && y < 8 ? 255 : 0)))).toMatch(/leaves 0\.4 %/);
  });
});
