/** Signed distance functions (negative inside) in scene units: the shorter side of the photo is 1, y grows downwards. */
export type Shape = (x: number, y: number) => number;

export function roundedBox(centreX: number, centreY: number, halfWidth: number, halfHeight: number, radius: number): Shape {
  return (x, y) => {
    const dx = Math.abs(x - centreX) - halfWidth + radius;
    const dy = Math.abs(y - centreY) - halfHeight + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

export function circle(centreX: number, centreY: number, radius: number): Shape {
  return (x, y) => Math.hypot(x - centreX, y - centreY) - radius;
}

/** Approximate distance, exact enough within a few pixels of the outline. */
export function ellipse(centreX: number, centreY: number, radiusX: number, radiusY: number): Shape {
  return (x, y) => {
    const u = (x - centreX) / radiusX;
    const v = (y - centreY) / radiusY;
    const length = Math.hypot(u, v);
    const slope = Math.hypot(u / radiusX, v / radiusY);
    return slope < 1e-9 ? -Math.min(radiusX, radiusY) : (length * (length - 1)) / slope;
  };
}

export function capsule(fromX: number, fromY: number, toX: number, toY: number, radius: number): Shape {
  const lengthSquared = (toX - fromX) ** 2 + (toY - fromY) ** 2;
  return (x, y) => {
    const along = Math.min(1, Math.max(0, ((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / lengthSquared));
    return Math.hypot(x - fromX - along * (toX - fromX), y - fromY - along * (toY - fromY)) - radius;
  };
}

/** Convex polygon, corners clockwise on screen. */
export function polygon(corners: readonly (readonly [number, number])[]): Shape {
  return (x, y) => {
    let distance = -Infinity;
    corners.forEach(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % corners.length]!;
      const length = Math.hypot(bx - ax, by - ay);
      distance = Math.max(distance, ((x - ax) * (ay - by) + (y - ay) * (bx - ax)) / -length);
    });
    return distance;
  };
}

export function ring(centreX: number, centreY: number, radiusX: number, radiusY: number, thickness: number): Shape {
  const outer = ellipse(centreX, centreY, radiusX, radiusY);
  return (x, y) => Math.abs(outer(x, y)) - thickness / 2;
}

export function union(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
}

export function without(shape: Shape, removed: Shape): Shape {
  return (x, y) => Math.max(shape(x, y), -removed(x, y));
}
