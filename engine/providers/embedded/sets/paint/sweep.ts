/**
 * Light on a seamless studio sweep: a wall that curves into the floor, lit by a key light from the product photo's own
 * direction. Most sets stand in such a studio, so this is their common wall and floor.
 */
import type { Stage } from '../set-types.ts';
import { bell, mix, poolFalloff, smoothstep } from './math.ts';
import type { Exposure } from './exposure.ts';

export interface Sweep {
  /** Light on the point, 1 = the surface's own colour. */
  light(x: number, y: number): number;
  /** 0 on the wall, 1 on the floor, soft over the curve. */
  floorShare(y: number): number;
}

export interface SweepOptions {
  readonly exposure: Exposure;
  /** Height of the curve in canvas heights; 0.01 is a crisp fold. */
  readonly curve: number;
  /** Moves the wall's pool sideways, in canvas widths. */
  readonly poolShift?: number;
  readonly poolSize?: number;
}

export function createSweep(stage: Stage, { exposure, curve, poolShift = 0, poolSize = 1 }: SweepOptions): Sweep {
  const { product, light, aspect, horizon } = stage;
  const wallX = product.x + (light.right * 0.1 + poolShift) * aspect;
  const wallY = product.y - product.height * 0.6 - 0.04 * light.up;
  const radiusX = (0.3 + 0.26 * aspect) * poolSize;
  const radiusY = 0.46 * poolSize;
  const floorX = product.x - light.right * 0.04;
  const floorY = product.y + 0.01;
  const floorRadiusY = Math.max(0.2, 0.75 * stage.foreshortening) * poolSize;
  const floorPool = exposure.pool * 1.04;
  const floorEdge = exposure.edge * 0.92;
  const seam = mix(0.17, 0.06, smoothstep(0.01, 0.06, curve));
  const floorShare = (y: number): number => smoothstep(horizon - curve * 0.6, horizon + curve * 0.8, y);

  const wallLight = (x: number, y: number): number => {
    const across = (x - wallX) / radiusX;
    const along = (y - wallY) / radiusY;
    const tilt = 1 + 0.2 * light.right * ((x - product.x) / aspect);
    return mix(exposure.edge, exposure.pool, poolFalloff(across * across + along * along)) * tilt;
  };
  const floorLight = (x: number, y: number): number => {
    const across = (x - floorX) / (radiusX * 1.05);
    const along = (y - floorY) / floorRadiusY;
    const foreground = 1 - 0.22 * smoothstep(product.y + 0.03, 1.08, y);
    return mix(floorEdge, floorPool, poolFalloff((across * across + along * along) * 0.8)) * foreground;
  };
  return {
    floorShare,
    light(x, y) {
      const share = floorShare(y);
      const dip = 1 - seam * bell((y - horizon + curve * 0.1) / (curve * 0.9 + 0.01));
      if (share <= 0) return wallLight(x, y) * dip;
      if (share >= 1) return floorLight(x, y) * dip;
      return mix(wallLight(x, y), floorLight(x, y), share) * dip;
    },
  };
}
