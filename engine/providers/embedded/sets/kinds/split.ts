/** Colour blocking: two painted areas that meet in a clean edge, over wall and floor, diagonally, or as a board. */
import type { Random } from '#core/lib/random.ts';
import { blendColors, colorDistance, mixColors, scaled, type Linear } from '../paint/color.ts';
import { clearOfWords } from '../paint/clear-of-words.ts';
import { describeSet } from '../paint/describe.ts';
import { balancedFor, exposureFor } from '../paint/exposure.ts';
import { fullRect, stillLayer } from '../paint/layers.ts';
import { clamp, coverage, lengthOf, mix, smoothstep } from '../paint/math.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { studioShader } from '../paint/studio.ts';
import { createSweep } from '../paint/sweep.ts';
import type { BuiltSet, SetBuilder, Stage } from '../set-types.ts';

/** Which colour a point belongs to, and the shadow that the blocks throw. */
interface Blocks {
  /** 0 = first colour, 1 = second. */
  division(x: number, y: number): number;
  /** Light multiplier. */
  shade?(x: number, y: number): number;
}

/** Width of a painted edge in canvas heights, given pixels. */
const edgeOf = (stage: Stage): number => 2.2 / stage.size.height;

/**
 * One picture in the product's plane: the seam runs over wall and floor, so the two must not move apart.
 * Half density keeps the edge clean; a painted edge behind the product may be a shade softer than the product.
 */
export const buildSplit: SetBuilder = (stage): BuiltSet => {
  const random = stage.random.fork('arrangement');
  const pair = pairOf(stage);
  const exposure = exposureFor(stage, mixColors(pair[0], pair[1], 0.5));
  const [first, other] = [balancedFor(stage, exposure, pair[0]), balancedFor(stage, exposure, pair[1])];
  const sweep = createSweep(stage, { exposure: { pool: exposure.pool, edge: mix(exposure.edge, exposure.pool, 0.25) }, curve: 0.012, poolSize: 1.1 });
  const blocks = random.pick(arrangementsFor(stage))(stage, random);
  const shader = studioShader(stage, {
    sweep,
    albedo: (x, y, out) => {
      const share = blocks.division(x, y);
      for (let channel = 0; channel < 3; channel++) out[channel] = mix(first[channel]!, other[channel]!, share);
    },
    modulate: blocks.shade,
  });
  const rect = fullRect();
  const layer = stillLayer('blocks', rect, shadeDeep(stage, rect, shader, { density: 1 / 2 }), 1);
  const { x, y, height } = stage.product;
  const behind = scaled(mixColors(first, other, blocks.division(x, y - height / 2)), exposure.pool);
  return describeSet(stage, [layer], { floor: mixColors(pair[0], pair[1], blocks.division(x, y)), behind, gloss: 0.12 });
};

type Arrangement = (stage: Stage, random: Random) => Blocks;

/** No upright seam runs through words: above the product only the floor line parts colours, beside it only seams behind the product. */
function arrangementsFor({ words }: Stage): readonly Arrangement[] {
  if (!words) return [upright, diagonal, fold, board];
  return words.side === 'above' ? [fold] : [upright, slanted, board, slanted];
}

/** Two colours that part clearly but not violently. */
function pairOf(stage: Stage): [Linear, Linear] {
  const { base, second, feature } = stage.paints;
  const other = stage.random.fork('pair').next() < 0.35 ? feature : second;
  // Where the floor line runs through words, the two must be near enough for one text colour.
  if (stage.words?.side === 'above' && stage.horizon < stage.words.bottom) return [base, blendColors(base, other, 0.3)];
  return [base, colorDistance(base, other) > 0.5 ? blendColors(base, other, 0.8) : other];
}

/** A seam beside the product that runs down the wall and on over the floor, towards the camera. */
function upright(stage: Stage, random: Random): Blocks {
  const { product, horizon, eyeLevel, aspect } = stage;
  const side = random.pick([-1, 1]);
  const seam = clamp(product.x + side * random.between(0, 0.06) * aspect, aspect * 0.2, aspect * 0.8);
  const vanishing = aspect / 2;
  const edge = edgeOf(stage);
  return {
    division: (x, y) => {
      const spread = y <= horizon ? 1 : (y - eyeLevel) / Math.max(0.02, horizon - eyeLevel);
      return coverage((seam - vanishing) * spread + vanishing - x, edge);
    },
  };
}

/** A slanted seam on the wall behind the product; the floor takes one of the two colours. */
function diagonal(stage: Stage, random: Random): Blocks {
  const { product, horizon, aspect } = stage;
  const side = stage.light.right >= 0 ? 1 : -1;
  const tilt = (side * random.between(0.5, 0.75)) / clamp(aspect, 0.7, 1.2);
  const centerY = Math.min(product.y - product.height * random.between(0.55, 0.75), horizon - 0.2);
  const edge = edgeOf(stage);
  const flip = random.pick([0, 1]);
  return {
    division: (x, y) => {
      if (y > horizon) return flip;
      const share = coverage((y - centerY - tilt * (x - product.x)) / lengthOf(1, tilt), edge);
      return flip ? 1 - share : share;
    },
  };
}

/** A slanted seam through the product, from top to bottom; it stays within the product's own width over the words' rows. */
function slanted(stage: Stage, random: Random): Blocks {
  const { product, words } = stage;
  const side = words?.side === 'left' ? 1 : -1;
  const slant = side * random.between(0.22, 0.36);
  const middleX = product.x + side * random.between(0, 0.08) * product.width;
  const middleY = product.y - product.height * 0.5;
  const edge = edgeOf(stage);
  return { division: (x, y) => coverage(side * (x - middleX + slant * (y - middleY)) / lengthOf(1, slant), edge) };
}

/** Wall in one colour, floor in the other. */
function fold(stage: Stage, random: Random): Blocks {
  const edge = edgeOf(stage);
  const flip = random.pick([0, 1]);
  return {
    division: (_x, y) => {
      const floor = coverage(stage.horizon - y, edge);
      return flip ? 1 - floor : floor;
    },
  };
}

/** A tall board of the second colour leans behind the product and throws a soft shadow on the wall. */
function board(stage: Stage, random: Random): Blocks {
  const { product, horizon, light, aspect } = stage;
  const halfWidth = Math.min(Math.max(product.width * random.between(0.75, 0.95), 0.16), aspect * 0.34);
  const centerX = clearOfWords(stage, { x: product.x - light.right * random.between(0, 0.12) * aspect, y: product.y, radius: halfWidth }).x;
  const top = Math.min(product.y - product.height * random.between(1.15, 1.3), horizon - Math.max(0.3, halfWidth * 1.7));
  const edge = edgeOf(stage);
  const blur = mix(0.02, 0.08, light.softness);
  const distance = (x: number, y: number): number => Math.max(Math.abs(x - centerX) - halfWidth, top - y);
  return {
    division: (x, y) => (y > horizon ? 0 : coverage(distance(x, y), edge)),
    shade: (x, y) => {
      const isBoard = y > horizon ? 0 : coverage(distance(x, y), edge);
      const cast = coverage(distance(x + light.right * 0.045, y - Math.max(0, light.up) * 0.035), blur) * smoothstep(horizon + 0.03, horizon - 0.01, y);
      const near = Math.exp(-Math.max(0, distance(x, y)) / 0.012) * (y > horizon ? 0 : 1);
      const lip = 1 + 0.05 * Math.exp(Math.min(0, distance(x, y)) / 0.003);
      return mix((1 - 0.45 * cast) * (1 - 0.15 * near), lip, isBoard);
    },
  };
}
