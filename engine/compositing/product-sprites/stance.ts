/**
 * How a product stands on its floor, read from its silhouette: its separate pieces, where each touches the ground, and the
 * line its middle stands on. A column counts as standing when its lowest point is no higher than the camera's view of the
 * base's far side explains; a handle's underside is higher than that.
 */
import type { Grid } from './grid.ts';

export interface Stance {
  readonly pieces: readonly Piece[];
}

/** Positions in cells of the grid. */
export interface Piece {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Lowest row of the piece. */
  readonly baseY: number;
  /** Row on the floor under the piece's middle axis. */
  readonly groundY: number;
  /** Per column from `left`: lowest row (-1 = none), and how surely it stands on the floor, 0..1. */
  readonly lowest: Float32Array;
  readonly standing: Float32Array;
  /** Cells of the piece, as a mask over the whole grid. */
  readonly cells: Uint8Array;
}

const SEEN = 0.5;
/** Pieces smaller than this share of the silhouette are specks. */
const SPECK_SHARE = 0.004;
/** A piece whose lowest point is higher than this share of the height floats; it keeps the main piece's ground. */
const FLOATING_SHARE = 0.35;
/** A piece less tall than this share of the tallest lies beside it. */
const LYING_SHARE = 0.5;
/** Unevenness of a base that still touches, share of the height. */
const BASE_PLAY = 0.01;

/** `elevationDeg`: how far the camera looks down. */
export function readStance(mask: Grid, elevationDeg: number): Stance {
  const tilt = Math.sin((Math.min(80, Math.max(0, elevationDeg)) * Math.PI) / 180);
  const total = mask.data.reduce((sum, value) => sum + (value > SEEN ? 1 : 0), 0);
  const found = labelPieces(mask).filter((cells) => cells.count > total * SPECK_SHARE);
  const measured = found.map(({ cells }) => measurePiece(mask, cells, tilt));
  const tallest = Math.max(0, ...measured.map((piece) => piece.baseY - piece.top));
  const pieces = measured.map((piece) => (piece.baseY - piece.top < LYING_SHARE * tallest ? lying(piece) : piece));
  const lowest = Math.max(0, ...pieces.map((piece) => piece.baseY));
  const main = pieces.find((piece) => piece.baseY === lowest);
  return {
    pieces: pieces.map((piece) =>
      main && piece.baseY < lowest - FLOATING_SHARE * mask.height ? { ...piece, groundY: main.groundY, standing: piece.standing.map(() => 0) } : piece,
    ),
  };
}

/** Small things beside a large one lie on the floor: all of their underside but what is clearly raised touches it. */
function lying(piece: Piece): Piece {
  const tall = piece.baseY - piece.top;
  const standing = piece.standing.map((value, i) => {
    const raised = (piece.baseY - (piece.lowest[i] as number)) / tall;
    return (piece.lowest[i] as number) < 0 ? 0 : Math.max(value, Math.min(1, (0.75 - raised) / 0.15), 0);
  });
  return { ...piece, standing };
}

function labelPieces(mask: Grid): { cells: Uint8Array; count: number }[] {
  const { width, height, data } = mask;
  const done = new Uint8Array(data.length);
  const pieces: { cells: Uint8Array; count: number }[] = [];
  for (let start = 0; start < data.length; start++) {
    if (done[start] || (data[start] as number) <= SEEN) continue;
    const cells = new Uint8Array(data.length);
    const stack = [start];
    let count = 0;
    done[start] = 1;
    while (stack.length > 0) {
      const at = stack.pop() as number;
      cells[at] = 1;
      count++;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [x + dx, y + dy];
          const next = ny * width + nx;
          if (nx < 0 || ny < 0 || nx >= width || ny >= height || done[next] || (data[next] as number) <= SEEN) continue;
          done[next] = 1;
          stack.push(next);
        }
      }
    }
    pieces.push({ cells, count });
  }
  return pieces;
}

