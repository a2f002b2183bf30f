/**
 * Carries the known pixels of a plane smoothly over the unknown ones (pull-push: average down a pyramid, interpolate back
 * up). Used for "what would the background look like here?".
 */

/** Known pixels (weight > 0) keep about their value; unknown ones get a smooth continuation. */
export function fillSmoothly(plane: Float32Array, weight: Float32Array, width: number, height: number): Float32Array {
  if (width <= 1 && height <= 1) return plane.slice();
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  const coarse = new Float32Array(halfWidth * halfHeight);
  const coarseWeight = new Float32Array(coarse.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      const to = (y >> 1) * halfWidth + (x >> 1);
      coarse[to] = coarse[to]! + plane[from]! * weight[from]!;
      coarseWeight[to] = coarseWeight[to]! + weight[from]!;
    }
  }
  for (let at = 0; at < coarse.length; at++) {
    if (coarseWeight[at]! > 0) coarse[at] = coarse[at]! / coarseWeight[at]!;
    coarseWeight[at] = Math.min(1, coarseWeight[at]!);
  }
  const filled = fillSmoothly(coarse, coarseWeight, halfWidth, halfHeight);
  const result = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const own = Math.min(1, weight[at]!);
      result[at] = own * plane[at]! + (1 - own) * sampleBilinear(filled, halfWidth, halfHeight, (x - 0.5) / 2, (y - 0.5) / 2);
    }
  }
  return result;
}

/** Value at a fractional position, the outermost pixels repeated. */
export function sampleBilinear(plane: Float32Array, width: number, height: number, x: number, y: number): number {
  const left = Math.min(width - 1, Math.max(0, x));
  const top = Math.min(height - 1, Math.max(0, y));
  const column = Math.min(width - 1, Math.floor(left));
  const row = Math.min(height - 1, Math.floor(top));
  const nextColumn = Math.min(width - 1, column + 1);
  const nextRow = Math.min(height - 1, row + 1);
  const u = left - column;
  const v = top - row;
  const upper = plane[row * width + column]! * (1 - u) + plane[row * width + nextColumn]! * u;
  const lower = plane[nextRow * width + column]! * (1 - u) + plane[nextRow * width + nextColumn]! * u;
  return upper * (1 - v) + lower * v;
}
