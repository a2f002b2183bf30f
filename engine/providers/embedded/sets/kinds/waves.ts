/** Soft dunes, one behind the other into the haze, in tints of the palette; the product stands on the nearest. */
import type { Random } from '#core/lib/random.ts';
import { isMuddy, mixColors, scaled, shifted, lightnessOf, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { balancedFor, exposureFor, type Exposure } from '../paint/exposure.ts';
import { createTexture, createVignette } from '../paint/finish.ts';
import { floorRect, OVERSCAN, stillLayer, wallRect } from '../paint/layers.ts';
import { clamp, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { createNoise, fractal } from '../paint/noise.ts';
import { createRidge, tabulateRidge, type Ridge } from '../paint/ridge.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import type { SetBuilder, SetLayer, Stage } from '../set-types.ts';

interface Dune {
  readonly ridge: Ridge;
  readonly color: Linear;
  /** Blur of its crest, canvas heights. */
  readonly blur: number;
}

export const buildWaves: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const exposure = exposureFor(stage, stage.paints.base);
  const brightness = mix(exposure.edge, exposure.pool, 0.85);
  const sky = skyOf(stage);
  const dunes = raiseDunes(stage, random, sky, exposure);
  const layers = [farLayer(stage, dunes.slice(0, -1), sky, exposure, brightness), middleLayer(stage, dunes.at(-1)!, brightness), groundLayer(stage, random, exposure.pool)];
  return describeSet(stage, layers, { floor: stage.paints.base, behind: scaled(sky, brightness), gloss: 0.05 });
};

/** The second colour as haze: never further from the base than a landscape allows. */
function skyOf(stage: Stage): Linear {
  const { base, second } = stage.paints;
  const gap = Math.abs(lightnessOf(second) - lightnessOf(base));
  const sky = mixColors(base, isMuddy(base, second) ? stage.paints.kin : second, Math.min(1, 0.36 / Math.max(gap, 0.01)));
  return shifted(sky, lightnessOf(sky) > 0.85 ? 0 : 0.06);
}

/** From far to near: from the second colour's haze to the base colour. */
function raiseDunes(stage: Stage, random: Random, sky: Linear, exposure: Exposure): Dune[] {
  const { base } = stage.paints;
  const { horizon, aspect } = stage;
  const count = 4 + random.below(2);
  const top = Math.min(horizon - 0.12, mix(horizon, stage.product.y - stage.product.height, 0.75));
  return Array.from({ length: count }, (_, index) => {
    const t = (index + 1) / count;
    const level = mix(top, horizon + 0.005, t ** 0.8);
    const shape = { level, swing: mix(0.05, 0.026, t), wavelength: mix(0.9, 1.5, t) * clamp(aspect, 0.8, 1.4) * random.between(0.85, 1.2) };
    return {
      ridge: tabulateRidge(createRidge(random.fork(`ridge${index}`), shape), -0.2 * aspect, 1.2 * aspect),
      color: balancedFor(stage, exposure, mixColors(sky, base, t ** 1.2)),
      blur: mix(0.02, 0.005, t),
    };
  });
}

/** Sky and the far dunes in one picture, back to front. */
function farLayer(stage: Stage, dunes: readonly Dune[], sky: Linear, exposure: Exposure, brightness: number): SetLayer {
  const rect = wallRect(stage);
  const air = balancedFor(stage, exposure, sky);
  const vignette = createVignette(stage);
  const shade = duneShading(stage);
  const { product, horizon } = stage;
  const { right, tint } = stage.light;
  const glow = balancedFor(stage, exposure, mixColors(sky, stage.paints.feature, 0.8));
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const sun = poolFalloff(((x - product.x - right * 0.12) / 0.5) ** 2 + ((y - product.y + product.height * 0.75) / 0.42) ** 2);
    const light = brightness * mix(0.55, 1.08, sun);
    const dawn = 0.85 * Math.exp(-Math.max(0, horizon - 0.1 - y) / 0.13) * mix(0.5, 1, sun);
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(air[channel]!, glow[channel]!, dawn) * light;
    for (const dune of dunes) layDune(dune, shade, brightness * mix(0.85, 1, sun), x, y, out);
    const corner = vignette(x, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! * corner * tint[channel]!;
  });
  return stillLayer('dunes', rect, picture, 0.6);
}

