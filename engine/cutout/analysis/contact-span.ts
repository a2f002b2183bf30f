/**
 * Where a piece of the product touches the floor: from its lowest point outwards, as long as the underside rises
 * gently. The side walls of a round base rise steeply only at its very ends, those of a box at its corners.
 */
import type { LowerContour } from './lower-contour.ts';

export interface ContactSpan {
  /** Columns in working pixels, `left` ≤ `right`. */
  readonly left: number;
  readonly right: number;
  /** Lowest row of the piece. */
  readonly y: number;
}

const MAX_SLOPE = 1.2;

export function contactSpan(contour: LowerContour): ContactSpan {
  const { y } = contour;
  let lowest = 0;
  for (let index = 1; index < y.length; index++) if ((y[index] ?? 0) > (y[lowest] ?? 0)) lowest = index;
  return { left: contour.left + walk(y, lowest, -1), right: contour.left + walk(y, lowest, 1), y: y[lowest] ?? 0 };
}

/** A wall is steep over a short and over a longer stretch; a nick in the mask only over the short one. */
function walk(y: Float64Array, from: number, direction: 1 | -1): number {
  const [short, long] = [Math.max(2, Math.round(y.length / 60)), Math.max(4, Math.round(y.length / 14))];
  let at = from;
  while (at + direction >= 0 && at + direction < y.length) {
    if (slope(y, at, direction * short) > MAX_SLOPE && slope(y, at, direction * long) > MAX_SLOPE) break;
    at += direction;
  }
  return at;
}

function slope(y: Float64Array, at: number, offset: number): number {
  const to = Math.min(y.length - 1, Math.max(0, at + offset));
  return ((y[at] ?? 0) - (y[to] ?? 0)) / Math.max(1, Math.abs(to - at));
}
