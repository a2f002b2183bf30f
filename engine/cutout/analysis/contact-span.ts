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
  const reach = Math.max(2, Math.round(y.length / 60));
  const walk = (direction: 1 | -1): number => {
    let at = lowest;
    while (at + direction >= 0 && at + direction < y.length) {
      const to = Math.min(y.length - 1, Math.max(0, at + direction * reach));
      const rise = ((y[at] ?? 0) - (y[to] ?? 0)) / Math.max(1, Math.abs(to - at));
      if (rise > MAX_SLOPE) break;
      at += direction;
    }
    return at;
  };
  return { left: contour.left + walk(-1), right: contour.left + walk(1), y: y[lowest] ?? 0 };
}
