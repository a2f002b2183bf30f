/** Small separable filters on float planes. Borders repeat the outermost pixel. */

export function gaussianBlur(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const radius = Math.max(1, Math.ceil(sigma * 2.5));
  const kernel = new Float64Array(radius * 2 + 1);
  let sum = 0;
  for (let at = -radius; at <= radius; at++) sum += kernel[at + radius] = Math.exp(-(at * at) / (2 * sigma * sigma));
  for (let at = 0; at < kernel.length; at++) kernel[at] = kernel[at]! / sum;
  return convolve(convolve(plane, width, height, kernel, 1, 0), width, height, kernel, 0, 1);
}

function convolve(plane: Float32Array, width: number, height: number, kernel: Float64Array, stepX: number, stepY: number): Float32Array {
  const radius = (kernel.length - 1) / 2;
  const result = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let at = -radius; at <= radius; at++) {
        const fromX = Math.min(width - 1, Math.max(0, x + at * stepX));
        const fromY = Math.min(height - 1, Math.max(0, y + at * stepY));
        sum += kernel[at + radius]! * plane[fromY * width + fromX]!;
      }
      result[y * width + x] = sum;
    }
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
  return greatest(greatest(plane, width, height, radius, 1, width), height, width, radius, width, 1);
}

/** Running maximum along lines: `step` between neighbours on a line, `stride` between lines. */
function greatest(plane: Float32Array, length: number, lines: number, radius: number, step: number, stride: number): Float32Array {
  const result = new Float32Array(plane.length);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    for (let at = 0; at < length; at++) {
      const last = Math.min(length - 1, at + radius);
      let best = -Infinity;
      for (let near = Math.max(0, at - radius); near <= last; near++) {
        const value = plane[start + near * step]!;
        if (value > best) best = value;
      }
      result[start + at * step] = best;
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

/** Squared distance is not needed here: the exact distance (px) of each pixel to the nearest pixel where `isTarget` is 1, capped at `cap`. */
export function distanceTo(isTarget: Uint8Array, width: number, height: number, cap: number): Float32Array {
  const result = new Float32Array(isTarget.length);
  for (let at = 0; at < result.length; at++) result[at] = isTarget[at] === 1 ? 0 : cap;
  const relax = (at: number, from: number, step: number): void => {
    const value = result[from]! + step;
    if (value < result[at]!) result[at] = value;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x > 0) relax(at, at - 1, 1);
      if (y > 0) relax(at, at - width, 1);
      if (x > 0 && y > 0) relax(at, at - width - 1, Math.SQRT2);
      if (x < width - 1 && y > 0) relax(at, at - width + 1, Math.SQRT2);
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      if (x < width - 1) relax(at, at + 1, 1);
      if (y < height - 1) relax(at, at + width, 1);
      if (x < width - 1 && y < height - 1) relax(at, at + width + 1, Math.SQRT2);
      if (x > 0 && y < height - 1) relax(at, at + width - 1, Math.SQRT2);
    }
  }
  return result;
}
