/** A night of out-of-focus lamps at two depths over a dark glossy floor that mirrors them. Pale palettes get a hazy day. */
import type { Random } from '#core/lib/random.ts';
import { atLightness, lightnessOf, scaled, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { createVignette } from '../paint/finish.ts';
import { floorRect, fullRect, OVERSCAN, stillLayer, wallRect } from '../paint/layers.ts';
import { addDisc, addLight, blurLight, createLightField, type LampDisc, type LightField } from '../paint/light-field.ts';
import { bell, clamp, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { shadeDeep, SOFT_DENSITY } from '../paint/shade-layer.ts';
import type { FractionRect, SetBuilder, SetLayer, Stage } from '../set-types.ts';

export const buildBokeh: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const night = nightOf(stage.paints.base);
  const rect = wallRect(stage);
  const far = createLightField(stage, rect, SOFT_DENSITY);
  const near = createLightField(stage, rect, SOFT_DENSITY);
  for (const lamp of scatterLamps(stage, random.fork('far'), { count: 64, size: [0.01, 0.034], strength: [0.12, 0.95] })) addDisc(stage, far, lamp);
  for (const lamp of scatterLamps(stage, random.fork('near'), { count: 17, size: [0.045, 0.095], strength: [0.05, 0.3] })) addDisc(stage, near, lamp);
  const layers = [wallLayer(stage, rect, night, far), nearLayer(stage, near, random), floorLayer(stage, night, far, near), ...foreground(stage, random)];
  return describeSet(stage, layers, { floor: scaled(night, 0.7), behind: scaled(night, 1.3), gloss: 0.5 });
};

function nightOf(base: Linear): Linear {
  const lightness = lightnessOf(base);
  return lightness > 0.78 ? atLightness(base, lightness - 0.2, 1.15) : atLightness(base, clamp(lightness * 0.55, 0.22, 0.34), 0.9);
}

/** Lamps gather along a loose skyline behind the product and thin out above; few and dim straight behind it. */
function scatterLamps(stage: Stage, random: Random, look: { count: number; size: [number, number]; strength: [number, number] }): LampDisc[] {
  const { aspect, horizon, product, paints } = stage;
  const colors = [...paints.all, paints.feature, paints.feature, paints.accent].map((color) => atLightness(color, clamp(lightnessOf(color), 0.64, 0.84), 1.25));
  const count = Math.round(look.count * clamp(aspect, 0.7, 1.5));
  return Array.from({ length: count }, () => {
    const x = random.between(-0.1, 1.1) * aspect;
    const lift = random.next() ** 1.9;
    const y = horizon - 0.03 - lift * (horizon + 0.08);
    const radius = random.between(look.size[0], look.size[1]) * (0.75 + 0.5 * lift);
    const behind = bell((x - product.x) / (product.width * 0.7 + 0.04)) * bell((y - product.y + product.height * 0.5) / (product.height * 0.7));
    const strength = mix(look.strength[0], look.strength[1], random.next() ** 2.2) * (1 - 0.75 * behind) * (1 - 0.35 * lift);
    return { x, y, radius, color: random.pick(colors), strength, softness: 0.16, rim: random.between(0.3, 0.8), squeeze: 0.16 * clamp(Math.abs(x / aspect - 0.5) * 2, 0, 1) ** 2 };
  });
}

function wallLayer(stage: Stage, rect: FractionRect, night: Linear, far: LightField): SetLayer {
  const vignette = createVignette(stage);
  const { product, horizon } = stage;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const glow = poolFalloff(((x - product.x) / 0.5) ** 2 + ((y - product.y + product.height * 0.55) / 0.42) ** 2);
    const city = Math.exp(-Math.abs(horizon - y) / 0.16);
    const light = (0.45 + 0.95 * glow + 0.6 * city) * vignette(x, y);
    out[0] = night[0] * light;
    out[1] = night[1] * light;
    out[2] = night[2] * light;
    addLight(far, x, y, vignette(x, y), out);
  });
  return stillLayer('night', rect, picture, 0.5);
}

