/** How brightly a surface is lit in and outside the light pool, so that any palette colour keeps shape and separation. */
import type { Stage } from '../set-types.ts';
import { lightnessOf, scaled, type Linear } from './color.ts';
import { clamp, mix, smoothstep } from './math.ts';

export interface Exposure {
  /** Light in the middle of the pool; 1 shows the palette colour as it is. */
  readonly pool: number;
  /** Light far from it. */
  readonly edge: number;
}

export function exposureFor(stage: Stage, color: Linear): Exposure {
  const lightness = lightnessOf(color);
  const darkness = smoothstep(0.62, 0.28, lightness);
  const whiteness = smoothstep(0.72, 0.95, lightness);
  const depth = clamp(0.55 + 0.45 * stage.drama + 0.3 * stage.grade.contrast, 0.2, 1.3);
  const pool = mix(mix(1.14, 3.4, darkness), 1, whiteness);
  const edge = mix(mix(0.34, 0.42, darkness), 0.55, whiteness);
  return { pool, edge: mix(pool, edge, clamp(depth, 0, 1)) };
}

/**
 * `color` as it must be painted so that light set for another surface shows it as light set for itself would; a bright
 * paint in a dark room stays a little brighter than that.
 */
export function balancedFor(stage: Stage, exposure: Exposure, color: Linear): Linear {
  const share = exposureFor(stage, color).pool / exposure.pool;
  return scaled(color, share < 1 ? Math.pow(share, 0.86) : share);
}
