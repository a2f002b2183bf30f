/** An arched niche in a plastered wall: a reveal of real thickness, a lit inside with the arch's own shadow in it. */
import type { Random } from '#core/lib/random.ts';
import { blendColors, lightnessOf, scaled, shifted } from '../paint/color.ts';
import { clearOfWords } from '../paint/clear-of-words.ts';
import { describeSet } from '../paint/describe.ts';
import { balancedFor, exposureFor } from '../paint/exposure.ts';
import { createTexture, createVignette } from '../paint/finish.ts';
import { OVERSCAN, stillLayer, wallRect } from '../paint/layers.ts';
import { clamp, coverage, lengthOf, mix, smoothstep } from '../paint/math.ts';
import { createNoise } from '../paint/noise.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { buildStudio } from '../paint/studio.ts';
import { createSweep, type Sweep } from '../paint/sweep.ts';
import type { SetBuilder, SetLayer, Stage } from '../set-types.ts';

/** An opening with straight sides and a round head, standing on the floor line. */
interface Opening {
  readonly x: number;
  readonly halfWidth: number;
  /** Row where the head begins. */
  readonly spring: number;
}

export const buildArch: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const { base, second, feature } = stage.paints;
  const exposure = exposureFor(stage, base);
  const isQuiet = stage.words?.side === 'above' && stage.horizon < stage.words.bottom;
  const loud = random.next() < 0.8 ? blendColors(base, random.next() < 0.5 ? second : feature, random.between(0.5, 0.8)) : shifted(base, lightnessOf(base) > 0.5 ? -0.15 : 0.15);
  // A floor line that runs through the words must not part two strong colours.
  const paint = isQuiet ? shifted(base, lightnessOf(base) > 0.5 ? -0.06 : 0.05) : loud;
  const opening = placeOpening(stage, random);
  const nicheDepth = random.between(0.022, 0.034);
  const inside = balancedFor(stage, exposure, paint);
  const sweep = createSweep(stage, { exposure, curve: 0.014, poolSize: 1.1 });
  const shade = openingShadow(stage, opening, nicheDepth);
  const behindWall = buildStudio({ ...stage, horizon: stage.horizon - nicheDepth }, {
    sweep: createSweep({ ...stage, horizon: stage.horizon - nicheDepth }, { exposure: { pool: exposure.pool * 0.98, edge: mix(exposure.edge, exposure.pool, 0.45) }, curve: 0.016, poolSize: 0.9 }),
    albedo: (_x, y, out) => {
      const onFloor = smoothstep(stage.horizon - nicheDepth - 0.004, stage.horizon - nicheDepth + 0.004, y);
      for (let channel = 0; channel < 3; channel++) out[channel] = mix(inside[channel]!, base[channel]!, onFloor);
    },
    modulate: shade,
    wallDepth: 0.65,
    seam: 0.004,
  });
  const wall = frontWall(stage, opening, sweep);
  return describeSet(stage, [...behindWall, wall], {
    floor: base,
    behind: scaled(inside, sweep.light(stage.product.x, stage.product.y - stage.product.height / 2)),
    gloss: 0.06,
  });
};

/** Words above the product stand inside the opening with it; beside it, the opening keeps away from them. */
function placeOpening(stage: Stage, random: Random): Opening {
  const { product, aspect, horizon, words } = stage;
  if (words?.side === 'above') {
    const half = (words.right - words.left) / 2;
    const halfWidth = Math.min(half + 0.035, aspect * 0.46);
    return { x: (words.left + words.right) / 2, halfWidth, spring: words.top + 0.03 + 0.8 * Math.sqrt(Math.max(0, halfWidth ** 2 - half ** 2)) };
  }
  const halfWidth = clamp(product.width * random.between(0.85, 1.05) + 0.03, 0.17, Math.max(0.2, aspect * 0.36));
  const away = words ? clearOfWords(stage, { x: product.x, y: product.y, radius: halfWidth }).x - product.x : 0;
  const x = clamp(product.x + clamp(away, -0.4 * halfWidth, 0.4 * halfWidth) + random.between(-0.02, 0.02), -halfWidth, aspect + halfWidth);
  const head = Math.min(product.y - product.height * random.between(1.12, 1.24), horizon - halfWidth * random.between(1.8, 2.2));
  return { x, halfWidth, spring: Math.max(head, -0.05) + halfWidth };
}

