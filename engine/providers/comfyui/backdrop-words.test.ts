import { describe, expect, test } from 'vitest';
import type { Manifest } from '#workflows/manifest.ts';
import { patchWorkflow } from '#workflows/patch-workflow.ts';
import { testRequest } from '#engine/providers/embedded/sets/testing/requests.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { backdropValues, pictureSize } from './backdrop-words.ts';
import { viewOf } from './testing/view-of.ts';

const { workflows } = await viewOf();
const workflowOf = (id: string) => {
  const found = workflows.find(({ workflow }) => workflow.manifest.id === id)?.workflow;
  if (!found) throw new Error(`no workflow ${id}`);
  return found;
};
const manifestOf = (id: string): Manifest => workflowOf(id).manifest;

const request: BackdropRequest = {
  ...testRequest({ set: 'paper', ratio: '9:16', palette: ['#0a0b0c', '#ff8000', '#ffffff'], seed: 42 }),
  generation: { prompts: { clip: { positive: 'slow light', negative: 'camera movement' }, still: { positive: 'still light', negative: 'clutter' } }, workflow: { unavailable: '' }, wanted: [] },
};

test('a clip is asked for in its own words, in the ratio, as long as the scene', () => {
  expect(backdropValues(manifestOf('wan22-5b-text'), request, 1)).toMatchObject({ prompt: 'slow light', negativePrompt: 'camera movement', seed: 42, frames: 73 });
  const { width, height } = backdropValues(manifestOf('wan22-5b-text'), request, 1) as { width: number; height: number };
  expect(width / height).toBeCloseTo(9 / 16, 1);
});

test('a still is asked for in other words; it has no length', () => {
  const values = backdropValues(manifestOf('sdxl-still'), request, 1);
  expect(values).toMatchObject({ prompt: 'still light', negativePrompt: 'clutter' });
  expect(values).not.toHaveProperty('frames');
});

test('a set of plain colours takes those of the style', () => {
  expect(backdropValues(manifestOf('smoke-backdrop-still'), request, 1)).toMatchObject({ color: 0x0a0b0c, tint: 0xff8000 });
  expect(backdropValues(manifestOf('smoke-backdrop-still'), request, 1)).not.toHaveProperty('prompt');
});

describe.each(['9:16', '1:1', '16:9'] as const)('%s', (ratio) => {
  const ids = workflows.map(({ workflow }) => workflow.manifest).filter(({ capability, inputs }) => capability.startsWith('backdrop') && !inputs['image']?.isRequired).map(({ id }) => id);

  test.each(ids)('%s takes every share, and less with every one', (id) => {
    const { graph, manifest } = workflowOf(id);
    const sizes = [1, 0.6, 0.36].map((share) => {
      const values = backdropValues(manifest, { ...request, ratio, scene: { ...request.scene, durationFrames: 150, seed: Number.MAX_SAFE_INTEGER } }, share);
      expect(() => patchWorkflow({ graph, manifest, values, jobId: 'job' })).not.toThrow();
      return pictureSize(values, ratio);
    });
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(new Set(sizes).size).toBeGreaterThan(1);
  });
});

test('size counts frames, and is the canvas\'s when the workflow chooses it', () => {
  expect(pictureSize({ width: 1000, height: 500, frames: 10 }, '1:1')).toBe(5);
  expect(pictureSize({}, '16:9')).toBeCloseTo((1920 * 1080) / 1e6);
});
