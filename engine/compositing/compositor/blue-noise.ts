/**
 * A tileable blue-noise threshold pattern by void-and-cluster (R. Ulichney, "The void-and-cluster method for dither array
 * generation", 1993). Error that is spread like this has no clumps, so a gradient dithered with it shows neither bands nor
 * grain. Deterministic; about 30 ms, made once per process.
 */
import { createRandom } from '#core/lib/random.ts';

export const TILE_SIZE = 64;
const CELLS = TILE_SIZE * TILE_SIZE;
const SIGMA = 1.5;
const REACH = 6;
const INITIAL_SHARE = 0.1;

/** Ranks 0..4095 of the tile's cells, row by row. */
export function createBlueNoiseRanks(): Uint16Array {
  const field = new Field();
  const random = createRandom(1993, 'blue-noise');
  for (let placed = 0; placed < CELLS * INITIAL_SHARE; ) {
    const cell = random.below(CELLS);
    if (field.isSet(cell)) continue;
    field.toggle(cell);
    placed++;
  }
  settle(field);
  return rankCells(field);
}

/** Moves points from the tightest cluster to the largest void until that changes nothing. */
function settle(field: Field): void {
  for (let step = 0; step < CELLS; step++) {
    const cluster = field.tightestCluster();
    field.toggle(cluster);
    const hole = field.largestVoid();
    field.toggle(hole);
    if (hole === cluster) return;
  }
}

function rankCells(field: Field): Uint16Array {
  const ranks = new Uint16Array(CELLS);
  const start = field.copy();
  for (let rank = start.count - 1; rank >= 0; rank--) {
    const cell = start.tightestCluster();
    start.toggle(cell);
    ranks[cell] = rank;
  }
  for (let rank = field.count; rank < CELLS; rank++) {
    const cell = field.largestVoid();
    field.toggle(cell);
    ranks[cell] = rank;
  }
  return ranks;
}

/** Points on a torus and how crowded every cell is. */
class Field {
  count = 0;
  private readonly points = new Uint8Array(CELLS);
  private readonly crowding = new Float64Array(CELLS);

  isSet(cell: number): boolean {
    return this.points[cell] === 1;
  }

  copy(): Field {
    const twin = new Field();
    twin.points.set(this.points);
    twin.crowding.set(this.crowding);
    twin.count = this.count;
    return twin;
  }

  toggle(cell: number): void {
    const sign = this.points[cell] === 1 ? -1 : 1;
    this.points[cell] = sign === 1 ? 1 : 0;
    this.count += sign;
    const [x, y] = [cell % TILE_SIZE, Math.floor(cell / TILE_SIZE)];
    for (let dy = -REACH; dy <= REACH; dy++) {
      const row = ((y + dy + TILE_SIZE) % TILE_SIZE) * TILE_SIZE;
      for (let dx = -REACH; dx <= REACH; dx++) {
        const at = row + ((x + dx + TILE_SIZE) % TILE_SIZE);
        this.crowding[at] = (this.crowding[at] as number) + sign * (KERNEL[(dy + REACH) * (2 * REACH + 1) + dx + REACH] as number);
      }
    }
  }

  tightestCluster(): number {
    let best = -1;
    let most = -Infinity;
    for (let cell = 0; cell < CELLS; cell++) {
      if (this.points[cell] === 1 && (this.crowding[cell] as number) > most) [best, most] = [cell, this.crowding[cell] as number];
    }
    return best;
  }

  largestVoid(): number {
    let best = -1;
    let least = Infinity;
    for (let cell = 0; cell < CELLS; cell++) {
      if (this.points[cell] === 0 && (this.crowding[cell] as number) < least) [best, least] = [cell, this.crowding[cell] as number];
    }
    return best;
  }
}

const KERNEL = Float64Array.from({ length: (2 * REACH + 1) ** 2 }, (_, i) => {
  const [x, y] = [(i % (2 * REACH + 1)) - REACH, Math.floor(i / (2 * REACH + 1)) - REACH];
  return Math.exp(-(x * x + y * y) / (2 * SIGMA * SIGMA));
});
