/** A dark stage: one cone of light through haze, a pool on a glossy floor, everything else almost night. */
import type { Random } from '#core/lib/random.ts';
import { atLightness, lightnessOf, scaled, toLab, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { OVERSCAN, stillLayer } from '../paint/layers.ts';
import { bell, clamp, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { createNoise, fractal } from '../paint/noise.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { buildStudio } from '../paint/studio.ts';
import type { SetBuilder, SetLayer, Stage } from '../set-types.ts';

export const buildSpotlight: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const night = atLightness(stage.paints.base, clamp(lightnessOf(stage.paints.base) * 0.62, 0.3, 0.46));
  const radius = Math.max(0.2, stage.product.width * 0.95);
  const light = stageLight(stage, radius);
  const studio = buildStudio(stage, {
    sweep: { light, floorShare: () => 0 },
    albedo: (_x, _y, out) => out.set(night),
    texture: 1.4,
  });
  return describeSet(stage, [...studio, beamLayer(stage, random, radius)], {
    floor: night,
    behind: scaled(night, light(stage.product.x, stage.product.y - stage.product.height / 2) * 1.6),
    gloss: 0.42,
  });
};

/** Dim wall with a glow behind the product, and a pool with a soft rim on the floor. */
function stageLight(stage: Stage, radius: number): (x: number, y: number) => number {
  const { product, foreshortening, horizon, light } = stage;
  const blur = mix(0.1, 0.4, light.softness);
  return (x, y) => {
    const onFloor = smoothstep(horizon - 0.025, horizon + 0.05, y);
    const glow = poolFalloff(((x - product.x) / 0.42) ** 2 + ((y - product.y + product.height * 0.55) / 0.4) ** 2);
    const wall = 0.12 + 0.75 * glow;
    const dx = (x - product.x) / radius;
    const dz = (y - product.y) / (radius * foreshortening);
    const away = Math.hypot(dx, dz);
    const pool = smoothstep(1 + blur, 1 - blur, away) * (1.25 - 0.25 * away);
    const spill = poolFalloff((away / 2.4) ** 2);
    const seam = 1 - 0.3 * bell((y - horizon) / 0.02);
    return mix(wall, 0.07 + 0.3 * spill + 1.9 * pool, onFloor) * seam;
  };
}

/** The visible beam: display values that are screened on. */
function beamLayer(stage: Stage, random: Random, radius: number): SetLayer {
  const { product, light, aspect, paints } = stage;
  const apexX = product.x + (light.right * 0.32 + random.between(-0.06, 0.06)) * Math.min(aspect, 1);
  const apexY = -0.42;
  const targetY = product.y;
  const haze = createNoise(random.fork('haze'));
  const color = beamColor(paints.second);
  const strength = mix(0.26, 0.4, stage.drama);
  const rect = { x: -OVERSCAN, y: -OVERSCAN, width: 1 + 2 * OVERSCAN, height: Math.min(1, product.y + 0.05) + OVERSCAN };
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const t = (y - apexY) / (targetY - apexY);
    const axis = mix(apexX, product.x, t);
    const across = (x - axis) / (radius * (0.1 + 0.9 * t));
    const profile = Math.exp(-(Math.abs(across) ** 3.2)) * 0.8 + 0.35 * bell(across / 1.7);
    const drift = 1 + 0.22 * fractal(haze, x * 3.2 - y, y * 2.2, 3);
    const fade = smoothstep(1.03, 0.72, t) * mix(1.15, 0.6, clamp(t, 0, 1));
    const value = strength * profile * drift * fade;
    out[0] = value * color[0];
    out[1] = value * color[1];
    out[2] = value * color[2];
  }, { isFilter: true, density: 1 / 4 });
  return { ...stillLayer('beam', rect, picture, 0.9), blend: 'screen', motion: { kind: 'sway', x: 0.004, y: 0, periodFrames: 270, phase: random.next() } };
}

/** Nearly white, with a breath of the palette's hue. */
function beamColor(color: Linear): Linear {
  const [, a, b] = toLab(color);
  const soft = 0.22;
  return [clamp(0.94 + a * soft + b * 0.1, 0, 1), clamp(0.94 - a * 0.1, 0, 1), clamp(0.94 - b * soft, 0, 1)];
}
