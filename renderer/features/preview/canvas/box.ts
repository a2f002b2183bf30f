/** Rectangles that can be turned, and points, in pixels of the film. Pure arithmetic for handles and hits. */
import type { Rect } from '#core/composition/layer.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle turned clockwise about its middle. */
export interface Box extends Rect {
  readonly rotationDeg: number;
}

/** Whether two boxes are the same to a hundredth of a pixel. */
export function isSameBox(a: Box, b: Box): boolean {
  return (['x', 'y', 'width', 'height', 'rotationDeg'] as const).every((side) => Math.abs(a[side] - b[side]) < 0.01);
}

export function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** A point turned clockwise about another. */
export function turned(point: Point, about: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const [dx, dy] = [point.x - about.x, point.y - about.y];
  return { x: about.x + dx * Math.cos(angle) - dy * Math.sin(angle), y: about.y + dx * Math.sin(angle) + dy * Math.cos(angle) };
}

/** Whether a point lies in a box that is grown by `slack` on every side. */
export function isInside(point: Point, box: Box, slack = 0): boolean {
  const { x, y } = turned(point, middleOf(box), -box.rotationDeg);
  return x >= box.x - slack && x <= box.x + box.width + slack && y >= box.y - slack && y <= box.y + box.height + slack;
}

/** The upright rectangle round a turned one. */
export function boundsOf(box: Box): Rect {
  if (box.rotationDeg === 0) return box;
  const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([across = 0, down = 0]) => turned({ x: box.x + across * box.width, y: box.y + down * box.height }, middleOf(box), box.rotationDeg));
  const [left, top] = [Math.min(...corners.map(({ x }) => x)), Math.min(...corners.map(({ y }) => y))];
  return { x: left, y: top, width: Math.max(...corners.map(({ x }) => x)) - left, height: Math.max(...corners.map(({ y }) => y)) - top };
}
