/** Smooth seeded curves y(x) for dunes and paper edges: a few sines of falling size. */
import type { Random } from '#core/lib/random.ts';
import { lengthOf } from './math.ts';

export interface Ridge {
  /** Row of the edge at x, canvas heights. */
  at(x: number): number;
  /** dy/dx there. */
  slope(x: number): number;
}

/** A ridge read from tables. */
export interface TabulatedRidge extends Ridge {
  /** 1 / length of (1, slope): turns a vertical offset from the edge into a distance. */
  steepness(x: number): number;
}

export interface RidgeShape {
  readonly level: number;
  readonly swing: number;
  /** Length of the longest wave, canvas heights. */
  readonly wavelength: number;
  readonly detail?: number;
}

export function createRidge(random: Random, { level, swing, wavelength, detail = 0.3 }: RidgeShape): Ridge {
  const waves = [1, 1.83, 3.1].map((rate, index) => ({
    size: swing * (index === 0 ? 1 : index === 1 ? detail : detail * 0.35) * random.between(0.8, 1.2),
    rate: (rate * Math.PI * 2) / wavelength,
    phase: random.next() * Math.PI * 2,
  }));
  return {
    at: (x) => waves.reduce((y, wave) => y + wave.size * Math.sin(wave.rate * x + wave.phase), level),
    slope: (x) => waves.reduce((sum, wave) => sum + wave.size * wave.rate * Math.cos(wave.rate * x + wave.phase), 0),
  };
}

/** The ridge bent down by `depth` around `x`, up by half of it elsewhere. */
export function withValley(ridge: Ridge, x: number, depth: number, width: number): Ridge {
  const dip = (at: number): number => depth * (Math.exp(-(((at - x) / width) ** 2)) - 0.5);
  return {
    at: (at) => ridge.at(at) + dip(at),
    slope: (at) => ridge.slope(at) + (dip(at + 1e-3) - dip(at - 1e-3)) / 2e-3,
  };
}

/** Samples a ridge once per column; shaders then read it at pixel cost. */
export function tabulateRidge(ridge: Ridge, fromX: number, toX: number, steps = 1024): TabulatedRidge {
  const sample = (read: (x: number) => number): Float64Array => Float64Array.from({ length: steps + 2 }, (_, i) => read(fromX + ((toX - fromX) * i) / steps));
  const scale = steps / (toX - fromX);
  const reader = (table: Float64Array) => (x: number): number => {
    const position = Math.max(0, Math.min(steps, (x - fromX) * scale));
    const index = position | 0;
    return table[index]! + (table[index + 1]! - table[index]!) * (position - index);
  };
  return {
    at: reader(sample((x) => ridge.at(x))),
    slope: reader(sample((x) => ridge.slope(x))),
    steepness: reader(sample((x) => 1 / lengthOf(1, ridge.slope(x)))),
  };
}
