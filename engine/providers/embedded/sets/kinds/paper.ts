/** Paper scenery: a cut sun and wavy sheets that stand one before the other, each with its shadow on the next. */
import type { Random } from '#core/lib/random.ts';
import { blendColors, lightnessOf, mixColors, scaled, shifted, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { clearOfWords } from '../paint/clear-of-words.ts';
import { balancedFor, exposureFor, type Exposure } from '../paint/exposure.ts';
import { createTexture, createVignette } from '../paint/finish.ts';
import { floorRect, OVERSCAN, stillLayer, wallRect } from '../paint/layers.ts';
import { clamp, lengthOf, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { createNoise } from '../paint/noise.ts';
import { paperSheet, type PaperSheet } from '../paint/paper-sheet.ts';
import { createRidge, tabulateRidge, withValley } from '../paint/ridge.ts';
import { shadeDeep, type Shader } from '../paint/shade-layer.ts';
import type { FractionRect, SetBuilder, SetLayer, Stage } from '../set-types.ts';

export const buildPaper: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const exposure = exposureFor(stage, stage.paints.base);
  const sheets = cutSheets(stage, random, exposure);
  const lit = (x: number, y: number): number => {
    const { product, light } = stage;
    const pool = poolFalloff(((x - product.x - light.right * 0.1) / (0.35 + 0.25 * stage.aspect)) ** 2 + ((y - product.y + product.height * 0.6) / 0.55) ** 2);
    return mix(mix(exposure.edge, exposure.pool, 0.35), exposure.pool, pool);
  };
  const back = sheets.slice(0, -1);
  const front = sheets.at(-1)!;
  const layers = [backLayer(stage, back, front, lit), frontLayer(stage, front, lit), floorLayer(stage, front, exposure.pool)];
  return describeSet(stage, layers, { floor: floorPaint(stage), behind: scaled(back[0]!.color, exposure.pool), gloss: 0.04 });
};

/** Sky, sun, and three or four sheets, far to near; they dip behind the product so that it stays in the open. */
function cutSheets(stage: Stage, random: Random, exposure: Exposure): PaperSheet[] {
  const { product, horizon, aspect, paints } = stage;
  const sky = mixColors(paints.base, paints.second, 0.12);
  const sheets: PaperSheet[] = [{ color: sky, inside: () => 1, lift: 0 }];
  const radius = clamp(Math.max(product.height * random.between(0.5, 0.62), product.width * 0.72), 0.16, Math.max(0.26, Math.min(0.4, aspect * 0.42)));
  const sunX = product.x + random.between(-0.06, 0.06) * aspect;
  const sunDisc = clearOfWords(stage, { radius, x: sunX, y: product.y - Math.max(product.height * random.between(0.7, 0.86), radius * 0.9) });
  const sun = balancedFor(stage, exposure, blendColors(paints.base, paints.feature, random.between(0.7, 0.9)));
  sheets.push({ color: sun, inside: (x, y) => sunDisc.radius - lengthOf(x - sunDisc.x, y - sunDisc.y), lift: 0.012 });
  const count = 3;
  for (let index = 0; index < count; index++) {
    const t = (index + 1) / count;
    const level = horizon - 0.02 - (1 - t) * 0.2;
    const wave = createRidge(random.fork(`sheet${index}`), { level, swing: mix(0.075, 0.045, t), wavelength: random.between(0.7, 1.1) * Math.max(0.8, aspect) });
    const ridge = tabulateRidge(withValley(wave, product.x + random.between(-0.08, 0.08) * aspect, 0.08 * (1 - t) + 0.07, 0.28 * Math.max(0.8, aspect)), -0.2 * aspect, 1.2 * aspect);
    const inside = (x: number, y: number): number => (y - ridge.at(x)) * ridge.steepness(x);
    sheets.push({ color: balancedFor(stage, exposure, sheetColor(stage, t)), inside, lift: mix(0.016, 0.024, t) });
  }
  return sheets;
}

/** From pale haze to the deep colour of the nearest sheet. */
function sheetColor(stage: Stage, t: number): Linear {
  const { base, second } = stage.paints;
  const step = lightnessOf(base) < 0.45 ? mix(0.02, 0.16, t) : mix(0.05, -0.12, t);
  return shifted(mixColors(base, second, 0.15 + 0.5 * t), step);
}

function floorPaint(stage: Stage): Linear {
  const { base } = stage.paints;
  return shifted(base, lightnessOf(base) > 0.7 ? 0.01 : 0.05);
}

/** Everything but the nearest sheet, which throws its shadow here as well. */
function backLayer(stage: Stage, sheets: readonly PaperSheet[], front: PaperSheet, lit: (x: number, y: number) => number): SetLayer {
  const rect = wallRect(stage);
  const lay = paperSheet(stage);
  const finish = paperFinish(stage, lit);
  const edge = 3 / stage.size.height;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    for (let index = lowestVisible(sheets, x, y); index < sheets.length; index++) lay(sheets[index]!, edge, x, y, out);
    lay.shadow(front, x, y, out);
    finish(x, y, out);
  });
  return stillLayer('scenery', rect, picture, 0.7);
}

