/** A seamless paper sweep with a light pool behind the product and a coloured wash from the far side. */
import type { BuiltSet, SetBuilder, Stage } from '../set-types.ts';
import { scaled, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { exposureFor } from '../paint/exposure.ts';
import { poolFalloff } from '../paint/math.ts';
import { buildStudio } from '../paint/studio.ts';
import { createSweep } from '../paint/sweep.ts';

export const buildCyclorama: SetBuilder = (stage): BuiltSet => {
  const random = stage.random.fork('arrangement');
  const exposure = exposureFor(stage, stage.paints.base);
  const sweep = createSweep(stage, { exposure, curve: random.between(0.06, 0.13), poolShift: random.between(-0.06, 0.06), poolSize: random.between(0.85, 1.15) });
  const albedo = washedAlbedo(stage, stage.paints.base, stage.paints.second, random.between(0.25, 0.5));
  const layers = buildStudio(stage, { sweep, albedo });
  const { x, y, height } = stage.product;
  return describeSet(stage, layers, {
    floor: stage.paints.base,
    behind: scaled(stage.paints.base, sweep.light(x, y - height / 2)),
    gloss: random.between(0.08, 0.22),
  });
};

/** The surface colour with a gel of `wash` creeping in from the corner that faces away from the key light. */
export function washedAlbedo(stage: Stage, base: Linear, wash: Linear, amount: number): (x: number, y: number, out: Float64Array) => void {
  const side = stage.light.right >= 0 ? 0 : 1;
  const centerX = (side + (side - 0.5) * 0.3) * stage.aspect;
  const centerY = 0.1;
  const radius = 0.35 + 0.3 * stage.aspect;
  return (x, y, out) => {
    const t2 = ((x - centerX) ** 2 + ((y - centerY) * 0.8) ** 2) / (radius * radius);
    const share = amount * poolFalloff(t2);
    out[0] = base[0] + (wash[0] - base[0]) * share;
    out[1] = base[1] + (wash[1] - base[1]) * share;
    out[2] = base[2] + (wash[2] - base[2]) * share;
  };
}
