import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCutoutMask } from './cutout-mask.ts';
import { openGeneratorBench } from './testing/generator-bench.ts';
import type { GeneratorBench } from './testing/generator-bench.ts';
import { endOf } from './testing/station-bench.ts';
import { writeWorkflow } from './testing/write-workflow.ts';

const never = new AbortController().signal;

let bench: GeneratorBench;
beforeEach(async () => void (bench = await openGeneratorBench()));
afterEach(async () => await bench.close());

/** A dark box on a light ground. */
async function photo(width = 90, height = 60): Promise<Buffer> {
  const box = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#203040' } }).png().toBuffer();
  return await sharp({ create: { width, height, channels: 3, background: '#f4f4f2' } }).composite([{ input: box, left: 10, top: 30 }]).removeAlpha().png().toBuffer();
}

test('the mask is where the server says that the product is, in the size of the photo', async () => {
  const generator = await bench.generator();
  const choice = await generator.choose('cutout', [], never);
  const { call, notes, progress, records } = bench.call('cut-out');
  const mask = sharp(await makeCutoutMask(await photo(), choice, generator, call));
  expect(await mask.metadata()).toMatchObject({ format: 'png', width: 90, height: 60, channels: 1, depth: 'uchar' });
  const data = await mask.extractChannel(0).raw().toBuffer();
  const at = (x: number, y: number): number | undefined => data[y * 90 + x];
  expect([at(2, 2), at(25, 40), at(12, 32), at(8, 40), at(60, 40)]).toEqual([0, 255, 255, 0, 0]);
  expect(records).toEqual([expect.objectContaining({ workflow: 'birefnet-cutout', models: ['birefnet'] })]);
  expect([notes, progress.at(-1)]).toEqual([['BiRefNet: cut-out'], 0.4]);
});

test('the same photo is asked for once, another one anew', async () => {
  const generator = await bench.generator();
  const choice = await generator.choose('cutout', [], never);
  const ask = async (upright: Buffer): Promise<Uint8Array> => await makeCutoutMask(upright, choice, generator, bench.call('cut-out').call);
  const first = await ask(await photo());
  expect(Buffer.compare(await ask(await photo()), first)).toBe(0);
  expect(bench.server.started()).toHaveLength(1);
  expect((await sharp(await ask(await photo(120, 60))).metadata()).width).toBe(120);
  expect(bench.server.started()).toHaveLength(2);
});

test('a picture without transparency is no mask', async () => {
  await writeWorkflow(bench.workflowsDir, 'birefnet-cutout', { id: 'opaque', change: ({ img, out }) => ({ ...(img ? { img } : {}), out: { class_type: out?.class_type ?? '', inputs: { ...out?.inputs, images: ['img', 0] } } }) });
  const generator = await bench.generator();
  const choice = await generator.choose('cutout', ['opaque'], never);
  await expect(makeCutoutMask(await photo(), choice, generator, bench.call('cut-out').call)).rejects.toMatchObject({ message: expect.stringMatching(/without transparency\. \S/), data: { reason: 'JOB_INVALID' } });
});

test('nothing is sent without a choice, or after a cancel', async () => {
  const generator = await bench.generator();
  expect(await endOf(makeCutoutMask(await photo(), undefined, generator, bench.call('a').call))).toBe('PROVIDER_REJECTED');
  const canceled = bench.call('b');
  const choice = await generator.choose('cutout', [], never);
  canceled.abort();
  expect(await endOf(makeCutoutMask(await photo(), choice, generator, canceled.call))).toBe('AbortError');
  expect(bench.server.started()).toEqual([]);
});
