import { describe, expect, it } from 'vitest';
import { decontaminateEdge } from './decontaminate-edge.ts';

/** A vertical soft edge of `softness` pixels between a blue product (left) and a yellow ground. */
function edge(softness: number): { photo: { width: number; height: number; data: Uint8Array }; mask: { width: number; height: number; data: Uint8Array } } {
  const [width, height] = [80, 20];
  const data = new Uint8Array(width * height * 4);
  const alpha = new Uint8Array(width * height);
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    const share = Math.min(1, Math.max(0, 0.5 + (40 - (pixel % width)) / softness));
    alpha[pixel] = Math.round(255 * share);
    data.set([[20, 230], [60, 210], [200, 40]].map(([front = 0, back = 0]) => Math.round(share * front + (1 - share) * back)), pixel * 4);
    data[pixel * 4 + 3] = 255;
  }
  return { photo: { width, height, data }, mask: { width, height, data: alpha } };
}

describe('decontaminateEdge', () => {
  it.each([[2, 6], [8, 6], [30, 6]])('gives an edge %i px wide the colour of the product', (softness, tolerance) => {
    const { photo, mask } = edge(softness);
    const cutout = decontaminateEdge(photo, mask);
    for (let x = 0; x < 80; x++) {
      const at = (10 * 80 + x) * 4;
      const alpha = cutout.data[at + 3] ?? 0;
      expect(alpha).toBe(mask.data[at / 4]);
      if (alpha === 255) expect([...cutout.data.subarray(at, at + 3)]).toEqual([...photo.data.subarray(at, at + 3)]);
      else if (alpha === 0) expect([...cutout.data.subarray(at, at + 3)]).toEqual([0, 0, 0]);
      // The fainter the pixel, the less an error of its colour shows.
      else for (const [channel, front] of [20, 60, 200].entries()) expect(Math.abs((cutout.data[at + channel] ?? 0) - front) * (alpha / 255)).toBeLessThan(tolerance);
    }
  });
});