/** The nearest sheet that wholly covers a point; those behind it need no work. */
function lowestVisible(sheets: readonly PaperSheet[], x: number, y: number): number {
  for (let index = sheets.length - 1; index > 0; index--) if (sheets[index]!.inside(x, y) > 0.01) return index;
  return 0;
}

function frontLayer(stage: Stage, sheet: PaperSheet, lit: (x: number, y: number) => number): SetLayer {
  const top = clamp(stage.horizon - 0.22, -OVERSCAN, 0.8);
  const rect: FractionRect = { x: -OVERSCAN, y: top, width: 1 + 2 * OVERSCAN, height: Math.max(0.1, stage.horizon + 0.14 - top) };
  const lay = paperSheet(stage);
  const finish = paperFinish(stage, lit);
  const edge = 2 / stage.size.height;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    lay({ ...sheet, inside: () => 1 }, edge, x, y, out);
    const inside = sheet.inside(x, y);
    const cut = 1 + 0.1 * Math.exp(-Math.max(0, inside) / 0.0025);
    const foot = 1 - 0.2 * smoothstep(stage.horizon - 0.06, stage.horizon + 0.02, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! * cut * foot;
    finish(x, y, out);
    out[3] = smoothstep(-edge, edge, inside);
  }, { hasAlpha: true, density: 1 / 2 });
  return stillLayer('sheet', rect, picture, 0.88);
}

/** A sheet of paper that lies in front: the floor, with the standing sheet's shadow at its far edge. */
function floorLayer(stage: Stage, front: PaperSheet, brightness: number): SetLayer {
  const rect = floorRect(stage);
  const color = floorPaint(stage);
  const { product, horizon, foreshortening, light } = stage;
  const lit = (x: number, y: number): number => {
    const pool = poolFalloff(((x - product.x) / 0.55) ** 2 + ((y - product.y) / (0.9 * Math.max(0.22, foreshortening))) ** 2);
    const reach = 0.02 + 0.05 / (1 + light.slope);
    const shade = 1 - 0.3 * Math.exp(-Math.max(0, y - horizon) / reach);
    return brightness * mix(0.66, 1.03, pool) * shade * mix(1, 0.84, smoothstep(product.y, 1.1, y));
  };
  const finish = paperFinish(stage, lit);
  const edge = 2 / stage.size.height;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    for (let channel = 0; channel < 3; channel++) out[channel] = color[channel]!;
    finish(x, y, out);
    out[3] = smoothstep(horizon - edge, horizon + edge, y);
  }, { hasAlpha: true });
  return stillLayer('floor', rect, picture, 1);
}

function paperFinish(stage: Stage, lit: (x: number, y: number) => number): Shader {
  const vignette = createVignette(stage);
  const grain = createTexture(createNoise(stage.random.fork('fibre')), 2.2);
  const { tint } = stage.light;
  return (x, y, out) => {
    const light = lit(x, y) * vignette(x, y) * grain(x, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! * light * tint[channel]!;
  };
}
