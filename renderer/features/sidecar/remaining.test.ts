import { expect, test } from 'vitest';
import { formatRemaining } from './remaining.ts';

const words = { minutes: (minutes: number) => `${minutes} min`, secondsLeft: (seconds: number) => `${seconds} s`, hours: (hours: number, minutes: number) => `${hours} h ${minutes} min` };

test.each([[0, '5 s'], [1, '5 s'], [6, '10 s'], [59, '60 s'], [60, '1 min'], [61, '2 min'], [5340, '89 min'], [5400, '1 h 30 min'], [90_000, '25 h 0 min']])('%d s left are %s', (seconds, text) => {
  expect(formatRemaining(seconds, words)).toBe(text);
});
