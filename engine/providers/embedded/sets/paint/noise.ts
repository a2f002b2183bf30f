/**
 * Seeded two-dimensional gradient noise (Perlin 1985, with the quintic fade of 2002) and its fractal sum, for plaster,
 * paper, haze and flowing meshes. Values lie in about -1..1 with mean 0.
 */
import type { Random } from '#core/lib/random.ts';

export type Noise = (x: number, y: number) => number;

export function createNoise(random: Random): Noise {
  const hash = shuffledTable(random);
  const gradientX = new Float64Array(256);
  const gradientY = new Float64Array(256);
  for (let i = 0; i < 256; i++) {
    gradientX[i] = Math.cos((i / 256) * Math.PI * 2) * 1.5;
    gradientY[i] = Math.sin((i / 256) * Math.PI * 2) * 1.5;
  }
  const corner = (ix: number, iy: number, dx: number, dy: number): number => {
    const index = hash[(hash[ix & 255]! + iy) & 255]!;
    return gradientX[index]! * dx + gradientY[index]! * dy;
  };
  return (x, y) => {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const fx = x - ix;
    const fy = y - iy;
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const top = corner(ix, iy, fx, fy);
    const bottom = corner(ix, iy + 1, fx, fy - 1);
    const right = corner(ix + 1, iy, fx - 1, fy);
    const bottomRight = corner(ix + 1, iy + 1, fx - 1, fy - 1);
    const upper = top + (right - top) * u;
    return upper + (bottom + (bottomRight - bottom) * u - upper) * v;
  };
}

/** `octaves` layers of noise, each twice as fine and half as strong, normalised to about -1..1. */
export function fractal(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += noise(x + octave * 17.3, y - octave * 9.1) * weight;
    total += weight;
    weight *= 0.5;
    x *= 2;
    y *= 2;
  }
  return sum / total;
}

/** White noise of a lattice point, 0..1; used for grain that must not depend on drawing order. */
export function latticeNoise(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

function shuffledTable(random: Random): Uint8Array {
  const table = new Uint8Array(256).map((_, index) => index);
  for (let i = 255; i > 0; i--) {
    const j = random.below(i + 1);
    [table[i], table[j]] = [table[j]!, table[i]!];
  }
  return table;
}
