import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/lib/random.ts';
import { cutPicture } from './cut-graph.ts';
import { NEIGHBOUR_DX, NEIGHBOUR_DY } from './min-cut.ts';

const WIDTH = 4;
const HEIGHT = 3;

function costOf(labels: Uint8Array, evidence: Float32Array, separation: (a: number, b: number) => number): number {
  let cost = 0;
  for (let at = 0; at < labels.length; at++) {
    const x = at % WIDTH;
    const y = (at - x) / WIDTH;
    cost += labels[at] === 1 ? Math.max(0, -evidence[at]!) : Math.max(0, evidence[at]!);
    for (let direction = 0; direction < 8; direction += 2) {
      const nextX = x + NEIGHBOUR_DX[direction]!;
      const nextY = y + NEIGHBOUR_DY[direction]!;
      if (nextX < 0 || nextY < 0 || nextX >= WIDTH || nextY >= HEIGHT) continue;
      const next = nextY * WIDTH + nextX;
      if (labels[at] !== labels[next]) cost += separation(at, next) * (direction < 4 ? 1 : Math.SQRT1_2);
    }
  }
  return cost;
}

describe('minCut', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds the cheapest of all labellings of a small picture (seed %i)', (seed) => {
    const random = createRandom(seed);
    const pixels = WIDTH * HEIGHT;
    const evidence = Float32Array.from({ length: pixels }, () => random.between(-1, 1));
    const weights = Float32Array.from({ length: pixels * pixels }, () => random.next() ** 2);
    const separation = (a: number, b: number): number => weights[Math.min(a, b) * pixels + Math.max(a, b)]!;
    const cut = cutPicture({ width: WIDTH, height: HEIGHT, isOpen: new Uint8Array(pixels).fill(1), fixed: new Uint8Array(pixels), evidence, separation });
    let cheapest = Infinity;
    for (let bits = 0; bits < 2 ** pixels; bits++) {
      cheapest = Math.min(cheapest, costOf(Uint8Array.from({ length: pixels }, (_, at) => (bits >> at) & 1), evidence, separation));
    }
    expect(costOf(cut, evidence, separation)).toBeCloseTo(cheapest, 1);
  });
});
