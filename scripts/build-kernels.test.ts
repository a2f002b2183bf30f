import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildKernels, KERNELS_WASM } from './build-kernels.ts';

it('the committed kernels are what their sources compile to', async () => {
  expect(Buffer.compare(Buffer.from(await buildKernels()), readFileSync(KERNELS_WASM))).toBe(0);
});
