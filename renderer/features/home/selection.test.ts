import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveBy, NOTHING_SELECTED, rangeTo, selectRange, toggle } from './selection.ts';

const GRID = { columns: 4, rowsPerPage: 3, total: 10 };

test('arrows move by card and by row, and stop at the edges', () => {
  const moves: [string, number, number][] = [
    ['ArrowRight', 0, 1], ['ArrowRight', 9, 9], ['ArrowLeft', 0, 0], ['ArrowDown', 1, 5], ['ArrowUp', 5, 1], ['ArrowUp', 2, 2],
    ['ArrowDown', 7, 9], ['ArrowDown', 9, 9], ['Home', 7, 0], ['End', 0, 9], ['PageDown', 0, 9], ['PageUp', 9, 0],
  ];
  for (const [key, from, to] of moves) expect([key, from, moveBy(key, from, GRID)]).toEqual([key, from, to]);
  expect(moveBy('a', 0, GRID)).toBeUndefined();
  expect(moveBy('ArrowDown', 0, { ...GRID, total: 0 })).toBeUndefined();
  expect(moveBy('ArrowDown', 3, { ...GRID, columns: 1 })).toBe(4);
});

test('no key leads out of the list', () => {
  fc.assert(fc.property(fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 50 }), fc.nat(49), (key, columns, total, at) => {
    const next = moveBy(key, at % total, { columns, rowsPerPage: 3, total });
    expect(next).toBeGreaterThanOrEqual(0);
    expect(next).toBeLessThan(total);
  }));
});

test('marks are put in and taken out, and ranges keep their anchor', () => {
  const one = toggle(NOTHING_SELECTED, 'c', 2);
  const two = toggle(one, 'f', 5);
  expect([[...two.ids], two.anchor, two.active]).toEqual([['c', 'f'], 5, 5]);
  expect([...toggle(two, 'c', 2).ids]).toEqual(['f']);
  expect(rangeTo(two, 3)).toEqual({ from: 3, to: 5 });
  const range = selectRange(two, ['d', 'e', 'f'], 3);
  expect([[...range.ids], range.anchor, range.active]).toEqual([['d', 'e', 'f'], 5, 3]);
  expect(rangeTo(range, 7)).toEqual({ from: 5, to: 7 });
});
