/** A table of wood, stone or terrazzo tinted by the palette, in front of a wall far out of focus. */
import type { Random } from '#core/lib/random.ts';
import { atLightness, chromaOf, lightnessOf, mixColors, scaled, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { balancedFor, exposureFor, type Exposure } from '../paint/exposure.ts';
import { createVignette } from '../paint/finish.ts';
import { createGoboPattern } from '../paint/gobo-pattern.ts';
import { floorRect, stillLayer, wallRect } from '../paint/layers.ts';
import { bell, clamp, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { createSweep } from '../paint/sweep.ts';
import { createTableMaterial, TABLE_MATERIALS } from '../paint/table-material.ts';
import type { Paints, SetBuilder, SetLayer, Stage } from '../set-types.ts';

export const buildTabletop: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const { base } = stage.paints;
  const exposure = exposureFor(stage, base);
  const material = random.pick(TABLE_MATERIALS);
  const table = balancedFor(stage, exposure, tablePaint(stage.paints, material === 'wood' ? 0.85 : 0.7));
  const layers = [wallLayer(stage, random, base, exposure), tableLayer(stage, random, material, table, exposure)];
  return describeSet(stage, layers, { floor: table, behind: scaled(base, exposure.pool), gloss: material === 'wood' ? 0.1 : 0.26 });
};

/** The palette's palest colour brought near to the wall's lightness: a quiet relative whose edge still reads. */
function tablePaint({ base, palest }: Paints, chroma: number): Linear {
  const lightness = lightnessOf(base);
  const mixture = mixColors(base, palest, lightness > 0.72 ? 0.85 : 0.5);
  const isGrey = chromaOf(mixture) < 0.5 * Math.max(chromaOf(base), chromaOf(palest));
  const toned = isGrey ? base : mixture;
  return atLightness(toned, lightness > 0.72 ? lightness - 0.05 : clamp(lightness + 0.17, 0.42, 0.88), chroma);
}

/** Window light and plants, so far out of focus that only their rhythm is left. */
function wallLayer(stage: Stage, random: Random, base: Linear, exposure: Exposure): SetLayer {
  const rect = wallRect(stage);
  const far: Stage = { ...stage, light: { ...stage.light, softness: 2.2 } };
  const pattern = createGoboPattern(far, random.pick(['panes', 'palm', 'branches'] as const), random.fork('window'));
  const sweep = createSweep(stage, { exposure, curve: 0.05, poolSize: 1.05 });
  const vignette = createVignette(stage);
  const { product, light, horizon } = stage;
  /** Dark walls swallow a pattern; it is drawn deeper on them. */
  const depth = mix(0.64, 0.48, smoothstep(0.3, 0.5, lightnessOf(base)));
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const near = bell((x - product.x) / (product.width * 0.8 + 0.05)) * bell((y - product.y + product.height * 0.5) / (product.height * 0.8));
    const shade = 1 - mix(depth, 0.18, near) * (1 - pattern(x, y));
    const table = 1 - 0.18 * Math.exp(-Math.max(0, horizon - y) / 0.07);
    const value = sweep.light(x, Math.min(y, horizon - 0.05)) * 1.18 * shade * table * vignette(x, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = base[channel]! * value * light.tint[channel]!;
  }, { density: 1 / 4 });
  return stillLayer('wall', rect, picture, 0.55);
}

/** The table top in perspective; its texture fades with distance from the plane of focus. */
function tableLayer(stage: Stage, random: Random, kind: (typeof TABLE_MATERIALS)[number], paint: Linear, exposure: Exposure): SetLayer {
  const rect = floorRect(stage);
  const material = createTableMaterial(kind, random.fork('material'));
  const vignette = createVignette(stage);
  const { product, eyeLevel, horizon, light, foreshortening } = stage;
  const edge = 0.004;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const distance = clamp((product.y - eyeLevel) / Math.max(0.02, y - eyeLevel), 0.2, 8);
    const focus = 1 / (1 + 22 * (distance - 1) ** 2);
    const texture = material((x - product.x) * distance, distance * 2.2, focus);
    const pool = poolFalloff(((x - product.x + light.right * 0.03) / 0.52) ** 2 + ((y - product.y) / (0.75 * Math.max(0.22, foreshortening))) ** 2);
    const sheen = 0.16 * Math.exp(-Math.max(0, y - horizon) / 0.05);
    const front = mix(1, 0.74, smoothstep(product.y + 0.02, 1.1, y));
    const value = (mix(exposure.edge, exposure.pool, pool * 0.9) * (1 + texture) + sheen) * front * vignette(x, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = paint[channel]! * value * light.tint[channel]!;
    out[3] = smoothstep(horizon - edge, horizon + edge, y);
  }, { hasAlpha: true, density: 1 / 2 });
  return stillLayer('table', rect, picture, 1);
}
