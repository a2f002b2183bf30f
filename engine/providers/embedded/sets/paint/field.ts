/** A scalar picture over part of the stage: shapes are filled into it, blurred, and read back by shaders. */
import type { FractionRect, Stage } from '../set-types.ts';

export interface Field {
  /** Stage coordinates of the left top corner, and pixels per canvas height. */
  readonly left: number;
  readonly top: number;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A point in stage coordinates. */
export type Point = readonly [number, number];

export function createField(stage: Stage, rect: FractionRect, density: number): Field {
  const scale = stage.size.height * density;
  const width = Math.ceil(rect.width * stage.aspect * scale);
  const height = Math.ceil(rect.height * scale);
  return { left: rect.x * stage.aspect, top: rect.y, scale, width, height, data: new Float32Array(width * height) };
}

/**
 * Paints a closed polygon with anti-aliased edges: each row accumulates the signed area that every edge covers
 * (the method of font rasterisers), then the larger of old and new coverage stays.
 */
export function fillPolygon(field: Field, points: readonly Point[]): void {
  const pixels = points.map(([x, y]): Point => [(x - field.left) * field.scale, (y - field.top) * field.scale]);
  const left = Math.max(0, Math.floor(Math.min(...pixels.map(([x]) => x))) - 1);
  const top = Math.max(0, Math.floor(Math.min(...pixels.map(([, y]) => y))));
  const width = Math.min(field.width, Math.ceil(Math.max(...pixels.map(([x]) => x))) + 2) - left;
  const height = Math.min(field.height, Math.ceil(Math.max(...pixels.map(([, y]) => y))) + 1) - top;
  if (width <= 1 || height <= 0) return;
  const area = new Float32Array(width * height + 2);
  for (let i = 0; i < pixels.length; i++) {
    const [ax, ay] = pixels[i]!;
    const [bx, by] = pixels[(i + 1) % pixels.length]!;
    accumulateEdge(area, width, height, ax - left, ay - top, bx - left, by - top);
  }
  for (let row = 0; row < height; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++) {
      sum += area[row * width + column]!;
      const covered = Math.min(1, Math.abs(sum));
      const at = (row + top) * field.width + column + left;
      if (covered > field.data[at]!) field.data[at] = covered;
    }
  }
}

function accumulateEdge(area: Float32Array, width: number, height: number, ax: number, ay: number, bx: number, by: number): void {
  if (ay === by) return;
  const direction = ay < by ? 1 : -1;
  const [topX, topY, bottomX, bottomY] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const slope = (bottomX - topX) / (bottomY - topY);
  const last = Math.min(height - 1, Math.ceil(bottomY) - 1);
  for (let row = Math.max(0, Math.floor(topY)); row <= last; row++) {
    const from = Math.max(topY, row);
    const to = Math.min(bottomY, row + 1);
    if (to <= from) continue;
    const middle = Math.max(0, Math.min(width - 1.001, topX + ((from + to) / 2 - topY) * slope));
    const column = Math.floor(middle);
    const share = direction * (to - from);
    const at = row * width + column;
    area[at] = area[at]! + share * (1 - (middle - column));
    area[at + 1] = area[at + 1]! + share * (middle - column);
  }
}

/** Three box blurs, close to a Gaussian of the given radius (canvas heights) in each direction. */
export function blurField(field: Field, radiusX: number, radiusY = radiusX): void {
  const reachX = Math.round(radiusX * field.scale * 0.6);
  const reachY = Math.round(radiusY * field.scale * 0.6);
  const scratch = new Float32Array(Math.max(field.width, field.height));
  for (let pass = 0; pass < 3; pass++) {
    for (let row = 0; reachX > 0 && row < field.height; row++) blurLine(field.data, scratch, row * field.width, 1, field.width, reachX);
    for (let column = 0; reachY > 0 && column < field.width; column++) blurLine(field.data, scratch, column, field.width, field.height, reachY);
  }
}

function blurLine(data: Float32Array, scratch: Float32Array, start: number, step: number, length: number, reach: number): void {
  const last = length - 1;
  let sum = 0;
  for (let i = 0; i < length; i++) scratch[i] = data[start + i * step]!;
  for (let i = -reach; i <= reach; i++) sum += scratch[i < 0 ? 0 : i > last ? last : i]!;
  const share = 1 / (2 * reach + 1);
  for (let i = 0; i < length; i++) {
    data[start + i * step] = sum * share;
    const leaving = i - reach;
    const entering = i + reach + 1;
    sum += scratch[entering > last ? last : entering]! - scratch[leaving < 0 ? 0 : leaving]!;
  }
}

/** Bilinear value at a stage point; the border value beyond the edge. */
export function sampleField(field: Field, x: number, y: number): number {
  const u = Math.max(0, Math.min(field.width - 1.001, (x - field.left) * field.scale - 0.5));
  const v = Math.max(0, Math.min(field.height - 1.001, (y - field.top) * field.scale - 0.5));
  const column = u | 0;
  const row = v | 0;
  const fx = u - column;
  const at = row * field.width + column;
  const upper = field.data[at]! + (field.data[at + 1]! - field.data[at]!) * fx;
  const below = at + field.width;
  const lower = field.data[below]! + (field.data[below + 1]! - field.data[below]!) * fx;
  return upper + (lower - upper) * (v - row);
}
