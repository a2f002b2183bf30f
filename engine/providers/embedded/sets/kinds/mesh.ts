/** A flowing gradient mesh like lit silk, mirrored in a soft glossy floor so that the product still stands somewhere. */
import type { Random } from '#core/lib/random.ts';
import { isMuddy, lightnessOf, mixColors, shifted, toLab, type Lab, type Linear } from '../paint/color.ts';
import { calmUnderWords } from '../paint/clear-of-words.ts';
import { describeSet } from '../paint/describe.ts';
import { exposureFor } from '../paint/exposure.ts';
import { createVignette } from '../paint/finish.ts';
import { floorRect, stillLayer, wallRect } from '../paint/layers.ts';
import { bell, clamp, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { createNoise, fractal } from '../paint/noise.ts';
import { shadeDeep, type Shader } from '../paint/shade-layer.ts';
import type { SetBuilder, Stage } from '../set-types.ts';

const DENSITY = 1 / 4;

export const buildMesh: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const flow = createFlow(stage, random);
  const { horizon, product, paints } = stage;
  const wall = wallRect(stage);
  const floor = floorRect(stage);
  const floorShader: Shader = (x, y, out) => {
    const down = Math.max(0, y - horizon);
    flow(x, horizon - down * 0.8, out);
    const pool = poolFalloff(((x - product.x) / 0.45) ** 2 + ((y - product.y) / (0.5 * Math.max(0.3, stage.foreshortening))) ** 2);
    const light = mix(0.62, 1.02, pool) * mix(1, 0.8, smoothstep(product.y, 1.1, y));
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(out[channel]!, paints.base[channel]!, 0.4) * light;
    out[3] = smoothstep(horizon - 0.02, horizon + 0.05, y);
  };
  const still = stillLayer('silk', wall, shadeDeep(stage, wall, flow, { density: DENSITY }), 0.6);
  const layers = [
    { ...still, motion: { kind: 'breathe' as const, x: 0.012, y: 0.01, periodFrames: 330, phase: random.next() } },
    stillLayer('floor', floor, shadeDeep(stage, floor, floorShader, { density: DENSITY, hasAlpha: true }), 1),
  ];
  return describeSet(stage, layers, { floor: paints.base, behind: paints.base, gloss: 0.38 });
};

/** Colour of the mesh at a point: palette colours blended in OKLab by warped noise, with folds that catch the key light. */
function createFlow(stage: Stage, random: Random): Shader {
  const { product, light } = stage;
  const labs = meshColors(stage).map(toLab);
  const warp = createNoise(random.fork('warp'));
  const tone = createNoise(random.fork('tone'));
  const vignette = createVignette(stage);
  const exposure = exposureFor(stage, stage.paints.base);
  const turn = random.between(0, Math.PI * 2);
  const size = random.between(1.1, 1.5) / clamp(stage.aspect, 0.62, 1.15);
  const quiet = calmUnderWords(stage);
  const along = [Math.cos(turn), Math.sin(turn)] as const;
  return (x, y, out) => {
    const warpX = x + 0.32 * warp(x * 1.1 + 3.1, y * 1.1);
    const warpY = y + 0.32 * warp(x * 1.1, y * 1.1 + 7.7);
    const behind = bell((x - product.x) / (product.width * 0.62 + 0.04)) * bell((y - product.y + product.height * 0.5) / (product.height * 0.9));
    const calm = Math.max(behind, 0.85 * quiet(x, y));
    blend(labs, tone, warpX * size, warpY * size, 5.2 - 3 * calm, out);
    const across = ((warpX * along[0] + warpY * along[1]) * 13) / clamp(stage.aspect, 0.7, 1);
    const sweep = across + 4.2 * fractal(warp, warpX * 1.6, warpY * 1.6, 2);
    const wave = 0.5 + 0.5 * Math.sin(sweep);
    const fold = (0.34 * wave * wave * wave - 0.13) * (1 - 0.65 * calm);
    const lit = 1 + fold + 0.12 * light.right * (x / stage.aspect - 0.5) + 0.1 * light.up * (0.5 - y) + 0.1 * behind;
    const value = lit * vignette(x, y) * mix(exposure.edge, exposure.pool, 0.72);
    out[0] = out[0]! * value;
    out[1] = out[1]! * value;
    out[2] = out[2]! * value;
  };
}

function meshColors(stage: Stage): Linear[] {
  const { base, second, third, feature, kin } = stage.paints;
  const lightness = lightnessOf(base);
  const jewel = isMuddy(base, feature) && lightness < 0.6 ? kin : feature;
  return [base, second, shifted(base, lightness > 0.8 ? -0.08 : 0.12), mixColors(base, jewel, 0.75), shifted(base, -0.14), isMuddy(base, third) ? shifted(base, 0.2) : mixColors(base, third, 0.4)];
}

/** Soft-max mixture of the colours, each ruled by its own noise; `sharpness` sets how distinct the patches are. */
function blend(labs: readonly Lab[], tone: (x: number, y: number) => number, x: number, y: number, sharpness: number, out: Float64Array): void {
  let total = 0;
  let L = 0;
  let a = 0;
  let b = 0;
  for (let i = 0; i < labs.length; i++) {
    const lab = labs[i]!;
    const weight = Math.exp(sharpness * (tone(x + i * 11.3, y - i * 5.7) - i * 0.05));
    total += weight;
    L += lab[0] * weight;
    a += lab[1] * weight;
    b += lab[2] * weight;
  }
  writeLab(L / total, a / total, b / total, out);
}

/** OKLab to linear light, clipped at black; mixtures of palette colours hardly leave the gamut. */
function writeLab(L: number, a: number, b: number, out: Float64Array): void {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  out[0] = Math.max(0, 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  out[1] = Math.max(0, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  out[2] = Math.max(0, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
}
