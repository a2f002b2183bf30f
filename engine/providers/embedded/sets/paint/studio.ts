/**
 * The seamless studio that most sets stand in: a wall layer behind and a floor layer in the product's plane, which
 * melt into each other over the curve, so that the camera can move them apart without a seam.
 */
import type { SetLayer, Stage } from '../set-types.ts';
import type { Linear } from './color.ts';
import { createTexture, createVignette } from './finish.ts';
import { createNoise } from './noise.ts';
import { shadeDeep, type Shader } from './shade-layer.ts';
import { floorRect, stillLayer, wallRect } from './layers.ts';
import { smoothstep } from './math.ts';
import type { Sweep } from './sweep.ts';

export interface StudioOptions {
  readonly sweep: Sweep;
  /** Surface colour of a point, written to `out`; light is applied after it. */
  readonly albedo: (x: number, y: number, out: Float64Array) => void;
  readonly wallDepth?: number;
  /** Half height of the change from wall to floor where they meet in a crisp fold; soft over the curve when missing. */
  readonly seam?: number;
  readonly texture?: number;
  /** Extra light multiplier, e.g. a shadow in the set. */
  readonly modulate?: (x: number, y: number) => number;
}

/** Wall and floor layers, in drawing order. */
export function buildStudio(stage: Stage, options: StudioOptions): SetLayer[] {
  const shader = studioShader(stage, options);
  const wall = wallRect(stage);
  const floor = floorRect(stage);
  const fadeFrom = Math.max(floor.y, stage.horizon - (options.seam ?? 0.02));
  const fadeTo = options.seam ? fadeFrom + 2 * options.seam : Math.max(floor.y + 0.04, Math.min(stage.horizon + 0.07, stage.product.y));
  const floorShader: Shader = (x, y, out) => {
    shader(x, y, out);
    out[3] = smoothstep(fadeFrom, fadeTo, y);
  };
  return [
    stillLayer('wall', wall, shadeDeep(stage, wall, shader), options.wallDepth ?? 0.7),
    stillLayer('floor', floor, shadeDeep(stage, floor, floorShader, { hasAlpha: true }), 1),
  ];
}

/** Light times surface colour times finish, for one point of wall or floor. */
export function studioShader(stage: Stage, { sweep, albedo, texture = 1, modulate }: StudioOptions): Shader {
  const vignette = createVignette(stage);
  const grain = createTexture(createNoise(stage.random.fork('texture')), texture);
  const tint: Linear = stage.light.tint;
  return (x, y, out) => {
    albedo(x, y, out);
    const light = sweep.light(x, y) * vignette(x, y) * grain(x, y) * (modulate ? modulate(x, y) : 1);
    out[0] = out[0]! * light * tint[0];
    out[1] = out[1]! * light * tint[1];
    out[2] = out[2]! * light * tint[2];
  };
}