function nearLayer(stage: Stage, near: LightField, random: Random): SetLayer {
  const end = stage.horizon;
  const rect = { ...fullRect(), height: Math.max(0.05, end + 0.035 + OVERSCAN) };
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    out[0] = out[1] = out[2] = 0;
    addLight(near, x, y, smoothstep(end + 0.03, end - 0.03, y), out);
    for (let channel = 0; channel < 3; channel++) out[channel] = Math.sqrt(out[channel]!) * 0.62;
  }, { isFilter: true, density: 1 / 4 });
  return { ...stillLayer('lamps', rect, picture, 0.75), blend: 'screen', motion: { kind: 'drift', x: 0.012, y: -0.004, periodFrames: 300, phase: random.next() } };
}

/** The floor mirrors the lamps as long soft streaks and darkens towards the camera. */
function floorLayer(stage: Stage, night: Linear, far: LightField, near: LightField): SetLayer {
  const rect = floorRect(stage);
  const vignette = createVignette(stage);
  blurLight(far, 0.012, 0.07);
  blurLight(near, 0.03, 0.09);
  const { horizon, product } = stage;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const down = Math.max(0, y - horizon);
    const pool = poolFalloff(((x - product.x) / 0.36) ** 2 + ((y - product.y) / (0.36 * Math.max(0.25, stage.foreshortening))) ** 2);
    const light = (0.42 + 0.75 * pool + 0.4 * Math.exp(-down / 0.05)) * vignette(x, y);
    out[0] = night[0] * light;
    out[1] = night[1] * light;
    out[2] = night[2] * light;
    const mirror = 0.75 * Math.exp(-down / 0.3);
    addLight(far, x, horizon - down * 0.9, mirror, out);
    addLight(near, x, horizon - down * 0.9, mirror * 0.8, out);
    out[3] = smoothstep(horizon - 0.02, horizon + 0.025, y);
  }, { hasAlpha: true });
  return stillLayer('floor', rect, picture, 1);
}

/** One or two very large, faint discs close to the lens, in corners away from the product. */
function foreground(stage: Stage, random: Random): SetLayer[] {
  const side = stage.product.x > stage.aspect / 2 ? -1 : 1;
  const corners = [{ x: 0.5 + side * 0.52, y: random.between(0.9, 1) }, { x: 0.5 - side * 0.54, y: random.between(0.02, 0.16) }];
  return corners.slice(0, stage.aspect > 1.2 ? 2 : 1 + random.below(2)).map((corner, index) => {
    const radius = random.between(0.1, 0.15);
    const color = atLightness(random.pick([stage.paints.second, stage.paints.accent]), 0.75);
    const x = corner.x * stage.aspect;
    const rect: FractionRect = { x: corner.x - (radius * 1.2) / stage.aspect, y: corner.y - radius * 1.2, width: (radius * 2.4) / stage.aspect, height: radius * 2.4 };
    const light = createLightField(stage, rect, 1 / 4);
    addDisc(stage, light, { x, y: corner.y, radius, color, strength: 0.3, softness: 0.3, rim: 0.3, squeeze: 0.12 });
    const picture = shadeDeep(stage, rect, (px, py, out) => {
      out[0] = out[1] = out[2] = 0;
      addLight(light, px, py, 1, out);
      for (let channel = 0; channel < 3; channel++) out[channel] = Math.sqrt(out[channel]!) * 0.5;
    }, { isFilter: true, density: 1 / 4 });
    return { ...stillLayer(`lens${index + 1}`, rect, picture, 1.3), blend: 'screen', isForeground: true, motion: { kind: 'drift', x: OVERSCAN * 0.2 * -side, y: 0.006, periodFrames: 300, phase: random.next() } } satisfies SetLayer;
  });
}
