/** Small float pictures that shadows are worked out in, and the three things done to them: reduce, blur, paint as alpha. */
import type { Raster } from '../raster.ts';

export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Row by row, usually 0..1. */
  readonly data: Float32Array;
}

/** 8-bit alpha of one picture, row by row. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export function createGrid(width: number, height: number): Grid {
  return { width, height, data: new Float32Array(width * height) };
}

/** Mean of the mask over the cells of a grid whose sides are `scale` (<= 1) times the mask's; 0..1. */
export function reduceMask(mask: Mask, scale: number): Grid {
  const grid = createGrid(Math.max(1, Math.round(mask.width * scale)), Math.max(1, Math.round(mask.height * scale)));
  for (let y = 0; y < grid.height; y++) {
    const [top, bottom] = span(y, grid.height, mask.height);
    for (let x = 0; x < grid.width; x++) {
      const [left, right] = span(x, grid.width, mask.width);
      let sum = 0;
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += mask.data[row * mask.width + column] as number;
      grid.data[y * grid.width + x] = sum / (255 * (right - left) * (bottom - top));
    }
  }
  return grid;
}

function span(index: number, cells: number, pixels: number): [number, number] {
  const from = Math.floor((index * pixels) / cells);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * pixels) / cells))];
}

/** Three box blurs each way: close to a Gaussian of the given deviations (cells). Outside counts as empty. */
export function blurGrid(grid: Grid, sigmaX: number, sigmaY: number): Grid {
  const out = { ...grid, data: grid.data.slice() };
  for (const radius of boxRadii(sigmaX)) boxBlur(out.data, radius, grid.height, grid.width, grid.width, 1);
  for (const radius of boxRadii(sigmaY)) boxBlur(out.data, radius, grid.width, grid.height, 1, grid.width);
  return out;
}

/** Radii of three boxes that together have the wanted variance. */
function boxRadii(sigma: number): readonly number[] {
  const ideal = Math.sqrt(4 * sigma * sigma + 1);
  const small = Math.floor((ideal - 1) / 2);
  const smallSize = 2 * small + 1;
  const count = Math.round((12 * sigma * sigma - 3 * smallSize * smallSize - 12 * smallSize - 9) / (-4 * smallSize - 4));
  return [0, 1, 2].map((pass) => (pass < count ? small : small + 1));
}

function boxBlur(data: Float32Array, radius: number, lines: number, length: number, lineStep: number, step: number): void {
  if (radius <= 0) return;
  const line = new Float32Array(length);
  const share = 1 / (2 * radius + 1);
  for (let index = 0; index < lines; index++) {
    const start = index * lineStep;
    let sum = 0;
    for (let i = 0; i < length; i++) line[i] = data[start + i * step] as number;
    for (let i = 0; i < Math.min(radius, length); i++) sum += line[i] as number;
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += line[i + radius] as number;
      if (i - radius - 1 >= 0) sum -= line[i - radius - 1] as number;
      data[start + i * step] = Math.max(0, sum * share);
    }
  }
}

/** One colour with the grid as alpha. */
export function paintAlpha(grid: Grid, colour: readonly [number, number, number]): Raster {
  const data = new Uint8Array(grid.width * grid.height * 4);
  for (let i = 0; i < grid.data.length; i++) {
    data[i * 4] = colour[0];
    data[i * 4 + 1] = colour[1];
    data[i * 4 + 2] = colour[2];
    data[i * 4 + 3] = Math.round(Math.min(1, Math.max(0, grid.data[i] as number)) * 255);
  }
  return { width: grid.width, height: grid.height, data };
}
