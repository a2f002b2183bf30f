import { expect, test } from 'vitest';
import { checkStrings } from './strings.ts';

const of = (text: string, path = 'renderer/ui/a.tsx') => checkStrings([{ path, text, isTest: false }]);

test('finds words in attributes that are shown', () => {
  expect(of('<button aria-label="Close">')).toEqual(['renderer/ui/a.tsx: aria-label says "Close"; words come from renderer/strings.']);
  expect(of("<Field label={'Name'} />")).toHaveLength(1);
  expect(of('<img alt={`Poster`} />')).toHaveLength(1);
});

test('leaves the catalogue, signs, other attributes and other roots alone', () => {
  for (const text of ['<b label={common.close} />', '<b alt="" />', '<b title="×" />', '<b className="label" />', '<b title={`${name} (2)`} />']) expect(of(text)).toEqual([]);
  expect(of('<b label="Close" />', 'tests/a.tsx')).toEqual([]);
});