function measurePiece(mask: Grid, cells: Uint8Array, tilt: number): Piece {
  const { width, height } = mask;
  const bounds = { left: width, right: 0, top: height, baseY: 0 };
  const bottoms = new Float32Array(width).fill(-1);
  for (let at = 0; at < cells.length; at++) {
    if (!cells[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x + 1);
    bounds.top = Math.min(bounds.top, y);
    bounds.baseY = Math.max(bounds.baseY, y + 1);
    bottoms[x] = Math.max(bottoms[x] as number, y + 1);
  }
  const lowest = bottoms.slice(bounds.left, bounds.right);
  const standing = standingColumns(lowest, bounds.baseY, tilt, height);
  const ends = [...lowest].filter((_, i) => (standing[i] as number) > 0.3);
  const groundY = ends.length > 0 ? Math.min(bounds.baseY - 1, ((ends[0] as number) + (ends.at(-1) as number)) / 2) : bounds.baseY;
  return { ...bounds, groundY, lowest, standing, cells };
}

/** The base of a round product of that width would reach up by its half depth; square ones less. */
function standingColumns(lowest: Float32Array, baseY: number, tilt: number, height: number): Float32Array {
  const near = [...lowest].map((y, i) => ({ y, i })).filter(({ y }) => y >= baseY - Math.max(2, height * 0.02));
  const span = near.length > 0 ? (near.at(-1) as { i: number }).i - (near[0] as { i: number }).i + 1 : 1;
  const middle = near.length > 0 ? ((near.at(-1) as { i: number }).i + (near[0] as { i: number }).i) / 2 : 0;
  const halfDepth = Math.min(lowest.length / 2, span * 0.75) * tilt;
  const play = BASE_PLAY * height;
  const edges = straightEdges(lowest, baseY, tilt, height);
  return lowest.map((y, i) => {
    if (y < 0) return 0;
    const lifted = Math.abs(i - middle) > span * 0.85 + play ? 1 : (baseY - y - play) / (halfDepth * 1.1 + play);
    return Math.max(edges[i] as number, 1 - Math.min(1, Math.max(0, lifted)));
  });
}

/** Steepest base edge of a turned box, in units of the camera's tilt: an edge at 65° to the picture plane. */
const STEEPEST_EDGE = 2.2;
/** Share of the height over which a contour's slope is measured. */
const SLOPE_REACH = 0.03;
/** Shorter edges than this share of the height are rounded corners, not edges of a base. */
const SHORTEST_EDGE = 0.2;

/**
 * A box that is turned to the camera touches the floor along two edges that rise from its nearest corner. Followed outwards
 * from the lowest column as long as the contour rises evenly and no steeper than the floor can; a handle or a rounded
 * bottom breaks off.
 */
function straightEdges(lowest: Float32Array, baseY: number, tilt: number, height: number): Float32Array {
  const standing = new Float32Array(lowest.length);
  const corner = lowest.reduce((best, y, i) => (y > (lowest[best] as number) ? i : best), 0);
  const reach = Math.max(2, Math.round(height * SLOPE_REACH));
  const shortest = Math.max(reach, Math.round(height * SHORTEST_EDGE));
  for (const side of [-1, 1]) {
    const slopeAt = (i: number): number => ((lowest[i] ?? -1) < 0 ? Infinity : ((lowest[i - side * reach] as number) - (lowest[i] as number)) / reach);
    const rise = ((lowest[corner] as number) - (lowest[corner + side * shortest] ?? -Infinity)) / shortest;
    if (!(rise > 0 && rise <= STEEPEST_EDGE * tilt)) continue;
    // Rows are whole numbers: two of them are no change of slope.
    const limit = rise * 1.2 + 2 / reach;
    let end = corner + side * reach;
    while (end >= 0 && end < lowest.length && slopeAt(end) <= limit && baseY - (lowest[end] as number) <= lowest.length * tilt) end += side;
    if (Math.abs(end - corner) < shortest) continue;
    for (let i = corner; i !== end; i += side) standing[i] = 1;
  }
  return standing;
}
