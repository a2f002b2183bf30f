/** A seamless paper sweep with a light pool behind the product and, by arrangement, a second colour in its light. */
import type { Random } from '#core/lib/random.ts';
import type { BuiltSet, SetBuilder, Stage } from '../set-types.ts';
import { isMuddy, mixColors, scaled, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { balancedFor, exposureFor, type Exposure } from '../paint/exposure.ts';
import { bell, lengthOf, mix, poolFalloff, smoothstep } from '../paint/math.ts';
import { buildStudio } from '../paint/studio.ts';
import { createSweep } from '../paint/sweep.ts';

/** Surface colour of a point, written to `out`. */
type Albedo = (x: number, y: number, out: Float64Array) => void;

export const buildCyclorama: SetBuilder = (stage): BuiltSet => {
  const random = stage.random.fork('arrangement');
  const { base } = stage.paints;
  const exposure = exposureFor(stage, base);
  const sweep = createSweep(stage, { exposure, curve: random.between(0.06, 0.13), poolShift: random.between(-0.08, 0.08), poolSize: random.between(0.8, 1.1) });
  const albedo = random.pick([gelAlbedo, duotoneAlbedo, haloAlbedo])(stage, exposure, random);
  const layers = buildStudio(stage, { sweep, albedo });
  const { x, y, height } = stage.product;
  return describeSet(stage, layers, { floor: base, behind: scaled(base, sweep.light(x, y - height / 2)), gloss: random.between(0.08, 0.22) });
};

/** A coloured gel from the far side, over the plain sweep. */
function gelAlbedo(stage: Stage, exposure: Exposure, random: Random): Albedo {
  const { second, kin, base } = stage.paints;
  const gel = mixColors(base, random.next() < 0.6 || isMuddy(base, second) ? kin : second, 0.8);
  return washedAlbedo(stage, base, balancedFor(stage, exposure, gel), random.between(0.55, 0.85));
}

/** The wall fades into the second colour towards the top. */
function duotoneAlbedo(stage: Stage, exposure: Exposure, random: Random): Albedo {
  const { base, second, kin } = stage.paints;
  const top = balancedFor(stage, exposure, mixColors(base, isMuddy(base, second) ? kin : second, random.between(0.7, 0.95)));
  const lean = stage.light.right * random.between(0.15, 0.35);
  const from = Math.min(stage.horizon, stage.product.y - stage.product.height * 0.55);
  return (x, y, out) => {
    const share = smoothstep(from, -0.12, y + lean * (x / stage.aspect - 0.5));
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(base[channel]!, top[channel]!, share);
  };
}

/** A soft coloured halo on the wall, as from a lamp behind the product. */
function haloAlbedo(stage: Stage, exposure: Exposure, random: Random): Albedo {
  const { base, kin } = stage.paints;
  const { product, aspect, horizon } = stage;
  const glow = balancedFor(stage, exposure, mixColors(base, kin, random.between(0.35, 0.6)));
  const centerX = product.x + random.between(-0.1, 0.1) * aspect;
  const centerY = Math.min(product.y - product.height * random.between(0.55, 0.8), horizon - 0.05);
  const radius = Math.max(0.6 * product.height, 0.7 * product.width) * random.between(0.95, 1.2);
  return (x, y, out) => {
    const share = bell(lengthOf(x - centerX, y - centerY) / radius) * smoothstep(horizon + 0.06, horizon - 0.1, y);
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(base[channel]!, glow[channel]!, share);
  };
}

/** The surface colour with a gel of `wash` creeping in from the corner that faces away from the key light. */
export function washedAlbedo(stage: Stage, base: Linear, wash: Linear, amount: number): Albedo {
  const side = stage.light.right >= 0 ? 0 : 1;
  const centerX = (side + (side - 0.5) * 0.3) * stage.aspect;
  const centerY = 0.1;
  const radius = 0.35 + 0.3 * stage.aspect;
  return (x, y, out) => {
    const t2 = ((x - centerX) ** 2 + ((y - centerY) * 0.8) ** 2) / (radius * radius);
    const share = amount * poolFalloff(t2);
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(base[channel]!, wash[channel]!, share);
  };
}
