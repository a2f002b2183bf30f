import { expect, test } from 'vitest';
import { canonicalJson, stepKey } from './step-key.ts';

test('canonical JSON does not depend on the order of members or on undefined ones', () => {
  expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'ä"' })).toBe('{"a":"ä\\"","b":[1,{"d":null}]}');
  expect(canonicalJson({ a: -0, b: [undefined] })).toBe('{"a":0,"b":[null]}');
});

test.each([[Number.NaN], [Infinity], [() => 1], [1n], [Symbol('x')]])('%s is no JSON', (value) => {
  expect(() => canonicalJson({ value })).toThrow(/must be JSON/);
});

test('every part of a key counts', () => {
  const parts = { kind: 'cutout', version: 1, params: { seed: 1 }, inputs: ['a'] };
  const keys = [parts, { ...parts, kind: 'mask' }, { ...parts, version: 2 }, { ...parts, params: { seed: 2 } }, { ...parts, inputs: ['b'] }].map(stepKey);
  expect(new Set(keys).size).toBe(5);
  expect(stepKey({ inputs: ['a'], params: { seed: 1 }, version: 1, kind: 'cutout' })).toBe(keys[0]);
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
});