/** Negative inside the opening; `grown` widens it. */
function openingDistance(opening: Opening, x: number, y: number): number {
  const dx = Math.abs(x - opening.x);
  return y > opening.spring ? dx - opening.halfWidth : lengthOf(dx, y - opening.spring) - opening.halfWidth;
}

/** The arch shades the niche on the light's side, softer the softer the light. */
function openingShadow(stage: Stage, opening: Opening, nicheDepth: number): (x: number, y: number) => number {
  const { light, horizon } = stage;
  const shiftX = -light.right * 0.11;
  const shiftY = clamp(0.02 + 0.05 * light.up, 0, 0.07);
  const blur = mix(0.012, 0.05, light.softness);
  // Words in the niche want an even ground.
  const shaded = stage.words?.side === 'above' ? 0.8 : 0.5;
  return (x, y) => {
    const direct = coverage(openingDistance(opening, x - shiftX, Math.min(y, horizon) - shiftY), blur);
    const inner = openingDistance(opening, x, y);
    const corner = 1 - 0.28 * Math.exp(Math.min(0, inner) / 0.035);
    const foot = 1 - 0.26 * Math.exp(-Math.max(0, y - horizon) / 0.022) * smoothstep(-0.02, 0.012, inner);
    const onFloor = smoothstep(horizon - nicheDepth * 1.15, horizon + 0.012, y);
    return mix(mix(shaded, 1.06, direct) * corner, foot, onFloor);
  };
}

function frontWall(stage: Stage, opening: Opening, sweep: Sweep): SetLayer {
  const { light, horizon, paints, aspect } = stage;
  const { base } = paints;
  const full = wallRect(stage);
  const rect = { ...full, height: Math.max(0.1, horizon + 0.012 - full.y) };
  const inner: Opening = { ...opening, halfWidth: opening.halfWidth - 0.02, x: opening.x + (aspect / 2 - opening.x) * 0.03 };
  const vignette = createVignette(stage);
  const plaster = createTexture(createNoise(stage.random.fork('plaster')), 1.8);
  const edge = 2.4 / stage.size.height;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const outer = openingDistance(opening, x, y);
    const hole = openingDistance(inner, x, y);
    const normalX = y > opening.spring ? Math.sign(x - opening.x) : (x - opening.x) / Math.max(1e-3, lengthOf(x - opening.x, y - opening.spring));
    const normalUp = y > opening.spring ? 0 : (opening.spring - y) / Math.max(1e-3, lengthOf(x - opening.x, y - opening.spring));
    const facing = -(normalX * light.right + normalUp * light.up);
    const reveal = mix(0.42, 1.28, smoothstep(-0.9, 0.9, facing));
    const foot = 1 - 0.22 * smoothstep(horizon - 0.05, horizon, y);
    const lip = 1 + 0.05 * Math.exp(-Math.max(0, outer) / 0.004);
    const face = sweep.light(x, Math.min(y, horizon - 0.02)) * 0.94 * plaster(x, y) * vignette(x, y) * foot * lip;
    const value = mix(face, face * reveal, coverage(outer, edge));
    out[0] = base[0] * value * light.tint[0];
    out[1] = base[1] * value * light.tint[1];
    out[2] = base[2] * value * light.tint[2];
    out[3] = (1 - coverage(hole, edge)) * smoothstep(horizon + 0.004, horizon, y);
  }, { hasAlpha: true, density: 1 / 2 });
  return stillLayer('arch', { ...rect, x: -OVERSCAN }, picture, 0.85);
}
