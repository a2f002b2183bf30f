import { describe, expect, it } from 'vitest';
import { coverCrop } from './cover-crop.ts';

describe('the part of a clip that is seen', () => {
  it('is the middle of a wide clip on a tall canvas, as high as the clip', () => {
    expect(coverCrop({ width: 1920, height: 1080 }, { width: 1080, height: 1920 }, { x: 0.5, y: 0.5 })).toEqual({ x: 656.25, y: 0, width: 607.5, height: 1080 });
  });
  it('follows the focus and stays inside the clip', () => {
    expect(coverCrop({ width: 1920, height: 1080 }, { width: 1080, height: 1920 }, { x: 0, y: 0 }).x).toBe(0);
    expect(coverCrop({ width: 1920, height: 1080 }, { width: 1080, height: 1920 }, { x: 1, y: 1 }).x).toBe(1312.5);
  });
  it('is all of a clip of the canvas\'s shape', () => {
    expect(coverCrop({ width: 540, height: 960 }, { width: 1080, height: 1920 }, { x: 0.2, y: 0.9 })).toEqual({ x: 0, y: 0, width: 540, height: 960 });
  });
});
