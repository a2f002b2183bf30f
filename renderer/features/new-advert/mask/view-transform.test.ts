import { expect, test } from 'vitest';
import { fitView, toPhoto, zoomAt } from './view-transform.ts';

test('a photo fits into the middle of the view', () => {
  const view = fitView({ width: 4000, height: 2000 }, { width: 1048, height: 800 });
  expect(view.scale).toBeCloseTo(0.25);
  expect(toPhoto(view, 524, 400)).toEqual({ x: 2000, y: 1000 });
});

test('zooming keeps the point under the pointer, and stops at both ends', () => {
  const view = fitView({ width: 4000, height: 2000 }, { width: 1048, height: 800 });
  const before = toPhoto(view, 300, 500);
  const after = toPhoto(zoomAt(view, 3, 300, 500, view.scale), 300, 500);
  expect(after.x).toBeCloseTo(before.x, 6);
  expect(after.y).toBeCloseTo(before.y, 6);
  expect(zoomAt(view, 1e6, 0, 0, view.scale).scale).toBe(16);
  expect(zoomAt(view, 1e-6, 0, 0, view.scale).scale).toBe(view.scale);
});
