/** Colour blocking: two painted areas that meet in a clean edge, across wall and floor, diagonally or at the fold. */
import type { Random } from '#core/lib/random.ts';
import { colorDistance, mixColors, scaled, type Linear } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { balancedFor, exposureFor } from '../paint/exposure.ts';
import { fullRect, stillLayer } from '../paint/layers.ts';
import { clamp, coverage, mix } from '../paint/math.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { studioShader } from '../paint/studio.ts';
import { createSweep } from '../paint/sweep.ts';
import type { BuiltSet, SetBuilder, Stage } from '../set-types.ts';

/** How much of a point belongs to the second colour, 0..1. */
type Division = (x: number, y: number) => number;

/**
 * One picture in the product's plane: the seam runs over wall and floor, so the two must not move apart.
 * Half density keeps the edge clean; a painted edge behind the product may be a shade softer than the product.
 */
export const buildSplit: SetBuilder = (stage): BuiltSet => {
  const random = stage.random.fork('arrangement');
  const pair = pairOf(stage);
  const exposure = exposureFor(stage, mixColors(pair[0], pair[1], 0.5));
  const [left, right] = [balancedFor(stage, exposure, pair[0]), balancedFor(stage, exposure, pair[1])];
  const sweep = createSweep(stage, { exposure: { pool: exposure.pool, edge: mix(exposure.edge, exposure.pool, 0.3) }, curve: 0.012, poolSize: 1.15 });
  const division = random.pick([upright, upright, diagonal, fold])(stage, random);
  const shader = studioShader(stage, {
    sweep,
    albedo: (x, y, out) => {
      const share = division(x, y);
      for (let channel = 0; channel < 3; channel++) out[channel] = mix(left[channel]!, right[channel]!, share);
    },
  });
  const rect = fullRect();
  const layer = stillLayer('blocks', rect, shadeDeep(stage, rect, shader, { density: 1 / 2 }), 1);
  const middle = mixColors(left, right, division(stage.product.x, stage.product.y - stage.product.height / 2));
  return describeSet(stage, [layer], { floor: mixColors(left, right, division(stage.product.x, stage.product.y)), behind: scaled(middle, exposure.pool), gloss: 0.12 });
};

/** Two colours that part clearly but not violently. */
function pairOf(stage: Stage): [Linear, Linear] {
  const { base, second } = stage.paints;
  return [base, colorDistance(base, second) > 0.45 ? mixColors(base, second, 0.75) : second];
}

/** A seam beside the product that runs down the wall and on over the floor, towards the camera. */
function upright(stage: Stage, random: Random): Division {
  const { product, horizon, eyeLevel, aspect, size } = stage;
  const side = random.pick([-1, 1]);
  const seam = clamp(product.x + side * random.between(0, 0.06) * aspect, aspect * 0.2, aspect * 0.8);
  const vanishing = aspect / 2;
  const edge = 2.2 / size.height;
  return (x, y) => {
    const spread = y <= horizon ? 1 : (y - eyeLevel) / Math.max(0.02, horizon - eyeLevel);
    return coverage((seam - vanishing) * spread + vanishing - x, edge);
  };
}

function diagonal(stage: Stage, random: Random): Division {
  const { product, size, horizon } = stage;
  const side = stage.light.right >= 0 ? 1 : -1;
  const tilt = side * random.between(0.5, 0.85);
  const centerY = product.y - product.height * random.between(0.45, 0.6);
  const edge = 2.2 / size.height;
  const flip = random.pick([0, 1]);
  return (x, y) => {
    if (y > horizon) return flip;
    const share = coverage((y - centerY - tilt * (x - product.x)) / Math.hypot(1, tilt), edge);
    return flip ? 1 - share : share;
  };
}

/** Wall in one colour, floor in the other. */
function fold(stage: Stage, random: Random): Division {
  const edge = 2.2 / stage.size.height;
  const flip = random.pick([0, 1]);
  return (_x, y) => {
    const floor = coverage(stage.horizon - y, edge);
    return flip ? 1 - floor : floor;
  };
}