function middleLayer(stage: Stage, dune: Dune, brightness: number): SetLayer {
  const margin = 0.09;
  const bottom = clamp(stage.horizon + 0.16, 0.1, 1.1);
  const top = clamp(stage.horizon - margin, -OVERSCAN, bottom - 0.05);
  const rect = { x: -OVERSCAN, y: top, width: 1 + 2 * OVERSCAN, height: bottom - top };
  const shade = duneShading(stage);
  const vignette = createVignette(stage);
  const { tint } = stage.light;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const depth = y - dune.ridge.at(x);
    const light = brightness * shade(dune.ridge.slope(x), depth) * vignette(x, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = dune.color[channel]! * light * tint[channel]!;
    out[3] = smoothstep(-dune.blur, dune.blur, depth);
  }, { hasAlpha: true });
  return stillLayer('dune', rect, picture, 0.82);
}

/** Crests catch the light, flanks that face it are bright, troughs sink into shade. */
function duneShading(stage: Stage): (slope: number, depth: number) => number {
  const { light } = stage;
  return (slope, depth) => {
    const facing = clamp(slope * light.right * 2.2, -0.4, 0.4);
    const crest = 0.2 * Math.exp(-Math.max(0, depth) / 0.018);
    const trough = 0.46 * smoothstep(0, 0.15, depth);
    return 0.97 + facing * 0.7 + crest - trough;
  };
}

function layDune(dune: Dune, shade: (slope: number, depth: number) => number, brightness: number, x: number, y: number, out: Float64Array): void {
  const depth = y - dune.ridge.at(x);
  const share = smoothstep(-dune.blur, dune.blur, depth);
  if (share <= 0) return;
  const light = brightness * shade(dune.ridge.slope(x), depth);
  for (let channel = 0; channel < 3; channel++) out[channel] = mix(out[channel]!, dune.color[channel]! * light, share);
}

/** The nearest dune: the ground, almost level, with long soft ripples in perspective. */
function groundLayer(stage: Stage, random: Random, brightness: number): SetLayer {
  const rect = floorRect(stage);
  const { product, horizon, eyeLevel, light, paints, aspect } = stage;
  const ridge = tabulateRidge(createRidge(random.fork('ground'), { level: horizon + 0.035, swing: 0.012, wavelength: 1.3 * Math.max(aspect, 0.8) }), -0.2 * aspect, 1.2 * aspect);
  const noise = createNoise(random.fork('ripple'));
  const texture = createTexture(noise, 1.6);
  const vignette = createVignette(stage);
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const distance = clamp((product.y - eyeLevel) / Math.max(0.02, y - eyeLevel), 0.2, 6);
    const ground = (x - product.x) * distance;
    const ripple = Math.sin(distance * 26 + 2.2 * fractal(noise, ground * 1.4, distance * 3, 2) + ground * 1.5);
    const nearProduct = Math.exp(-(((x - product.x) / (product.width + 0.08)) ** 2) - ((y - product.y) / 0.09) ** 2);
    const pool = poolFalloff(((x - product.x) / 0.5) ** 2 + ((y - product.y) / (0.8 * Math.max(0.22, stage.foreshortening))) ** 2);
    const depth = y - ridge.at(x);
    const crest = 0.1 * Math.exp(-Math.max(0, depth) / 0.012);
    const value = brightness * (mix(0.62, 1, pool) + crest + 0.06 * ripple * (1 - 0.85 * nearProduct) * smoothstep(0.02, 0.1, depth)) * texture(x, y) * vignette(x, y) * mix(1, 0.82, smoothstep(product.y, 1.1, y));
    for (let channel = 0; channel < 3; channel++) out[channel] = paints.base[channel]! * value * light.tint[channel]!;
    out[3] = smoothstep(-0.003, 0.003, depth);
  }, { hasAlpha: true, density: 1 / 2 });
  return stillLayer('ground', rect, picture, 1);
}
