/**
 * Distance of every cell to the nearest cell outside a shape (and to the border of the picture), by two sweeps of a chamfer
 * metric (error below 8 %). Cells outside are 0; nothing is larger than `limit`.
 */
export function distanceInside(width: number, height: number, isInside: (index: number) => boolean, limit: number): Float32Array {
  const distance = Float32Array.from({ length: width * height }, (_, index) => (isInside(index) ? limit : 0));
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : (distance[y * width + x] as number));
  const relax = (x: number, y: number, sign: 1 | -1): void => {
    const straight = Math.min(at(x - sign, y), at(x, y - sign)) + 1;
    const diagonal = Math.min(at(x - sign, y - sign), at(x + sign, y - sign)) + Math.SQRT2;
    distance[y * width + x] = Math.min(distance[y * width + x] as number, straight, diagonal);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) relax(x, y, 1);
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) relax(x, y, -1);
  return distance;
}
