import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/lib/random.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import { straightenContour } from './straighten-contour.ts';
import { fillContours, traceContours } from './trace-contour.ts';

const SIZE = 240;
type Shape = (x: number, y: number) => boolean;

function maskOf(isInside: Shape): Uint8Array {
  return Uint8Array.from({ length: SIZE * SIZE }, (_, at) => (isInside((at % SIZE) + 0.5, Math.floor(at / SIZE) + 0.5) ? 1 : 0));
}

/** Grey levels with a little noise. */
function photoOf(isInside: Shape, level: number, ground: number): Raster {
  const random = createRandom(3, 'noise');
  const data = new Uint8Array(SIZE * SIZE * 4).fill(255);
  maskOf(isInside).forEach((inside, at) => data.fill(Math.round((inside === 1 ? level : ground) + 2 * (random.next() - 0.5)), at * 4, at * 4 + 3));
  return { width: SIZE, height: SIZE, data };
}

function differing(a: Uint8Array, b: Uint8Array): number {
  return a.filter((value, at) => value !== b[at]).length;
}

const disc: Shape = (x, y) => Math.hypot(x - 120, y - 120) < 80;

describe('straightenContour', () => {
  it('mends bites and takes off stubs where the outline is faint', () => {
    const truth = maskOf(disc);
    const bitten = maskOf((x, y) => {
      const turn = (Math.atan2(y - 120, x - 120) / (2 * Math.PI) + 1) % 1;
      const radius = turn > 0.1 && turn < 0.2 ? 74 : turn > 0.6 && turn < 0.68 ? 86 : 80;
      return Math.hypot(x - 120, y - 120) < radius;
    });
    const mended = straightenContour(photoOf(disc, 236, 228), bitten, 1, 0.2);
    expect(differing(bitten, truth)).toBeGreaterThan(400);
    expect(differing(mended, truth)).toBeLessThan(100);
  });

  it('leaves a clear outline as it is: corners, a hole, a thin part', () => {
    const hasParts: Shape = (x, y) => (x > 60 && x < 150 && y > 60 && y < 200 && !(x > 90 && x < 120 && y > 100 && y < 130)) || (x >= 150 && x < 210 && y > 70 && y < 76);
    const mask = maskOf(hasParts);
    expect(differing(straightenContour(photoOf(hasParts, 60, 220), mask, 1, 0.2), mask)).toBeLessThan(12);
  });
});

describe('straightenContour at the photo\'s border', () => {
  it('keeps what leaves the photo', () => {
    const leaving: Shape = (x, y) => x > 60 && x < 180 && y > 90;
    const mask = maskOf(leaving);
    const photo = photoOf((x, y) => leaving(x, y) && y < 232, 90, 226);
    expect(differing(straightenContour(photo, mask, 1, 0.2), mask)).toBeLessThan(12);
  });
});

describe('contours', () => {
  it('give back the mask that they were traced from', () => {
    const random = createRandom(5, 'specks');
    const mask = maskOf((x, y) => disc(x, y) && random.next() < 0.7);
    expect(differing(fillContours(traceContours(mask, SIZE, SIZE), SIZE, SIZE), mask)).toBe(0);
  });
});
