/**
 * Table surfaces as a brightness change around 0. Coordinates lie in the table's plane (canvas heights at the product);
 * `focus` 1..0 fades what the lens would not resolve.
 */
import type { Random } from '#core/lib/random.ts';
import { smoothstep } from './math.ts';
import { createNoise, fractal, latticeNoise } from './noise.ts';

export const TABLE_MATERIALS = ['wood', 'stone', 'terrazzo'] as const;
export type TableMaterial = (typeof TABLE_MATERIALS)[number];
type Surface = (across: number, away: number, focus: number) => number;

export function createTableMaterial(kind: TableMaterial, random: Random): Surface {
  return kind === 'wood' ? wood(random) : kind === 'stone' ? stone(random) : terrazzo(random);
}

/** Planks side by side, each with its own tone, and grain along them. */
function wood(random: Random): Surface {
  const noise = createNoise(random);
  const plank = random.between(0.3, 0.42);
  const seed = random.below(1e6);
  return (across, away, focus) => {
    const row = Math.floor(away / plank);
    const within = away / plank - row;
    const shift = latticeNoise(row, 7, seed) * 9;
    const tone = (latticeNoise(row, 3, seed) - 0.5) * 0.16;
    const bend = 0.06 * noise(across * 0.9 + shift, away * 1.5);
    const rings = Math.sin((away + bend) * 95 + 5 * noise(across * 0.7 + shift, (away + bend) * 5));
    const fibre = fractal(noise, across * 3 + shift, (away + bend) * 46, 2);
    const seam = smoothstep(0.02, 0, Math.min(within, 1 - within));
    return tone + focus * (0.045 * rings + 0.11 * fibre) - seam * (0.1 + 0.3 * focus);
  };
}

/** Polished stone: clouds and a few sharp veins. */
function stone(random: Random): Surface {
  const noise = createNoise(random);
  const turn = random.between(0.4, 0.9);
  return (across, away, focus) => {
    const x = across * 1.6 + away * turn;
    const y = away * 1.1 - across * turn;
    const warp = 0.55 * fractal(noise, x * 1.3, y * 1.3, 3);
    const vein = 1 - Math.min(1, Math.abs(fractal(noise, x * 0.9 + warp, y * 0.9 - warp, 2)) * 9);
    const cloud = fractal(noise, x * 1.1 + 5, y * 1.1 + warp, 3);
    return 0.07 * cloud - 0.2 * vein * vein * (0.35 + 0.65 * focus) + focus * 0.02 * noise(across * 60, away * 60);
  };
}

/** Chips of lighter and darker stone in a fine ground (nearest-point cells). */
function terrazzo(random: Random): Surface {
  const seed = random.below(1e6);
  const noise = createNoise(random);
  const cells = random.between(13, 17);
  return (across, away, focus) => {
    const ground = 0.02 * fractal(noise, across * 9, away * 9, 2);
    if (focus < 0.04) return ground;
    const x = across * cells + 0.3 * noise(across * 24, away * 24);
    const y = away * cells + 0.3 * noise(across * 24 + 9, away * 24);
    return ground + focus * chipAt(x, y, seed);
  };
}

function chipAt(x: number, y: number, seed: number): number {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const ix = cellX + dx;
      const iy = cellY + dy;
      const size = 0.12 + 0.34 * latticeNoise(ix, iy, seed + 3);
      const offX = x - ix - 0.25 - 0.5 * latticeNoise(ix, iy, seed);
      const offY = y - iy - 0.25 - 0.5 * latticeNoise(ix, iy, seed + 1);
      const angle = latticeNoise(ix, iy, seed + 5) * 6.28;
      const u = Math.abs(offX * Math.cos(angle) + offY * Math.sin(angle));
      const v = Math.abs(offY * Math.cos(angle) - offX * Math.sin(angle)) * 1.5;
      const inside = smoothstep(size, size * 0.72, Math.max(u, v, (u + v) * 0.75));
      if (inside > 0) return inside * (latticeNoise(ix, iy, seed + 9) - 0.45) * 0.42;
    }
  }
  return 0;
}
