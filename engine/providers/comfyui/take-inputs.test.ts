import { expect, test } from 'vitest';
import { manifestSchema } from '#workflows/manifest.ts';
import type { InputValue } from '#workflows/patch-workflow.ts';
import { judgeValue } from '#workflows/patch-workflow.ts';
import { takeInputs } from './take-inputs.ts';

const targets = [{ node: 'n', field: 'f' }];
const manifest = manifestSchema.parse({
  id: 'm', title: 'M', capability: 'smoke', outputs: { out: { node: 'o', kind: 'image', extension: 'png' } }, nodeClasses: [], vram: { tierGb: 0, offloadTierGb: 0, note: '' }, quality: 1, minServerVersion: '0.3.64',
  inputs: {
    prompt: { type: 'text', maxLength: 4, targets }, width: { type: 'int', min: 64, max: 128, step: 16, targets }, fps: { type: 'float', min: 1, max: 120, step: 1, targets },
    seed: { type: 'seed', max: 99, targets }, key: { type: 'choice', options: ['A', 'B'], targets }, isLoud: { type: 'boolean', targets }, image: { type: 'image', targets },
  },
});

test.each<[Record<string, InputValue | undefined>, Record<string, InputValue>]>([
  [{ prompt: 'abcdef' }, { prompt: 'abcd' }],
  [{ prompt: 'abc😀' }, { prompt: 'abc\uFFFD' }],
  [{ width: 1000 }, { width: 128 }],
  [{ width: 87 }, { width: 80 }],
  [{ fps: 47.952 }, { fps: 48 }],
  [{ seed: 12_345 }, { seed: 45 }],
  [{ key: 'B' }, { key: 'B' }],
  [{ key: 'C' }, {}],
  [{ isLoud: true, image: 'x.png' }, { isLoud: true, image: 'x.png' }],
  [{ lyrics: 'la', toString: 1, prompt: undefined }, {}],
])('%j becomes %j, and all of that is allowed', (offered, taken) => {
  const values = takeInputs(manifest, offered);
  expect(values).toEqual(taken);
  for (const [name, value] of Object.entries(values)) expect(manifest.inputs[name] && judgeValue(manifest.inputs[name], value)).toBeUndefined();
});

test('a value of another kind is left to be refused by name', () => {
  expect(takeInputs(manifest, { width: 'wide', seed: true, prompt: 3 })).toEqual({ width: 'wide', seed: true, prompt: 3 });
});
