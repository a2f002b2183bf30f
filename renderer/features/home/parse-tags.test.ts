import { expect, test } from 'vitest';
import { parseTags } from './parse-tags.ts';

test('tags are split at commas, trimmed, and said once', () => {
  expect(parseTags(' Sale,summer  2026 ; SALE,, \n new ')).toEqual(['Sale', 'summer 2026', 'new']);
  expect(parseTags('')).toEqual([]);
  expect(parseTags(Array.from({ length: 30 }, (_, index) => `tag ${index}`).join())).toHaveLength(20);
  expect(parseTags('x'.repeat(100))[0]).toHaveLength(60);
});
