/** A dark stage: one or two cones of light through haze, a pool on a glossy floor, everything else almost night. */
import type { Random } from '#core/lib/random.ts';
import { srgbFromLinear } from '#core/lib/color/srgb.ts';
import { atLightness, fromLab, lightnessOf, scaled, toLab, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { OVERSCAN, stillLayer } from '../paint/layers.ts';
import { bell, clamp, lengthOf, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { createNoise, fractal } from '../paint/noise.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { buildStudio } from '../paint/studio.ts';
import type { FractionRect, SetBuilder, SetLayer, Stage } from '../set-types.ts';

/** A cone from a lamp above the frame to the pool on the floor. */
interface Beam {
  readonly apexX: number;
  readonly apexY: number;
  readonly strength: number;
  /** Half width at the floor. */
  readonly radius: number;
}

export const buildSpotlight: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const night = atLightness(stage.paints.base, clamp(lightnessOf(stage.paints.base) * 0.62, 0.3, 0.46));
  const { product } = stage;
  const radius = Math.max(0.23, Math.min(product.width * 0.9, product.width * 0.5 + 0.14)) * random.between(0.95, 1.15);
  const light = stageLight(stage, radius);
  const studio = buildStudio(stage, {
    sweep: { light, floorShare: () => 0 },
    albedo: (_x, _y, out) => out.set(night),
    texture: 1.4,
  });
  return describeSet(stage, [...studio, beamLayer(stage, random, hangBeams(stage, random, radius))], {
    floor: night,
    behind: scaled(night, light(product.x, product.y - product.height / 2) * 1.6),
    gloss: 0.42,
  });
};

/** Dim wall with a glow behind the product, and a pool with a soft rim on the floor. */
function stageLight(stage: Stage, radius: number): (x: number, y: number) => number {
  const { product, foreshortening, horizon, light } = stage;
  const blur = mix(0.08, 0.32, light.softness);
  return (x, y) => {
    const onFloor = smoothstep(horizon - 0.025, horizon + 0.05, y);
    const glow = poolFalloff(((x - product.x) / 0.4) ** 2 + ((y - product.y + product.height * 0.55) / 0.38) ** 2);
    const wall = 0.1 + 0.95 * glow;
    const dx = (x - product.x) / radius;
    const dz = (y - product.y) / (radius * foreshortening);
    const away = lengthOf(dx, dz);
    const pool = smoothstep(1 + blur, 1 - blur, away) * (1.2 - 0.2 * away);
    const spill = poolFalloff((away / 2.2) ** 2);
    const seam = 1 - 0.3 * bell((y - horizon) / 0.02);
    return mix(wall, 0.06 + 0.34 * spill + 2.6 * pool, onFloor) * seam;
  };
}

/** The key beam comes from the photo's light; some arrangements add a fainter one from the other side. */
function hangBeams(stage: Stage, random: Random, radius: number): Beam[] {
  const { product, light, aspect } = stage;
  const reach = Math.min(aspect, 1.2);
  const strength = mix(0.5, 0.72, stage.drama);
  const keyX = product.x + (light.right * random.between(0.18, 0.42) + random.between(-0.05, 0.05)) * reach;
  const beams: Beam[] = [{ apexX: keyX, apexY: random.between(-0.3, -0.14), strength, radius }];
  if (random.next() < 0.45) beams.push({ apexX: product.x - (keyX - product.x) - Math.sign(light.right || 1) * 0.22 * reach, apexY: random.between(-0.3, -0.16), strength: strength * 0.45, radius: radius * 0.9 });
  return beams;
}

/** The visible beams: display values that are screened on. */
function beamLayer(stage: Stage, random: Random, beams: readonly Beam[]): SetLayer {
  const { product } = stage;
  const haze = createNoise(random.fork('haze'));
  const color = beamColor(stage.paints.palest);
  const rect = beamRect(stage, beams);
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    let value = 0;
    for (const beam of beams) value += beamLight(beam, product.x, product.y, x, y);
    value *= 1 + 0.3 * fractal(haze, x * 3 - y, y * 2.2, 3);
    out[0] = value * color[0];
    out[1] = value * color[1];
    out[2] = value * color[2];
  }, { isFilter: true, density: 1 / 4 });
  return { ...stillLayer('beam', rect, picture, 0.9), blend: 'screen', motion: { kind: 'sway', x: 0.004, y: 0, periodFrames: 270, phase: random.next() } };
}

/** As narrow as the beams allow: every pixel of a screened layer costs time in every frame. */
function beamRect(stage: Stage, beams: readonly Beam[]): FractionRect {
  const { product, aspect } = stage;
  const reach = beams.map((beam) => ({ left: Math.min(beam.apexX, product.x) - 2.6 * beam.radius, right: Math.max(beam.apexX, product.x) + 2.6 * beam.radius }));
  const left = Math.max(-OVERSCAN, Math.min(...reach.map((beam) => beam.left)) / aspect);
  const right = Math.min(1 + OVERSCAN, Math.max(...reach.map((beam) => beam.right)) / aspect);
  return { x: left, y: -OVERSCAN, width: Math.max(0.05, right - left), height: Math.min(1 + OVERSCAN, product.y + 0.05) + OVERSCAN };
}

function beamLight({ apexX, apexY, strength, radius }: Beam, targetX: number, targetY: number, x: number, y: number): number {
  const t = (y - apexY) / (targetY - apexY);
  if (t <= 0.01) return 0;
  const across = (x - mix(apexX, targetX, t)) / (radius * (0.05 + 0.95 * t));
  const softness = mix(6, 3, clamp(t, 0, 1));
  const profile = Math.exp(-(Math.abs(across) ** softness)) * 0.85 + 0.2 * bell(across / 1.2);
  const along = smoothstep(1.03, 0.66, t) * mix(1, 0.34, clamp(t * 1.1, 0, 1) ** 0.6);
  return strength * profile * along;
}

/** Bright, with the hue of the palette's palest colour. */
function beamColor(color: Linear): Linear {
  const [, a, b] = toLab(color);
  const [red, green, blue] = fromLab([0.92, a * 0.8, b * 0.8]);
  return [srgbFromLinear(red), srgbFromLinear(green), srgbFromLinear(blue)];
}
