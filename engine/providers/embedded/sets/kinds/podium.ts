/** Round plinths, stepped or plain, in front of a sweep; the product stands in the middle of the uppermost one. */
import type { Random } from '#core/lib/random.ts';
import { createCastShadow } from '../paint/cast-shadow.ts';
import { blendColors, lightnessOf, mixColors, scaled, shifted, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { clearOfWords } from '../paint/clear-of-words.ts';
import { balancedFor, exposureFor, type Exposure } from '../paint/exposure.ts';
import { lengthOf, mix, smoothstep } from '../paint/math.ts';
import { buildStudio } from '../paint/studio.ts';
import { createSweep } from '../paint/sweep.ts';
import { plinthLayer, type Plinth } from '../paint/plinth.ts';
import type { SetBuilder, Stage } from '../set-types.ts';
import { washedAlbedo } from './cyclorama.ts';

export const buildPodium: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const { base, second } = stage.paints;
  const exposure = exposureFor(stage, base);
  const plinths = arrangePlinths(stage, random);
  const foot = plinths.at(-1)!;
  const footY = foot.y + foot.height;
  const grounded: Stage = { ...stage, horizon: stage.horizon + (footY - stage.product.y) * 0.55 };
  const sweep = createSweep(grounded, { exposure, curve: random.between(0.05, 0.1), poolSize: random.between(0.9, 1.1) });
  const shadow = createCastShadow(stage, { x: foot.x, y: footY, radius: foot.radius, height: foot.height * 2.2 }, 0.72);
  const halo = wallDisc(grounded, random, exposure);
  const wash = washedAlbedo(stage, base, second, 0.22);
  const studio = buildStudio(grounded, {
    sweep,
    albedo: (x, y, out) => {
      wash(x, y, out);
      halo(x, y, out);
    },
    modulate: (x, y) => mix(1, shadow(x, y), smoothstep(grounded.horizon - 0.02, grounded.horizon + 0.05, y)),
  });
  const paint = balancedFor(stage, exposure, plinthPaint(stage, random));
  return describeSet(grounded, [...studio, plinthLayer(stage, plinths, paint, exposure.pool)], {
    floor: paint,
    behind: scaled(base, sweep.light(stage.product.x, stage.product.y - stage.product.height / 2)),
    gloss: 0.1,
    horizon: grounded.horizon,
  });
};

/** One to three plinths, from the product's own downwards. */
function arrangePlinths(stage: Stage, random: Random): Plinth[] {
  const { product, foreshortening, aspect } = stage;
  const inner = Math.max(product.width * 0.5, 0.06);
  const radius = inner * random.between(1.4, 1.7);
  const top = product.y - inner * foreshortening * 0.55;
  const count = random.pick([1, 2, 2, 3]);
  const step = count === 1 ? random.between(0.1, 0.16) : random.between(0.035, 0.06);
  const plinths: Plinth[] = [];
  for (let i = 0; i < count; i++) {
    const isFoot = i === count - 1;
    plinths.push({
      x: product.x,
      y: top + i * step,
      radius: Math.min(radius * (1 + (aspect < 0.8 ? 0.24 : 0.34) * i), Math.max(aspect * 0.47, inner * 1.25 + i * 0.03)),
      height: isFoot && count > 1 ? step * 1.3 : step,
    });
  }
  return plinths;
}

/** Plinths take the colour that parts from the sweep without shouting. */
function plinthPaint(stage: Stage, random: Random): Linear {
  const { base, second } = stage.paints;
  const tone = shifted(base, lightnessOf(base) > 0.75 ? -0.05 : 0.06);
  return random.next() < 0.55 ? tone : mixColors(tone, second, random.between(0.35, 0.8));
}

/** A large disc painted on the wall behind the product, out of focus, in most arrangements. */
function wallDisc(stage: Stage, random: Random, exposure: Exposure): (x: number, y: number, out: Float64Array) => void {
  const { product, aspect, paints, horizon } = stage;
  const isShown = random.next() < 0.65;
  const wanted = Math.min(0.44 * Math.max(aspect, 0.8), product.height * random.between(0.6, 0.75));
  const disc = clearOfWords(stage, { radius: wanted, x: product.x + random.between(-0.05, 0.05) * aspect, y: product.y - product.height * random.between(0.6, 0.7) });
  const paint = random.next() < 0.5 ? blendColors(paints.base, paints.feature, 0.6) : mixColors(paints.base, paints.second, 0.5);
  const color = balancedFor(stage, exposure, paint);
  const blur = 0.008;
  return (x, y, out) => {
    if (!isShown) return;
    const share = smoothstep(blur, -blur, lengthOf(x - disc.x, y - disc.y) - disc.radius) * smoothstep(horizon + 0.03, horizon - 0.03, y);
    if (share <= 0) return;
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(out[channel]!, color[channel]!, share);
  };
}
