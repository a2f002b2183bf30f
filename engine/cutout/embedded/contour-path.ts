/**
 * The cheapest closed way through a contour's strip: from row to row it moves by one column at most, and every move costs.
 * By dynamic programming, pinned where one column is far better than the rest.
 */
import { COLUMNS } from './contour-strip.ts';

const MOVE = 0.3;

/** The column for each row. `costs`: rows × columns; Infinity is never entered. */
export function cheapestPath(costs: Float32Array, count: number): Int16Array {
  const { row: pin, column: pinned } = clearestRow(costs, count);
  let sums = new Float64Array(COLUMNS).fill(Infinity);
  let next = new Float64Array(COLUMNS);
  const from = new Int8Array(count * COLUMNS);
  sums[pinned] = 0;
  for (let step = 1; step <= count; step++) {
    const row = (pin + step) % count;
    for (let column = 0; column < COLUMNS; column++) {
      let best = sums[column]!;
      let move = 0;
      if (column > 0 && sums[column - 1]! + MOVE < best) [best, move] = [sums[column - 1]! + MOVE, -1];
      if (column < COLUMNS - 1 && sums[column + 1]! + MOVE < best) [best, move] = [sums[column + 1]! + MOVE, 1];
      next[column] = best + costs[row * COLUMNS + column]!;
      from[row * COLUMNS + column] = move;
    }
    [sums, next] = [next, sums];
  }
  const path = new Int16Array(count);
  let column = pinned;
  for (let step = count; step >= 1; step--) {
    const row = (pin + step) % count;
    path[row] = column;
    column += from[row * COLUMNS + column]!;
  }
  return path;
}

function clearestRow(costs: Float32Array, count: number): { row: number; column: number } {
  let clearest = { row: 0, column: Math.floor(COLUMNS / 2), lead: -1 };
  for (let row = 0; row < count; row++) {
    let [best, second, column] = [Infinity, Infinity, 0];
    for (let at = 0; at < COLUMNS; at++) {
      const cost = costs[row * COLUMNS + at]!;
      if (cost < best) {
        if (Math.abs(at - column) > 2) second = best;
        [best, column] = [cost, at];
      } else if (cost < second && Math.abs(at - column) > 2) second = cost;
    }
    const lead = Math.min(10, second) - best;
    if (lead > clearest.lead) clearest = { row, column, lead };
  }
  return clearest;
}
