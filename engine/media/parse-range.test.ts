import { expect, test } from 'vitest';
import { parseRange } from './parse-range.ts';

test.each([
  [undefined, { kind: 'whole' }],
  ['', { kind: 'whole' }],
  ['rows=1-2', { kind: 'whole' }],
  ['bytes=0-', { kind: 'part', start: 0, end: 99 }],
  ['bytes=0-0', { kind: 'part', start: 0, end: 0 }],
  ['bytes=10-19', { kind: 'part', start: 10, end: 19 }],
  ['BYTES= 10-19 ', { kind: 'part', start: 10, end: 19 }],
  ['bytes=90-500', { kind: 'part', start: 90, end: 99 }],
  ['bytes=-5', { kind: 'part', start: 95, end: 99 }],
  ['bytes=-500', { kind: 'part', start: 0, end: 99 }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=20-10', { kind: 'unsatisfiable' }],
  ['bytes=-', { kind: 'unsatisfiable' }],
  ['bytes=0-1,5-6', { kind: 'unsatisfiable' }],
  ['bytes=a-b', { kind: 'unsatisfiable' }],
  ['bytes=-1-2', { kind: 'unsatisfiable' }],
])('%s of 100 bytes', (header, range) => {
  expect(parseRange(header, 100)).toEqual(range);
});

test('no range fits an empty file', () => {
  expect(parseRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
  expect(parseRange(undefined, 0)).toEqual({ kind: 'whole' });
});
