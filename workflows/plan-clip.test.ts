import { expect, test } from 'vitest';
import { loadWorkflows } from './load-workflows.ts';
import { framesFor, interpolationFor, sizeFor } from './plan-clip.ts';

const { workflows } = await loadWorkflows();
const of = (id: string) => workflows.find(({ manifest }) => manifest.id === id)!.manifest;

test.each([
  ['wan22-5b-text', '16:9', 1, 1280, 704], ['wan22-5b-text', '9:16', 1, 704, 1280], ['wan22-5b-text', '1:1', 1, 960, 960],
  ['wan22-5b-text', '16:9', 0.45, 864, 480], ['wan22-14b-text', '16:9', 1, 848, 480], ['wan22-14b-image', '9:16', 1, 480, 848],
  ['z-image-turbo-still', '9:16', 1, 768, 1360], ['sdxl-still', '16:9', 1, 1368, 768],
] as const)('%s makes %s (%d) as %d×%d', (id, ratio, share, width, height) => {
  expect(sizeFor(of(id), ratio, share)).toEqual({ width, height });
});

test('a workflow without a size has none to choose', () => {
  expect(sizeFor(of('birefnet-cutout'), '1:1')).toBeUndefined();
});

test.each([
  ['wan22-5b-text', 2, 49, true], ['wan22-5b-text', 5, 121, true], ['wan22-5b-text', 6, 121, false], ['wan22-5b-text', 0.1, 5, true],
  ['wan22-14b-text', 5, 81, true], ['wan22-14b-text', 3.3, 53, true], ['smoke-slow', 4, 96, true],
])('%s fills %d s with %d frames (%s)', (id, seconds, frames, isWhole) => {
  expect(framesFor(of(id), seconds)).toEqual({ frames, isWhole });
});

test('a workflow that makes no clip has no frames', () => {
  expect(framesFor(of('sdxl-still'), 5)).toBeUndefined();
});

test.each([
  [16, 30, { multiplier: 2, fps: 32 }], [24, 30, { multiplier: 2, fps: 48 }], [8, 30, { multiplier: 4, fps: 32 }], [2, 30, { multiplier: 8, fps: 16 }], [30, 30, undefined], [60, 30, undefined],
])('%d to %d frames per second', (clip, delivery, plan) => {
  expect(interpolationFor(clip, delivery)).toEqual(plan);
});
