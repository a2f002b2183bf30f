import { expect, it } from 'vitest';
import { isTorchFamily, parseResolved } from './resolve.ts';

it('reads what uv pins', () => {
  expect(parseResolved('# comment\n--index-url https://x\naiohttp==3.14.1\ntorch==2.11.0+cu126\n\n')).toEqual([{ name: 'aiohttp', version: '3.14.1' }, { name: 'torch', version: '2.11.0+cu126' }]);
});

it.each(['colorama==0.4.6 ; sys_platform == \'win32\'', 'torch @ https://x/torch.whl', 'numpy>=2'])('stops at %s, which would pin nothing', (line) => {
  expect(() => parseResolved(line)).toThrow('not understood');
});

it.each([['torch', true], ['nvidia-cublas', true], ['cuda-toolkit', true], ['triton', true], ['torchsde', false], ['transformers', false]])('%s comes and goes with PyTorch: %s', (name, expected) => {
  expect(isTorchFamily(name)).toBe(expected);
});
