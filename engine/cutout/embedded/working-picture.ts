/** The photo reduced to the size at which the product is found, and the few filters that the search needs. */
import type { Raster } from '#engine/compositing/raster.ts';

/** sRGB-coded floats 0–255, three planes; `factor` = full size ÷ working size (≥ 1). */
export interface WorkingPicture {
  readonly width: number;
  readonly height: number;
  readonly factor: number;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

/** Averages the photo down so that its long side is at most `longSide`; a smaller photo keeps its size. */
export function toWorkingPicture(photo: Raster, longSide: number): WorkingPicture {
  const factor = Math.max(1, Math.max(photo.width, photo.height) / longSide);
  const width = Math.max(1, Math.round(photo.width / factor));
  const height = Math.max(1, Math.round(photo.height / factor));
  const columns = spans(photo.width, width);
  const rows = spans(photo.height, height);
  const planes = [0, 1, 2].map(() => new Float32Array(width * height)) as [Float32Array, Float32Array, Float32Array];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) averageInto(planes, y * width + x, photo, columns, x, rows, y);
  }
  return { width, height, factor, planes };
}

interface Spans {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly headWeight: Float64Array;
  readonly tailWeight: Float64Array;
}

/** Which source pixels a target pixel covers, with the covered part of the first and of the last. */
function spans(source: number, target: number): Spans {
  const result = { first: new Int32Array(target), last: new Int32Array(target), headWeight: new Float64Array(target), tailWeight: new Float64Array(target) };
  const step = source / target;
  for (let at = 0; at < target; at++) {
    const from = at * step;
    const to = Math.min(source, from + step);
    const first = Math.floor(from + 1e-9);
    const last = Math.min(source - 1, Math.ceil(to - 1e-9) - 1);
    result.first[at] = first;
    result.last[at] = last;
    result.headWeight[at] = Math.min(first + 1, to) - from;
    result.tailWeight[at] = to - last;
  }
  return result;
}

function averageInto(planes: WorkingPicture['planes'], at: number, photo: Raster, columns: Spans, x: number, rows: Spans, y: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let total = 0;
  for (let row = rows.first[y]!; row <= rows.last[y]!; row++) {
    const rowWeight = row === rows.first[y] ? rows.headWeight[y]! : row === rows.last[y] ? rows.tailWeight[y]! : 1;
    for (let column = columns.first[x]!; column <= columns.last[x]!; column++) {
      const weight = rowWeight * (column === columns.first[x] ? columns.headWeight[x]! : column === columns.last[x] ? columns.tailWeight[x]! : 1);
      const from = (row * photo.width + column) * 4;
      red += weight * photo.data[from]!;
      green += weight * photo.data[from + 1]!;
      blue += weight * photo.data[from + 2]!;
      total += weight;
    }
  }
  planes[0][at] = red / total;
  planes[1][at] = green / total;
  planes[2][at] = blue / total;
}
