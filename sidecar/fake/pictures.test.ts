import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { describeNode, paintImage } from './pictures.ts';

const node = (className: string, inputs: Record<string, unknown>) => ({ class_type: className, inputs });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-pictures-'));
  const square = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#cc2200' } }).png().toBuffer();
  await writeFile(join(folder, 'photo.png'), await sharp({ create: { width: 60, height: 40, channels: 3, background: '#eeeeee' } }).composite([{ input: square, left: 30, top: 5 }]).png().toBuffer());
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const paint = async (graph: Graph, id: string): Promise<ReturnType<typeof sharp>> => sharp(await paintImage(describeNode(graph, id), folder));

test('a picture keeps its own size, grows with an upscaler, and takes the size that is said', async () => {
  const graph: Graph = {
    photo: node('LoadImage', { image: 'photo.png' }),
    large: node('ImageUpscaleWithModel', { image: ['photo', 0] }),
    fitted: node('ImageScale', { image: ['large', 0], width: 32, height: 16 }),
  };
  const sizes = await Promise.all(Object.keys(graph).map(async (id) => await (await paint(graph, id)).metadata()));
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([[60, 40], [240, 160], [32, 16]]);
});

test('a matte is opaque where the photo differs from its corner', async () => {
  const graph: Graph = { photo: node('LoadImage', { image: 'photo.png' }), cut: node('JoinImageWithAlpha', { image: ['photo', 0], alpha: ['photo', 1] }) };
  const alpha = await (await paint(graph, 'cut')).extractChannel('alpha').raw().toBuffer();
  const at = (x: number, y: number): number | undefined => alpha[y * 60 + x];
  expect([at(0, 0), at(29, 10), at(30, 5), at(49, 14), at(50, 14), at(35, 15)]).toEqual([0, 0, 255, 255, 0, 0]);
});

test('frames in between are counted', () => {
  const graph: Graph = { base: node('RepeatImageBatch', { amount: 17 }), between: node('FrameInterpolate', { images: ['base', 0], multiplier: 2 }) };
  expect(describeNode(graph, 'between').frames).toBe(33);
});
