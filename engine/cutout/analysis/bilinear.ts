/** Reads a plane as if it had `toWidth` × `toHeight` pixels: bilinear, pixel centres aligned, clamped at the rim. */
export function bilinear(plane: Float32Array, width: number, height: number, toWidth: number, toHeight: number): (x: number, y: number) => number {
  return (x, y) => {
    const u = Math.min(width - 1, Math.max(0, ((x + 0.5) * width) / toWidth - 0.5));
    const v = Math.min(height - 1, Math.max(0, ((y + 0.5) * height) / toHeight - 0.5));
    const [x0, y0] = [Math.floor(u), Math.floor(v)];
    const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
    const top = (plane[y0 * width + x0] ?? 0) * (1 - u + x0) + (plane[y0 * width + x1] ?? 0) * (u - x0);
    const bottom = (plane[y1 * width + x0] ?? 0) * (1 - u + x0) + (plane[y1 * width + x1] ?? 0) * (u - x0);
    return top * (1 - v + y0) + bottom * (v - y0);
  };
}
