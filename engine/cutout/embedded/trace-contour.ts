/**
 * A mask's contours as closed curves and back. A curve runs through the middles of the sides that part product from
 * background, the product at its right hand, so filling it again gives exactly the mask that it came from.
 */

/** A closed curve: x, y, x, y … in pixels of the picture, whose first pixel's centre is at 0.5, 0.5. */
export type Contour = Float64Array;

/** East, south, west, north. */
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;
/** The pixel at the left and at the right of the next side, seen from the corner where two sides meet. */
const LEFT_X = [0, 0, -1, -1] as const;
const LEFT_Y = [-1, 0, 0, -1] as const;

export function traceContours(isInside: Uint8Array, width: number, height: number): Contour[] {
  const isTraced = new Uint8Array(isInside.length);
  const contours: Contour[] = [];
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : isInside[y * width + x]!);
  for (let start = 0; start < isInside.length; start++) {
    if (isInside[start] === 0 || isTraced[start] === 1 || (start >= width && isInside[start - width] === 1)) continue;
    contours.push(follow(start % width, Math.floor(start / width)));
  }
  return contours;

  /** Follows the upper side of a pixel eastwards until it comes round. Pixels that touch at a corner belong together. */
  function follow(startX: number, startY: number): Contour {
    const points: number[] = [];
    let [x, y, direction] = [startX, startY, 0];
    do {
      if (direction === 0) isTraced[y * width + x] = 1;
      points.push(x + STEP_X[direction]! / 2, y + STEP_Y[direction]! / 2);
      x += STEP_X[direction]!;
      y += STEP_Y[direction]!;
      const right = (direction + 1) % 4;
      if (at(x + LEFT_X[direction]!, y + LEFT_Y[direction]!) === 1) direction = (direction + 3) % 4;
      else if (at(x + LEFT_X[right]!, y + LEFT_Y[right]!) === 0) direction = right;
    } while (x !== startX || y !== startY || direction !== 0);
    return Float64Array.from(points);
  }
}

/** 1 for each pixel whose centre lies inside an odd number of the curves. */
export function fillContours(contours: readonly Contour[], width: number, height: number): Uint8Array {
  const crossings: number[][] = Array.from({ length: height }, () => []);
  for (const contour of contours) {
    const size = contour.length;
    for (let from = 0; from < size; from += 2) {
      const [ax, ay] = [contour[from]!, contour[from + 1]!];
      const [bx, by] = [contour[(from + 2) % size]!, contour[(from + 3) % size]!];
      const first = Math.max(0, Math.ceil(Math.min(ay, by) - 0.5));
      const end = Math.min(height, Math.ceil(Math.max(ay, by) - 0.5));
      for (let row = first; row < end; row++) crossings[row]!.push(ax + ((row + 0.5 - ay) * (bx - ax)) / (by - ay));
    }
  }
  const isInside = new Uint8Array(width * height);
  crossings.forEach((row, y) => {
    row.sort((a, b) => a - b);
    for (let at = 0; at + 1 < row.length; at += 2) {
      const from = Math.max(0, Math.ceil(row[at]! - 0.5));
      const to = Math.min(width, Math.ceil(row[at + 1]! - 0.5));
      if (to > from) isInside.fill(1, y * width + from, y * width + to);
    }
  });
  return isInside;
}
