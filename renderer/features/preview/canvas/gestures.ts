/**
 * What a drag on the canvas does to a box: one small class per gesture, named by what is going on. A gesture knows where it began and answers
 * every place of the pointer with the box as it would be; nothing adds up, so going back to the start gives back the start. Pure; pixels of the film.
 */
import { boundsOf, middleOf, turned } from './box.ts';
import type { Box, Point } from './box.ts';
import { snapRect, snapValue } from './snapping.ts';
import type { Guide, SnapLines } from './snapping.ts';

/** Keys that are held during a drag. */
export interface HeldKeys {
  /** Shift: one direction only; whole steps of 15 degrees. */
  readonly isStrict: boolean;
  /** Alt: about the middle. */
  readonly isCentred: boolean;
  /** Ctrl or Cmd: nothing snaps. */
  readonly isFree: boolean;
}

/** A box as the drag has made it, and what it rests on. */
export interface GestureStep {
  readonly box: Box;
  readonly guides: readonly Guide[];
}

export interface Gesture {
  drag(to: Point, keys: HeldKeys): GestureStep;
}

/** What snaps, and from how far. */
export interface SnapField {
  readonly lines: SnapLines;
  readonly tolerance: number;
}

export class Moving implements Gesture {
  private readonly start: Box;
  private readonly from: Point;
  private readonly field: SnapField;

  constructor(start: Box, from: Point, field: SnapField) {
    this.start = start;
    this.from = from;
    this.field = field;
  }

  drag(to: Point, { isStrict, isFree }: HeldKeys): GestureStep {
    let [dx, dy] = [to.x - this.from.x, to.y - this.from.y];
    if (isStrict) [dx, dy] = Math.abs(dx) >= Math.abs(dy) ? [dx, 0] : [0, dy];
    const moved = { ...this.start, x: this.start.x + dx, y: this.start.y + dy };
    if (isFree) return { box: moved, guides: [] };
    const snap = snapRect(boundsOf(moved), this.field.lines, this.field.tolerance);
    const isHeld = (axis: 'x' | 'y'): boolean => isStrict && (axis === 'x' ? dx === 0 : dy === 0);
    return {
      box: { ...moved, x: moved.x + (isHeld('x') ? 0 : snap.dx), y: moved.y + (isHeld('y') ? 0 : snap.dy) },
      guides: snap.guides.filter(({ axis }) => !isHeld(axis)),
    };
  }
}

/** Which corner is dragged: −1 left or top, 1 right or bottom. */
export interface Corner {
  readonly x: -1 | 1;
  readonly y: -1 | 1;
}

/** Smallest side that a drag can make. */
const MIN_SIDE = 16;

/** By a corner; the shape stays, the opposite corner (or the middle) stays where it is. */
export class Scaling implements Gesture {
  private readonly start: Box;
  private readonly corner: Corner;

  constructor(start: Box, corner: Corner) {
    this.start = start;
    this.corner = corner;
  }

  drag(to: Point, { isCentred }: HeldKeys): GestureStep {
    const { start, corner } = this;
    const middle = middleOf(start);
    const opposite = { x: middle.x - (corner.x * start.width) / 2, y: middle.y - (corner.y * start.height) / 2 };
    const anchor = isCentred ? middle : turned(opposite, middle, start.rotationDeg);
    const reach = isCentred ? 0.5 : 1;
    const diagonal = { x: corner.x * start.width * reach, y: corner.y * start.height * reach };
    const pulled = turned(to, anchor, -start.rotationDeg);
    const along = ((pulled.x - anchor.x) * diagonal.x + (pulled.y - anchor.y) * diagonal.y) / (diagonal.x ** 2 + diagonal.y ** 2);
    const factor = Math.max(along, MIN_SIDE / Math.min(start.width, start.height));
    const [width, height] = [start.width * factor, start.height * factor];
    const newMiddle = isCentred ? middle : turned({ x: anchor.x + (corner.x * width) / 2, y: anchor.y + (corner.y * height) / 2 }, anchor, start.rotationDeg);
    return { box: { ...start, x: newMiddle.x - width / 2, y: newMiddle.y - height / 2, width, height }, guides: [] };
  }
}

/** Whole angles that are easily met. */
const RIGHT_ANGLE = 45;
const ANGLE_TOLERANCE = 2.5;
const STRICT_STEP = 15;

/** About the middle, by the handle above it. */
export class Rotating implements Gesture {
  private readonly start: Box;
  private readonly from: number;

  constructor(start: Box, from: Point) {
    this.start = start;
    this.from = this.angleOf(from);
  }

  drag(to: Point, { isStrict, isFree }: HeldKeys): GestureStep {
    const free = this.start.rotationDeg + this.angleOf(to) - this.from;
    const near = Math.round(free / RIGHT_ANGLE) * RIGHT_ANGLE;
    const angle = isStrict ? Math.round(free / STRICT_STEP) * STRICT_STEP : !isFree && Math.abs(free - near) < ANGLE_TOLERANCE ? near : free;
    return { box: { ...this.start, rotationDeg: wrapDegrees(angle) }, guides: [] };
  }

  private angleOf(point: Point): number {
    const middle = middleOf(this.start);
    return (Math.atan2(point.y - middle.y, point.x - middle.x) * 180) / Math.PI;
  }
}

/** The same direction, −180 (not included) to 180 degrees. */
export function wrapDegrees(degrees: number): number {
  const around = ((degrees % 360) + 360) % 360;
  return around > 180 ? around - 360 : around;
}

/** A block of words by its left or right side: the width in which lines break, about the middle. */
export class Widening implements Gesture {
  private readonly start: Box;
  private readonly side: -1 | 1;
  private readonly field: SnapField;
  private readonly most: number;

  constructor(start: Box, side: -1 | 1, field: SnapField, most: number) {
    this.start = start;
    this.side = side;
    this.field = field;
    this.most = most;
  }

  drag(to: Point, { isFree }: HeldKeys): GestureStep {
    const { x: middle } = middleOf(this.start);
    const snap = isFree ? { value: to.x } : snapValue(to.x, this.field.lines.x, this.field.tolerance);
    const width = Math.min(this.most, Math.max(MIN_SIDE * 4, 2 * (snap.value - middle) * this.side));
    return { box: { ...this.start, x: middle - width / 2, width }, guides: snap.line === undefined ? [] : [{ axis: 'x', at: snap.line }] };
  }
}
