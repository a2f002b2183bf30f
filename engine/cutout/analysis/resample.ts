/**
 * Enlarges a small plane row by row (bilinear, pixel centres aligned, clamped at the rim), so that full-size planes of
 * floats are never held.
 */
export interface RowSampler {
  readonly width: number;
  /** Writes row `y` of the enlarged plane into `out` (at least `width` long). */
  row(y: number, out: Float32Array): void;
}

export function createRowSampler(plane: Float32Array, width: number, height: number, toWidth: number, toHeight: number): RowSampler {
  const places = Array.from({ length: toWidth }, (_, x) => Math.min(width - 1, Math.max(0, ((x + 0.5) * width) / toWidth - 0.5)));
  const lefts = Int32Array.from(places, Math.floor);
  const shares = Float32Array.from(places, (place) => place - Math.floor(place));
  return {
    width: toWidth,
    row(y, out) {
      const v = Math.min(height - 1, Math.max(0, ((y + 0.5) * height) / toHeight - 0.5));
      const top = Math.floor(v) * width;
      const bottom = Math.min(height - 1, Math.floor(v) + 1) * width;
      const down = v - Math.floor(v);
      for (let x = 0; x < toWidth; x++) {
        const left = lefts[x] ?? 0;
        const right = left + 1 < width ? left + 1 : left;
        const share = shares[x] ?? 0;
        const upper = (plane[top + left] ?? 0) * (1 - share) + (plane[top + right] ?? 0) * share;
        const lower = (plane[bottom + left] ?? 0) * (1 - share) + (plane[bottom + right] ?? 0) * share;
        out[x] = upper * (1 - down) + lower * down;
      }
    },
  };
}
