import { expect, test } from 'vitest';
import { formatConcatList, quoteConcatPath } from './concat-list.ts';

test('a list names its files and their lengths', () => {
  expect(formatConcatList([{ path: '/a/one.mp4', durationSeconds: 61 / 30 }, { path: '/a/two.mp4', durationSeconds: 1 }])).toBe(
    "ffconcat version 1.0\nfile 'file:/a/one.mp4'\nduration 2.033333\nfile 'file:/a/two.mp4'\nduration 1.000000\n");
});

test.each([
  ["/a/it's.mp4", "'file:/a/it'\\''s.mp4'"],
  ['/a/back\\slash #1.mp4', "'file:/a/back\\slash #1.mp4'"],
  ['/a/-%03d:x.mp4', "'file:/a/-%03d:x.mp4'"],
])('%s is quoted', (path, quoted) => {
  expect(quoteConcatPath(path)).toBe(quoted);
});

test('a line break cannot be written', () => {
  expect(() => quoteConcatPath('/a/new\nline.mp4')).toThrow(RangeError);
});
