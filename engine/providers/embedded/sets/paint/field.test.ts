import { expect, test } from 'vitest';
import { createStage } from '../stage.ts';
import { testRequest } from '../testing/requests.ts';
import { blurField, createField, fillPolygon, sampleField, type Field, type Point } from './field.ts';

const stage = createStage(testRequest({ set: 'gobo' }));
const canvas = { x: 0, y: 0, width: 1, height: 1 };
const square: readonly Point[] = [[0.2, 0.3], [0.5, 0.3], [0.5, 0.7], [0.2, 0.7]];

const areaOf = (field: Field): number => field.data.reduce((sum, value) => sum + value, 0) / field.scale ** 2;

test('a polygon covers its area, whichever way round it is drawn', () => {
  for (const points of [square, square.toReversed(), [[0.1, 0.1], [0.9, 0.15], [0.4, 0.8]] as readonly Point[]]) {
    const field = createField(stage, canvas, 1 / 4);
    fillPolygon(field, points);
    expect(areaOf(field)).toBeCloseTo(Math.abs(shoelace(points)), 2);
  }
});

test('a polygon half outside is cut at the edge, one wholly outside leaves no trace', () => {
  const field = createField(stage, canvas, 1 / 4);
  fillPolygon(field, square.map(([x, y]) => [x - 0.35, y]));
  expect(areaOf(field)).toBeCloseTo(0.15 * 0.4, 2);
  const empty = createField(stage, canvas, 1 / 4);
  fillPolygon(empty, square.map(([x, y]) => [x + 5, y - 9]));
  expect(areaOf(empty)).toBe(0);
});

test('blur keeps the amount and softens the edge', () => {
  const field = createField(stage, canvas, 1 / 4);
  fillPolygon(field, square);
  blurField(field, 0.05);
  expect(areaOf(field)).toBeCloseTo(0.12, 3);
  expect(sampleField(field, 0.35, 0.5)).toBeGreaterThan(0.95);
  expect(sampleField(field, 0.2, 0.5)).toBeCloseTo(0.5, 1);
});

function shoelace(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}
