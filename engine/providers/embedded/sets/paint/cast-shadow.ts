/**
 * The soft shadow of an upright round body on the floor: a capsule from its foot along the light's direction, in floor
 * coordinates, with a penumbra that widens away from the foot, and dark contact where body and floor meet.
 */
import type { Stage } from '../set-types.ts';
import { clamp, lengthOf, mix, smoothstep } from './math.ts';

export interface Body {
  /** Middle of the foot and its half width, canvas heights. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly height: number;
}

/** Light multiplier on the floor, 1 = no shadow. */
export function createCastShadow(stage: Stage, body: Body, strength = 0.6): (x: number, y: number) => number {
  const { light, foreshortening } = stage;
  const length = Math.min(1.6 * body.height, body.height / light.slope) + 0.15 * body.radius;
  const towardsX = -light.right * length;
  const towardsZ = light.up * 0.5 * length;
  const squared = Math.max(1e-6, towardsX * towardsX + towardsZ * towardsZ);
  const core = mix(0.05, 0.35, light.softness) * body.radius;
  const dark = strength * mix(1, 0.75, light.softness);
  return (x, y) => {
    const dx = x - body.x;
    const dz = (y - body.y) / foreshortening;
    const along = clamp((dx * towardsX + dz * towardsZ) / squared, 0, 1);
    const distance = lengthOf(dx - towardsX * along, dz - towardsZ * along) - body.radius;
    const penumbra = core + along * length * mix(0.3, 0.9, light.softness);
    const cast = dark * (1 - 0.45 * along) * smoothstep(penumbra, -penumbra * 0.6, distance);
    const rim = lengthOf(dx, dz) - body.radius;
    const contact = 0.45 * Math.exp(-Math.max(0, rim) / (0.09 * body.radius + 0.012));
    return (1 - cast) * (1 - contact);
  };
}
