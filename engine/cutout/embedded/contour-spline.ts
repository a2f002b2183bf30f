/**
 * A closed curve through points that are trusted more or less: least squares on the distance to the points, weighted by
 * trust, and on the bending of the curve. Where points are trusted it follows them, where they are not it swings from the
 * trusted ones before to those behind. Solved by conjugate gradients.
 */
const BENDING = 20;
const ROUNDS = 60;

/** `points`: x, y, x, y …; `trust`: above 0, at most 1, for each point. */
export function bendThrough(points: Float64Array, trust: Float64Array): Float64Array {
  const curve = points.slice();
  const residual = bend(points);
  for (let at = 0; at < residual.length; at++) residual[at] = -residual[at]!;
  const direction = residual.slice();
  let energy = dot(residual, residual);
  for (let round = 0; round < ROUNDS && energy > 1e-6; round++) {
    const product = bend(direction);
    for (let at = 0; at < product.length; at++) product[at] = product[at]! + trust[at >> 1]! * direction[at]!;
    const step = energy / dot(direction, product);
    for (let at = 0; at < curve.length; at++) {
      curve[at] = curve[at]! + step * direction[at]!;
      residual[at] = residual[at]! - step * product[at]!;
    }
    const after = dot(residual, residual);
    for (let at = 0; at < direction.length; at++) direction[at] = residual[at]! + (after / energy) * direction[at]!;
    energy = after;
  }
  return curve;
}

/** The gradient of the bending energy: fourth differences round the closed curve. */
function bend(points: Float64Array): Float64Array {
  const size = points.length;
  const result = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    const near = points[(at + 2) % size]! + points[(at + size - 2) % size]!;
    const far = points[(at + 4) % size]! + points[(at + size - 4) % size]!;
    result[at] = BENDING * (far - 4 * near + 6 * points[at]!);
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
