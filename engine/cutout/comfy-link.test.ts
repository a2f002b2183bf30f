import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Raster } from '#engine/compositing/raster.ts';
import { comfyLink } from './comfy-link.ts';

const SIDE = 320;
const CENTRE = 150;
const RADIUS = 70;

const distanceOf = (pixel: number): number => Math.hypot((pixel % SIDE) - CENTRE, Math.floor(pixel / SIDE) - CENTRE);

/** A red disc on a light ground. */
const photo: Raster = { width: SIDE, height: SIDE, data: Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, at) => {
  const [red, ground] = [[190, 30, 40, 255], [225, 226, 224, 255]];
  return (distanceOf(at >> 2) <= RADIUS ? red : ground)[at & 3] ?? 255;
}) };

/** As a model gives it: a picture of another size, a disc of this radius with an edge of this width. */
async function maskOf(radius: number, edge: number, side = 128): Promise<Buffer> {
  const scale = SIDE / side;
  const data = Buffer.from(Uint8Array.from({ length: side * side }, (_, pixel) => {
    const distance = Math.hypot((pixel % side) * scale - CENTRE, Math.floor(pixel / side) * scale - CENTRE);
    return Math.round(255 * Math.min(1, Math.max(0, (radius - distance) / edge + 0.5)));
  }));
  return await sharp(data, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
}

describe('a mask from ComfyUI', () => {
  test('is fitted to the edges of the photo, whose pixels stay the product\'s', async () => {
    const result = await comfyLink(photo, await maskOf(RADIUS + 1, 8));
    if (!result.isDone) throw new Error(result.reason);
    expect([result.mask.width, result.mask.height, result.method]).toEqual([SIDE, SIDE, 'comfyui']);
    const wrong = result.mask.data.reduce((sum, value, pixel) => sum + Number(value > 127 !== distanceOf(pixel) <= RADIUS), 0);
    expect(wrong / (Math.PI * RADIUS ** 2)).toBeLessThan(0.02);
    const middle = (CENTRE * SIDE + CENTRE) * 4;
    expect([...result.cutout.data.subarray(middle, middle + 4)]).toEqual([190, 30, 40, 255]);
    expect(result.cutout.data[3]).toBe(0);
  });

  test('may be larger than the photo', async () => {
    const result = await comfyLink(photo, await maskOf(RADIUS, 2, 1400));
    expect(result.isDone && result.mask.width).toBe(SIDE);
  });

  test.each([['nothing', 0], ['everything', 2000]])('that shows %s is no product', async (_, radius) => {
    expect(await comfyLink(photo, await maskOf(radius, 1))).toEqual({ isDone: false, reason: 'ComfyUI found no product in the photo' });
  });
});
