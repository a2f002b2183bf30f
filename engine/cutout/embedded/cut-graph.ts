/** Builds the pixel graph of a cut: evidence as terminals, outlines as cheap places to cut, and reads the result back. */
import { minCut, NEIGHBOUR_DX, NEIGHBOUR_DY } from './min-cut.ts';

/** Capacities are integers: this many units per 1.0 of evidence. */
const UNITS = 1000;

export interface CutInput {
  readonly width: number;
  readonly height: number;
  /** 1 where the cut decides; other pixels keep `fixed`. */
  readonly isOpen: Uint8Array;
  /** 1 product, 0 background for the pixels that are not open. */
  readonly fixed: Uint8Array;
  readonly evidence: Float32Array;
  /** Cost of separating two neighbours (indices), in evidence units. */
  separation(at: number, next: number): number;
}

/** 1 product, 0 background for every pixel. */
export function cutPicture(input: CutInput): Uint8Array {
  const { width, height, isOpen, fixed, evidence } = input;
  const nodeOf = new Int32Array(width * height).fill(-1);
  let nodeCount = 0;
  for (let at = 0; at < isOpen.length; at++) if (isOpen[at] === 1) nodeOf[at] = nodeCount++;
  const neighbours = new Int32Array(nodeCount * 8).fill(-1);
  const capacities = new Int32Array(nodeCount * 8);
  const terminals = new Int32Array(nodeCount);
  for (let at = 0; at < isOpen.length; at++) {
    const node = nodeOf[at]!;
    if (node < 0) continue;
    let terminal = evidence[at]! * UNITS;
    const x = at % width;
    const y = (at - x) / width;
    for (let direction = 0; direction < 8; direction++) {
      const nextX = x + NEIGHBOUR_DX[direction]!;
      const nextY = y + NEIGHBOUR_DY[direction]!;
      if (nextX < 0 || nextY < 0 || nextX >= width || nextY >= height) continue;
      const next = nextY * width + nextX;
      const cost = input.separation(at, next) * UNITS * (direction < 4 ? 1 : Math.SQRT1_2);
      if (nodeOf[next]! >= 0) {
        neighbours[node * 8 + direction] = nodeOf[next]!;
        capacities[node * 8 + direction] = Math.round(cost);
      } else {
        terminal += fixed[next] === 1 ? cost : -cost;
      }
    }
    terminals[node] = Math.round(terminal);
  }
  const side = minCut({ nodeCount, neighbours, capacities, terminals });
  const result = fixed.slice();
  for (let at = 0; at < isOpen.length; at++) if (nodeOf[at]! >= 0) result[at] = side[nodeOf[at]!]!;
  return result;
}
