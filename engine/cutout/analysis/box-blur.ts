/** Mean over a (2r+1)² window, edges shortened to what lies inside. Running sums, so the radius costs nothing. */
export function boxBlur(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  return blurColumns(blurRows(source, width, height, radius), width, height, radius);
}

/** Three box passes: close to a Gaussian of σ ≈ radius. */
export function smoothBlur(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const first = boxBlur(source, width, height, radius);
  return boxBlur(boxBlur(first, width, height, radius), width, height, radius);
}

function blurRows(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x <= Math.min(radius, width - 1); x++) sum += source[row + x] ?? 0;
    for (let x = 0; x < width; x++) {
      const from = Math.max(0, x - radius);
      const to = Math.min(width - 1, x + radius);
      out[row + x] = sum / (to - from + 1);
      if (x - radius >= 0) sum -= source[row + x - radius] ?? 0;
      if (x + radius + 1 < width) sum += source[row + x + radius + 1] ?? 0;
    }
  }
  return out;
}

function blurColumns(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(source.length);
  const sums = new Float64Array(width);
  for (let y = 0; y <= Math.min(radius, height - 1); y++) for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (source[y * width + x] ?? 0);
  for (let y = 0; y < height; y++) {
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    const leaving = y - radius;
    const entering = y + radius + 1;
    for (let x = 0; x < width; x++) {
      const sum = sums[x] ?? 0;
      out[y * width + x] = sum / count;
      sums[x] = sum - (leaving >= 0 ? (source[leaving * width + x] ?? 0) : 0) + (entering < height ? (source[entering * width + x] ?? 0) : 0);
    }
  }
  return out;
}
