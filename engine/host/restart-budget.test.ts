import { expect, test } from 'vitest';
import { createRestartBudget } from './restart-budget.ts';

test('allows so many at once, then none', () => {
  const budget = createRestartBudget({ most: 3, regainMs: 1000 });
  expect([0, 1, 2, 3].map((nowMs) => budget.take(nowMs))).toEqual([true, true, true, false]);
});

test('gains one for every period that passes, and never more than at the start', () => {
  const budget = createRestartBudget({ most: 2, regainMs: 1000 });
  expect([0, 0, 999].map((nowMs) => budget.take(nowMs))).toEqual([true, true, false]);
  expect([1000, 1001].map((nowMs) => budget.take(nowMs))).toEqual([true, false]);
  expect([3_600_000, 3_600_000, 3_600_000].map((nowMs) => budget.take(nowMs))).toEqual([true, true, false]);
});
