/**
 * The photo along a contour, unrolled: a row for each place along the contour, a column for each place on its normal, from
 * inside to outside. Means along the contour take noise and JPEG's blocks away but no outline, which runs along it; so
 * outlines show here that no single pixel shows.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import type { Contour } from './trace-contour.ts';

/** Places on the normal to either side. */
export const REACH = 14;
export const COLUMNS = 2 * REACH + 1;

export const OUT = 2;

export interface ContourStrip {
  readonly count: number;
  /** The contour at the rows; x, y, x, y … */
  readonly points: Float64Array;
  /** The same without its steps, and its normals, outwards. */
  readonly base: Float64Array;
  readonly normals: Float64Array;
  /** Distance of two places, pixels. */
  readonly pitch: number;
  /** Three planes of rows × columns, levels. */
  readonly colours: readonly [Float32Array, Float32Array, Float32Array];
  /** 1 where the mask has product, 0 background, `OUT` outside the photo. */
  readonly sides: Uint8Array;
}

const BASE_SIGMA = 4;
const ALONG_RADIUS = 4;

export function unrollContour(photo: Raster, isProduct: Uint8Array, contour: Contour, pitch: number): ContourStrip {
  const size = contour.length / 2;
  const count = Math.floor(size / Math.max(1, Math.round(pitch)));
  const points = everyFew(contour, count);
  const base = everyFew(smoothContour(contour, BASE_SIGMA * pitch), count);
  const normals = normalsOf(base, 2);
  const raw = [0, 1, 2].map(() => new Float32Array(count * COLUMNS));
  const sides = new Uint8Array(count * COLUMNS);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const away = (column - REACH) * pitch;
      const x = base[row * 2]! + away * normals[row * 2]!;
      const y = base[row * 2 + 1]! + away * normals[row * 2 + 1]!;
      const to = row * COLUMNS + column;
      const isOut = x < 0 || y < 0 || x >= photo.width || y >= photo.height;
      sides[to] = isOut ? OUT : isProduct[Math.floor(y) * photo.width + Math.floor(x)]!;
      sample(photo, x - 0.5, y - 0.5, raw, to);
    }
  }
  const radius = Math.min(ALONG_RADIUS, Math.floor((count - 1) / 2));
  const colours = raw.map((plane) => meanAlong(plane, count, radius)) as [Float32Array, Float32Array, Float32Array];
  return { count, points, base, normals, pitch, colours, sides };
}

/** `count` of the points, evenly apart. */
function everyFew(contour: Contour, count: number): Float64Array {
  const size = contour.length / 2;
  return Float64Array.from({ length: count * 2 }, (_, at) => contour[Math.floor(((at >> 1) * size) / count) * 2 + (at & 1)]!);
}

export function smoothContour(contour: Contour, sigma: number): Float64Array {
  const count = contour.length / 2;
  const radius = Math.min(Math.ceil(sigma * 2.5), Math.floor((count - 1) / 2));
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(((at - radius) ** 2) / (-2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const smooth = new Float64Array(contour.length);
  for (let at = 0; at < count; at++) {
    for (let step = -radius; step <= radius; step++) {
      const from = ((at + step + count) % count) * 2;
      const weight = weights[step + radius]! / total;
      smooth[at * 2] = smooth[at * 2]! + weight * contour[from]!;
      smooth[at * 2 + 1] = smooth[at * 2 + 1]! + weight * contour[from + 1]!;
    }
  }
  return smooth;
}

function normalsOf(base: Float64Array, span: number): Float64Array {
  const count = base.length / 2;
  const normals = new Float64Array(base.length);
  for (let at = 0; at < count; at++) {
    const before = ((at - span + count * span) % count) * 2;
    const after = ((at + span) % count) * 2;
    const dx = base[after]! - base[before]!;
    const dy = base[after + 1]! - base[before + 1]!;
    const length = Math.hypot(dx, dy) || 1;
    normals[at * 2] = dy / length;
    normals[at * 2 + 1] = -dx / length;
  }
  return normals;
}

function sample({ width, height, data }: Raster, x: number, y: number, into: readonly Float32Array[], to: number): void {
  const left = Math.min(width - 1, Math.max(0, x));
  const top = Math.min(height - 1, Math.max(0, y));
  const column = Math.floor(left);
  const row = Math.floor(top);
  const [u, v] = [left - column, top - row];
  const from = (row * width + column) * 4;
  const right = column < width - 1 ? 4 : 0;
  const down = row < height - 1 ? width * 4 : 0;
  for (let channel = 0; channel < 3; channel++) {
    const at = from + channel;
    const upper = data[at]! * (1 - u) + data[at + right]! * u;
    const lower = data[at + down]! * (1 - u) + data[at + down + right]! * u;
    into[channel]![to] = upper * (1 - v) + lower * v;
  }
}

/** The mean of 2·radius+1 rows, round the closed contour. */
function meanAlong(plane: Float32Array, count: number, radius: number): Float32Array {
  const result = new Float32Array(plane.length);
  for (let column = 0; column < COLUMNS; column++) {
    const at = (row: number): number => plane[((row + count) % count) * COLUMNS + column]!;
    let sum = 0;
    for (let row = -radius; row <= radius; row++) sum += at(row);
    for (let row = 0; row < count; row++) {
      result[row * COLUMNS + column] = sum / (2 * radius + 1);
      sum += at(row + radius + 1) - at(row - radius);
    }
  }
  return result;
}
