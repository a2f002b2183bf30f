import { describe, expect, test } from 'vitest';
import { chooseWorkflow, rankWorkflows, vramTier } from './choose-workflow.ts';
import type { ChooseRequest } from './choose-workflow.ts';
import { loadWorkflows } from './load-workflows.ts';

const { workflows } = await loadWorkflows();
const GB = 2 ** 30;
const all = (isReady: (id: string) => boolean) => workflows.map(({ manifest }) => ({ manifest, isReady: isReady(manifest.id) }));
const clip: ChooseRequest = { capability: 'backdrop-clip', vramBytes: 24 * GB, canGive: ['prompt', 'negativePrompt', 'seed', 'width', 'height', 'frames'] };

test.each([
  [0, 0], [4 * GB, 0], [7.6 * GB, 8], [8 * GB, 8], [11 * GB, 12], [15.9 * GB, 16], [23.6 * GB, 24], [139 * GB, 24],
])('%d bytes are the %d GB class', (bytes, tier) => {
  expect(vramTier(bytes)).toBe(tier);
});

describe('with everything installed', () => {
  test.each<[string, Partial<ChooseRequest>, string | undefined, string | undefined]>([
    ['clip on 24 GB', {}, 'wan22-14b-text', 'comfortable'],
    ['clip on 12 GB', { vramBytes: 12 * GB }, 'wan22-14b-text', 'offload'],
    ['clip on 8 GB', { vramBytes: 8 * GB }, 'wan22-5b-text', 'offload'],
    ['clip without a GPU', { vramBytes: 0 }, undefined, undefined],
    ['clip from a still', { mustTake: ['image'], canGive: [...clip.canGive, 'image'] }, 'wan22-14b-image', 'comfortable'],
    ['still on 8 GB', { capability: 'backdrop-still', vramBytes: 8 * GB }, 'flux2-klein-still', 'offload'],
    ['still on 16 GB', { capability: 'backdrop-still', vramBytes: 16 * GB }, 'z-image-turbo-still', 'comfortable'],
    ['music on 12 GB', { capability: 'music', vramBytes: 12 * GB }, 'ace15-music', 'comfortable'],
    ['cut-out without a GPU', { capability: 'cutout', vramBytes: 0, canGive: ['image'] }, 'birefnet-cutout', 'offload'],
    ['upscale on 8 GB', { capability: 'upscale', vramBytes: 8 * GB, canGive: ['image', 'width', 'height'] }, 'esrgan-upscale', 'comfortable'],
    ['interpolation without a clip to give', { capability: 'interpolate', canGive: ['fps'] }, undefined, undefined],
  ])('%s', (_, change, id, fit) => {
    const { use, offer } = chooseWorkflow(all(() => true), { ...clip, ...change });
    expect([use?.manifest.id, use?.fit, offer]).toEqual([id, fit, undefined]);
  });
});

test('what is ready is used, and the better one is offered', () => {
  const { use, offer } = chooseWorkflow(all((id) => id === 'wan22-5b-text'), clip);
  expect([use?.manifest.id, offer?.manifest.id]).toEqual(['wan22-5b-text', 'wan22-14b-text']);
});

test('with nothing ready, the best one that fits is offered', () => {
  const { use, offer } = chooseWorkflow(all(() => false), { ...clip, vramBytes: 8 * GB });
  expect([use, offer?.manifest.id]).toEqual([undefined, 'wan22-5b-text']);
});

test('the user\'s choice comes first, even when it is too big, and says so', () => {
  expect(rankWorkflows(all(() => true), { ...clip, vramBytes: 8 * GB, preferredId: 'wan22-14b-text' })[0]).toMatchObject({ manifest: { id: 'wan22-14b-text' }, fit: 'too-big' });
});

test('a choice that cannot do the job is not taken', () => {
  expect(chooseWorkflow(all(() => true), { ...clip, preferredId: 'ace15-music' }).use?.manifest.id).toBe('wan22-14b-text');
});
