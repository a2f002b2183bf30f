/**
 * The underside of the product: for each column of the working picture the lowest row that is product, with sub-pixel
 * height from the coverage. Where the product stands and how far the camera looks down are both read from it.
 */
import type { LightPlanes } from './light-planes.ts';

export interface LowerContour {
  /** First column. */
  readonly left: number;
  /** Lower edge (y of the boundary) per column from `left`; consecutive columns of one connected piece. */
  readonly y: Float64Array;
  /** Rows that the piece spans. */
  readonly height: number;
}

/** One contour per connected piece that holds at least 2 % of the product, largest first. */
export function lowerContours(planes: LightPlanes): LowerContour[] {
  const pieces = connectedPieces(planes);
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return pieces
    .filter((piece) => piece.length >= 0.02 * total)
    .sort((one, other) => other.length - one.length)
    .map((piece) => contourOf(piece, planes));
}

function connectedPieces({ width, height, coverage }: LightPlanes): number[][] {
  const isSeen = new Uint8Array(width * height);
  const pieces: number[][] = [];
  for (let start = 0; start < coverage.length; start++) {
    if (isSeen[start] || (coverage[start] ?? 0) < 0.5) continue;
    const piece = [start];
    isSeen[start] = 1;
    for (let next = 0; next < piece.length; next++) {
      const at = piece[next] ?? 0;
      const x = at % width;
      for (const to of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (to < 0 || to >= coverage.length || isSeen[to] || (coverage[to] ?? 0) < 0.5) continue;
        isSeen[to] = 1;
        piece.push(to);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function contourOf(piece: readonly number[], { width, coverage }: LightPlanes): LowerContour {
  const lowest = new Map<number, number>();
  for (const at of piece) lowest.set(at % width, Math.max(lowest.get(at % width) ?? -1, Math.floor(at / width)));
  const columns = [...lowest.keys()].sort((one, other) => one - other);
  const left = columns[0] ?? 0;
  const y = Float64Array.from(columns, (x) => {
    const row = lowest.get(x) ?? 0;
    const own = coverage[row * width + x] ?? 1;
    return row + (own < 0.999 ? own : 1 + (coverage[(row + 1) * width + x] ?? 0));
  });
  const rows = piece.map((at) => Math.floor(at / width));
  const height = rows.reduce((high, row) => Math.max(high, row), 0) - rows.reduce((low, row) => Math.min(low, row), Infinity) + 1;
  return { left, y, height };
}
