/**
 * Soft shapes from letters: averaged over cells, blurred there, and interpolated where they are painted. A blur leaves nothing that
 * is much finer than its radius: cells of up to a ninth of it change no alpha by more than one level (an interpolated Gaussian
 * is wrong by cell² ÷ 8 × 0.24 ÷ σ² at most).
 */
import type { Raster } from '#engine/compositing/raster.ts';

/** Sums of coverage 0..`full`. Cell (column, row) begins at pixel ((column − 1) × cell, (row − 1) × cell): one lies outside on every side. */
export interface SoftPlane {
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
  readonly full: number;
}

/** Where letters stand in a picture. */
export interface PlacedLetters {
  readonly letters: Raster;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function emptyPlane({ width, height }: PlacedLetters, blurRadius: number, fullPixel: number): SoftPlane {
  const cell = blurRadius >= 36 ? 4 : blurRadius >= 24 ? 2 : 1;
  const [columns, rows] = [Math.ceil(width / cell) + 2, Math.ceil(height / cell) + 2];
  return { cell, columns, rows, values: new Float32Array(columns * rows), full: fullPixel * cell * cell };
}

/** The letters' alpha, to be blurred by `blurRadius`. */
export function letterPlane(placed: PlacedLetters, blurRadius: number): SoftPlane {
  const { letters: { data, width, height }, left, top } = placed;
  const plane = emptyPlane(placed, blurRadius, 255);
  const shift = Math.log2(plane.cell);
  const sums = new Int32Array(plane.columns);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let x = 0, at = y * width * 4 + 3; x < width; x++, at += 4) {
      const column = ((left + x) >> shift) + 1;
      sums[column] = (sums[column] as number) + (data[at] as number);
    }
    addRow(plane, ((top + y) >> shift) + 1, sums);
  }
  return plane;
}

/** Everything that has ink at most `reach` away, across and down. */
export function grownPlane(placed: PlacedLetters, reach: number, blurRadius: number): SoftPlane {
  const { letters, top, width, height } = placed;
  const plane = emptyPlane(placed, blurRadius, 1);
  const shift = Math.log2(plane.cell);
  const wide = growAcross(placed, reach);
  const nothing = new Uint8Array(width);
  const isText = (y: number): boolean => y >= top && y < top + letters.height;
  const rowOf = (y: number): Uint8Array => (isText(y) ? wide.subarray((y - top) * width, (y - top + 1) * width) : nothing);
  /** Rows within reach that have ink, per pixel column; pixels that are reached, per cell column. */
  const counts = new Uint16Array(width);
  const reached = new Int32Array(plane.columns);
  for (let y = -reach; y < height; y++) {
    if (isText(y + reach) || isText(y - reach - 1)) {
      count(counts, rowOf(y + reach), rowOf(y - reach - 1));
      reached.fill(0);
      for (let x = 0; x < width; x++) if (counts[x] !== 0) reached[(x >> shift) + 1] = (reached[(x >> shift) + 1] as number) + 1;
    }
    if (y >= 0) addRow(plane, (y >> shift) + 1, reached);
  }
  return plane;
}

function count(counts: Uint16Array, entering: Uint8Array, leaving: Uint8Array): void {
  for (let x = 0; x < counts.length; x++) counts[x] = (counts[x] as number) + (entering[x] as number) - (leaving[x] as number);
}

/** The rows of the words, as wide as the picture, with 1 wherever ink of the same row is within reach. */
function growAcross({ letters, left, width }: PlacedLetters, reach: number): Uint8Array {
  const rows = new Uint8Array(letters.height * width);
  for (let y = 0; y < letters.height; y++) growRow(letters.data.subarray(y * letters.width * 4, (y + 1) * letters.width * 4), rows.subarray(y * width, (y + 1) * width), left, reach);
  return rows;
}

function growRow(from: Uint8Array, to: Uint8Array, left: number, reach: number): void {
  let filled = 0;
  for (let at = 3, x = left; at < from.length; at += 4, x++) {
    if (from[at] === 0) continue;
    for (let next = Math.max(filled, x - reach); next <= x + reach; next++) to[next] = 1;
    filled = x + reach + 1;
  }
}

function addRow({ columns, values }: SoftPlane, row: number, sums: Int32Array): void {
  for (let column = 0, at = row * columns; column < columns; column++, at++) values[at] = (values[at] as number) + (sums[column] as number);
}

/** Three box blurs of 2 × `radius` + 1 pixels are close to a Gaussian. In place. */
export function blurThrice({ cell, columns, rows, values }: SoftPlane, radius: number): void {
  const size = (2 * radius + 1) / cell;
  blurLines(values, { count: rows, stride: columns, length: columns, step: 1 }, size);
  blurLines(values, { count: columns, stride: 1, length: rows, step: columns }, size);
}

/** Running sums along each line, thrice while it is at hand; a box that is no odd number of cells takes a part of those at its ends. */
function blurLines(values: Float32Array, { count, stride, length, step }: { count: number; stride: number; length: number; step: number }, size: number): void {
  const reach = Math.floor((size - 1) / 2);
  const end = (size - 1) / 2 - reach;
  const first = reach + 1;
  let line = new Float64Array(length + 2 * first);
  let next = new Float64Array(line.length);
  for (let start = 0; start < count * stride; start += stride) {
    for (let i = 0; i < length; i++) line[first + i] = values[start + i * step] as number;
    for (let pass = 0; pass < 3; pass++) {
      let sum = 0;
      for (let i = 1; i < 2 * first; i++) sum += line[i] as number;
      for (let i = 0; i < length; i++) {
        const entering = line[i + 2 * first] as number;
        next[first + i] = (sum + end * ((line[i] as number) + entering)) / size;
        sum += entering - (line[i + 1] as number);
      }
      [line, next] = [next, line];
    }
    for (let i = 0; i < length; i++) values[start + i * step] = line[first + i] as number;
  }
}
