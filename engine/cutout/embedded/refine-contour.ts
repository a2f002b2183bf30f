/** Moves the outline found at working size to the photo's own pixels: a second cut, in a narrow band at full size. */
import type { Raster } from '#engine/compositing/raster.ts';
import { DEPTH_UNITS, type Band } from './band.ts';
import { createLocalColours, gatherLocalColours, project, trustIn } from './local-colours.ts';
import { minCut, NEIGHBOUR_DX, NEIGHBOUR_DY } from './min-cut.ts';

const UNITS = 1000;
const SMOOTHNESS = 2.5;
/** Contrast (linear light) at which colour alone decides. */
const CLEAR_CONTRAST = 0.06;

/** 1 product, 0 background for each pixel of the photo. `noise`: gradient of an empty patch, levels per pixel. */
export function refineContour(photo: Raster, band: Band, noise: number): Uint8Array {
  const { width, height, pixels, depth } = band;
  const inside = new Uint8Array(width * height);
  for (let at = 0; at < inside.length; at++) inside[at] = depth[at]! < 0 ? 1 : 0;
  const nodeOf = new Map<number, number>();
  pixels.forEach((at, node) => nodeOf.set(at, node));
  const neighbours = new Int32Array(pixels.length * 8).fill(-1);
  const capacities = new Int32Array(pixels.length * 8);
  const terminals = new Int32Array(pixels.length);
  const gradient = pixels.length === 0 ? new Float32Array() : bandGradient(photo, pixels);
  const colours = createLocalColours(band.halfWidth);
  const projection = { coverage: 0, contrast: 0 };
  pixels.forEach((at, node) => {
    gatherLocalColours(photo, band, at, colours);
    let terminal = 0;
    if (colours.productWeight > 1e-9 && colours.backgroundWeight > 1e-9) {
      project(photo, at, colours, projection);
      const trust = trustIn(projection, CLEAR_CONTRAST);
      terminal = UNITS * trust * Math.max(-1, Math.min(1, 2 * (projection.coverage - 0.5)));
    }
    terminal -= (UNITS * 0.08 * depth[at]!) / DEPTH_UNITS / band.halfWidth;
    const x = at % width;
    const y = (at - x) / width;
    for (let direction = 0; direction < 8; direction++) {
      const nextX = x + NEIGHBOUR_DX[direction]!;
      const nextY = y + NEIGHBOUR_DY[direction]!;
      if (nextX < 0 || nextY < 0 || nextX >= width || nextY >= height) continue;
      const next = nextY * width + nextX;
      const other = nodeOf.get(next);
      const edge = Math.max(gradient[node]!, other === undefined ? 0 : gradient[other]!) / (6 * noise + 2);
      const cost = UNITS * SMOOTHNESS * (0.03 + Math.exp(-edge * edge)) * (direction < 4 ? 1 : Math.SQRT1_2);
      if (other === undefined) {
        terminal += inside[next] === 1 ? cost : -cost;
      } else {
        neighbours[node * 8 + direction] = other;
        capacities[node * 8 + direction] = Math.round(cost);
      }
    }
    terminals[node] = Math.round(terminal);
  });
  const side = minCut({ nodeCount: pixels.length, neighbours, capacities, terminals });
  pixels.forEach((at, node) => (inside[at] = side[node]!));
  return inside;

  function bandGradient(source: Raster, at: Int32Array): Float32Array {
    return Float32Array.from(at, (pixel) => sobel(source, pixel));
  }
}

/** Sobel gradient over the three channels, levels per pixel. */
function sobel(photo: Raster, at: number): number {
  const { width, height, data } = photo;
  const x = at % width;
  const y = (at - x) / width;
  const left = x > 0 ? -4 : 0;
  const right = x < width - 1 ? 4 : 0;
  const up = y > 0 ? -4 * width : 0;
  const down = y < height - 1 ? 4 * width : 0;
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) {
    const from = at * 4 + channel;
    const dx = data[from + up + right]! + 2 * data[from + right]! + data[from + down + right]! - data[from + up + left]! - 2 * data[from + left]! - data[from + down + left]!;
    const dy = data[from + down + left]! + 2 * data[from + down]! + data[from + down + right]! - data[from + up + left]! - 2 * data[from + up]! - data[from + up + right]!;
    sum += dx * dx + dy * dy;
  }
  return Math.sqrt(sum / 3) / 8;
}
