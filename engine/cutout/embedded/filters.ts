/** Small separable filters on float planes. Borders repeat the outermost pixel. */

export function gaussianBlur(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const radius = Math.max(1, Math.ceil(sigma * 2.5));
  const kernel = new Float64Array(radius * 2 + 1);
  let sum = 0;
  for (let at = -radius; at <= radius; at++) sum += kernel[at + radius] = Math.exp(-(at * at) / (2 * sigma * sigma));
  for (let at = 0; at < kernel.length; at++) kernel[at] = kernel[at]! / sum;
  return convolveColumns(convolveRows(plane, width, height, kernel), width, height, kernel);
}

function convolveRows(plane: Float32Array, width: number, height: number, kernel: Float64Array): Float32Array {
  const radius = (kernel.length - 1) / 2;
  const result = new Float32Array(plane.length);
  const row = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    row.fill(plane[start]!, 0, radius);
    row.set(plane.subarray(start, start + width), radius);
    row.fill(plane[start + width - 1]!, radius + width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let at = 0; at < kernel.length; at++) sum += kernel[at]! * row[x + at]!;
      result[start + x] = sum;
    }
  }
  return result;
}

/** Row by row, so that memory is read in its order; each pixel's sum is built up from top to bottom. */
function convolveColumns(plane: Float32Array, width: number, height: number, kernel: Float64Array): Float32Array {
  const radius = (kernel.length - 1) / 2;
  const result = new Float32Array(plane.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let at = -radius; at <= radius; at++) {
      const from = Math.min(height - 1, Math.max(0, y + at)) * width;
      const weight = kernel[at + radius]!;
      for (let x = 0; x < width; x++) sums[x] = sums[x]! + weight * plane[from + x]!;
    }
    result.set(sums, y * width);
  }
  return result;
}

/** Least value in the square of side 2·radius+1. */
export function erode(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const negative = plane.map((value) => -value);
  return dilate(negative, width, height, radius).map((value) => -value);
}

/** Greatest value in the square of side 2·radius+1. */
export function dilate(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return greatestOfColumns(greatestOfRows(plane, width, height, radius), width, height, radius);
}

function greatestOfRows(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const result = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = 0; x < width; x++) {
      const last = start + Math.min(width - 1, x + radius);
      let best = -Infinity;
      for (let near = start + Math.max(0, x - radius); near <= last; near++) if (plane[near]! > best) best = plane[near]!;
      result[start + x] = best;
    }
  }
  return result;
}

function greatestOfColumns(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const result = new Float32Array(plane.length).fill(-Infinity);
  for (let y = 0; y < height; y++) {
    const to = y * width;
    for (let near = Math.max(0, y - radius); near <= Math.min(height - 1, y + radius); near++) {
      const from = near * width;
      for (let x = 0; x < width; x++) if (plane[from + x]! > result[to + x]!) result[to + x] = plane[from + x]!;
    }
  }
  return result;
}

/** The value below which `part` (0–1) of the samples lie. */
export function percentile(samples: Float32Array, part: number): number {
  if (samples.length === 0) return 0;
  const sorted = samples.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}

/** The distance (px, in straight and diagonal steps) of each pixel to the nearest pixel where `isTarget` is 1, capped at `cap`. */
export function distanceTo(isTarget: Uint8Array, width: number, height: number, cap: number): Float32Array {
  const result = new Float32Array(isTarget.length);
  for (let at = 0; at < result.length; at++) result[at] = isTarget[at] === 1 ? 0 : cap;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (result[at] === 0) continue;
      let least = result[at]!;
      if (x > 0) least = Math.min(least, result[at - 1]! + 1);
      if (y > 0) {
        least = Math.min(least, result[at - width]! + 1);
        if (x > 0) least = Math.min(least, result[at - width - 1]! + Math.SQRT2);
        if (x < width - 1) least = Math.min(least, result[at - width + 1]! + Math.SQRT2);
      }
      result[at] = least;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      if (result[at] === 0) continue;
      let least = result[at]!;
      if (x < width - 1) least = Math.min(least, result[at + 1]! + 1);
      if (y < height - 1) {
        least = Math.min(least, result[at + width]! + 1);
        if (x < width - 1) least = Math.min(least, result[at + width + 1]! + Math.SQRT2);
        if (x > 0) least = Math.min(least, result[at + width - 1]! + Math.SQRT2);
      }
      result[at] = least;
    }
  }
  return result;
}
