import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test.each([
  [0, 'en', '0 B'], [999, 'en', '999 B'], [1000, 'en', '1 kB'], [12_345, 'en', '12 kB'], [1_500_000, 'en', '1.5 MB'], [1_500_000_000, 'de', '1,5 GB'],
  [9_999_658_848, 'en', '10.0 GB'], [2e15, 'en', '2,000.0 TB'], [-5, 'en', '0 B'],
])('%d in %s is %s', (bytes, language, text) => expect(formatBytes(bytes, language)).toBe(text));
