import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, isInside, middleOf, turned } from './box.ts';
import type { Box } from './box.ts';
import { Moving, Rotating, Scaling, Widening, wrapDegrees } from './gestures.ts';
import { snapLines, snapRect } from './snapping.ts';

const canvas = { width: 1080, height: 1920 };
const none = { isStrict: false, isCentred: false, isFree: false };
const field = { lines: snapLines(canvas, undefined, []), tolerance: 10 };
const box: Box = { x: 300, y: 700, width: 200, height: 400, rotationDeg: 0 };

const anyBox = fc.record({ x: fc.integer({ min: -500, max: 1500 }), y: fc.integer({ min: -500, max: 2000 }), width: fc.integer({ min: 20, max: 900 }), height: fc.integer({ min: 20, max: 900 }), rotationDeg: fc.integer({ min: -179, max: 180 }) });
const anyPoint = fc.record({ x: fc.integer({ min: -2000, max: 3000 }), y: fc.integer({ min: -2000, max: 3000 }) });

describe('moving', () => {
  const moving = new Moving(box, { x: 400, y: 900 }, field);
  it('follows the pointer', () => {
    expect(moving.drag({ x: 460, y: 1010 }, none).box).toEqual({ ...box, x: 360, y: 810 });
  });
  it('rests with its middle on the middle of the canvas, and says so', () => {
    const step = moving.drag({ x: 400 + 134, y: 900 + 55 }, none);
    expect(step.box).toEqual({ ...box, x: 440, y: 760 });
    expect(step.guides).toEqual([{ axis: 'x', at: 540 }, { axis: 'y', at: 960 }]);
  });
  it('does not rest anywhere with the free key held', () => {
    expect(moving.drag({ x: 534, y: 955 }, { ...none, isFree: true })).toEqual({ box: { ...box, x: 434, y: 755 }, guides: [] });
  });
  it('keeps to one direction with shift, also where it would snap', () => {
    const { box: moved, guides } = moving.drag({ x: 534, y: 940 }, { ...none, isStrict: true });
    expect(moved.y).toBe(box.y);
    expect(moved.x).toBe(440);
    expect(guides).toEqual([{ axis: 'x', at: 540 }]);
  });
  it('back where it began changes nothing, wherever that was', () => {
    fc.assert(fc.property(anyBox, anyPoint, anyPoint, (start, from, away) => {
      const gesture = new Moving(start, from, field);
      gesture.drag(away, none);
      expect(gesture.drag(from, { ...none, isFree: true }).box).toEqual(start);
    }));
  });
});

describe('scaling', () => {
  it('keeps the shape, the angle and the opposite corner', () => {
    fc.assert(fc.property(anyBox, anyPoint, fc.constantFrom(-1, 1), fc.constantFrom(-1, 1), (start, to, x, y) => {
      const { box: scaled } = new Scaling(start, { x: x as 1, y: y as 1 }).drag(to, none);
      expect(scaled.width / scaled.height).toBeCloseTo(start.width / start.height, 6);
      expect(scaled.rotationDeg).toBe(start.rotationDeg);
      const opposite = (of: Box) => turned({ x: middleOf(of).x - (x * of.width) / 2, y: middleOf(of).y - (y * of.height) / 2 }, middleOf(of), of.rotationDeg);
      expect(Math.hypot(opposite(scaled).x - opposite(start).x, opposite(scaled).y - opposite(start).y)).toBeLessThan(1e-6);
      expect(Math.min(scaled.width, scaled.height)).toBeGreaterThan(15.9);
    }));
  });
  it('follows the corner and stays about the middle with alt', () => {
    expect(new Scaling(box, { x: 1, y: 1 }).drag({ x: 700, y: 1500 }, none).box).toEqual({ ...box, width: 400, height: 800 });
    expect(new Scaling(box, { x: 1, y: 1 }).drag({ x: 600, y: 1300 }, { ...none, isCentred: true }).box).toEqual({ x: 200, y: 500, width: 400, height: 800, rotationDeg: 0 });
  });
});

describe('rotating', () => {
  const middle = middleOf(box);
  const above = { x: middle.x, y: middle.y - 300 };
  it('turns with the pointer about the middle', () => {
    expect(new Rotating(box, above).drag(turned(above, middle, 30), none).box.rotationDeg).toBeCloseTo(30);
  });
  it('rests at right angles, and in steps with shift', () => {
    expect(new Rotating(box, above).drag(turned(above, middle, 91.5), none).box.rotationDeg).toBe(90);
    expect(new Rotating(box, above).drag(turned(above, middle, 91.5), { ...none, isFree: true }).box.rotationDeg).toBeCloseTo(91.5);
    expect(new Rotating(box, above).drag(turned(above, middle, 50), { ...none, isStrict: true }).box.rotationDeg).toBe(45);
  });
  it('stays within half a turn either way', () => {
    fc.assert(fc.property(fc.double({ min: -2000, max: 2000, noNaN: true }), (degrees) => {
      const wrapped = wrapDegrees(degrees);
      expect(wrapped).toBeGreaterThan(-180);
      expect(wrapped).toBeLessThanOrEqual(180);
      expect(Math.abs(Math.sin(((wrapped - degrees) * Math.PI) / 180))).toBeLessThan(1e-6);
    }));
  });
});

describe('widening', () => {
  it('keeps the middle, the limits, and rests on lines', () => {
    const widening = new Widening(box, 1, field, 1080);
    expect(widening.drag({ x: 600, y: 0 }, none).box).toMatchObject({ x: 200, width: 400 });
    expect(widening.drag({ x: 5000, y: 0 }, none).box.width).toBe(1080);
    expect(widening.drag({ x: -5000, y: 0 }, none).box.width).toBe(64);
    expect(widening.drag({ x: 714, y: 0 }, none)).toMatchObject({ box: { width: 640 }, guides: [{ axis: 'x', at: 720 }] });
  });
});

describe('snapping', () => {
  it('takes the nearest of all lines', () => {
    const lines = snapLines(canvas, { rect: { x: 120, y: 288, width: 840, height: 960 }, rail: { fromY: 840, right: 780 } }, [{ x: 305, y: 0, width: 10, height: 10 }]);
    expect(lines.x).toContain(780);
    expect(snapRect({ x: 303, y: 600, width: 40, height: 10 }, lines, 8)).toMatchObject({ dx: 2, dy: 0 });
    expect(snapRect({ x: 124, y: 600, width: 40, height: 10 }, lines, 8)).toMatchObject({ dx: -4 });
    expect(snapRect({ x: 240, y: 600, width: 40, height: 10 }, lines, 8)).toEqual({ dx: 0, dy: 0, guides: [] });
  });
});

describe('boxes', () => {
  it('are hit where they are, also when turned', () => {
    const flat = { ...box, rotationDeg: 90 };
    expect(isInside({ x: 220, y: 900 }, flat)).toBe(true);
    expect(isInside({ x: 220, y: 900 }, box)).toBe(false);
    expect(isInside({ x: 295, y: 900 }, box, 8)).toBe(true);
    const bounds = boundsOf(flat);
    expect([bounds.x, bounds.y, bounds.width, bounds.height].map(Math.round)).toEqual([200, 800, 400, 200]);
  });
});
