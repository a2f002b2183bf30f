/** The last touches of every surface: the lens' vignette and the faint unevenness of a real wall or paper roll. */
import type { Stage } from '../set-types.ts';
import { fractal, latticeNoise, type Noise } from './noise.ts';
import { lengthOf, smoothstep } from './math.ts';

/** Multiplier of light at a point: 1 in the middle, down to 1 − 0.4 × vignette in the corners. */
export function createVignette(stage: Stage): (x: number, y: number) => number {
  const amount = 0.4 * stage.grade.vignette;
  const middle = stage.aspect / 2;
  const reach = lengthOf(middle, 0.5);
  return (x, y) => 1 - amount * smoothstep(0.35, 1.15, lengthOf(x - middle, y - 0.5) / reach);
}

/** Multiplier around 1: broad mottling of plaster or paper plus fine tooth; `strength` 1 is barely visible. */
export function createTexture(noise: Noise, strength = 1): (x: number, y: number) => number {
  const seed = Math.round(noise(0.37, 0.71) * 1e9);
  return (x, y) => {
    const mottling = fractal(noise, x * 5, y * 5, 3) * 0.012;
    const tooth = latticeNoise(Math.round(x * 1400), Math.round(y * 1400), seed) - 0.5;
    return 1 + strength * (mottling + tooth * 0.0035);
  };
}
