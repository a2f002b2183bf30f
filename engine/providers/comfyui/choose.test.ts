import { describe, expect, test } from 'vitest';
import type { Capability } from '#workflows/manifest.ts';
import { chooseBackdrop, chooseOne, findWorkflow } from './choose.ts';
import { viewOf } from './testing/view-of.ts';
import type { ServerDescription } from './testing/view-of.ts';

const KLEIN = ['flux2-klein-4b', 'qwen3-4b', 'flux2-vae'];

describe('a backdrop', () => {
  test.each<[string, ServerDescription, readonly string[], string, string]>([
    ['a clip goes before a still', { vramGb: 24 }, [], 'wan22-14b-text', 'comfortable'],
    ['the best that fits, slowly if need be', { vramGb: 12 }, [], 'wan22-14b-text', 'offload'],
    ['a small GPU', { vramGb: 8 }, [], 'wan22-5b-text', 'offload'],
    ['a still when no clip is there', { vramGb: 12, without: ['SaveVideo'] }, [], 'z-image-turbo-still', 'offload'],
    ['the user\'s wish goes first, whatever the medium', { vramGb: 24 }, ['sdxl-still'], 'sdxl-still', 'comfortable'],
    ['even if it is too large', { vramGb: 8 }, ['wan22-14b-text'], 'wan22-14b-text', 'too-big'],
    ['a test only by its name', { vramGb: 0, models: [] }, ['smoke-backdrop-still'], 'smoke-backdrop-still', 'comfortable'],
    ['of several names the clip', { vramGb: 24 }, ['smoke-backdrop-still', 'smoke-backdrop-clip'], 'smoke-backdrop-clip', 'comfortable'],
    ['of several names one that can be used', { vramGb: 24, without: ['SaveVideo'] }, ['wan22-5b-text', 'sdxl-still'], 'sdxl-still', 'comfortable'],
    ['names for other work say nothing', { vramGb: 24 }, ['esrgan-upscale', 'ace15-music'], 'wan22-14b-text', 'comfortable'],
  ])('%s', async (_, server, wanted, id, fit) => {
    const chosen = chooseBackdrop(await viewOf(server), wanted);
    expect([chosen.workflow.manifest.id, chosen.fit]).toEqual([id, fit]);
  });

  test.each<[string, ServerDescription, readonly string[], Record<string, unknown>]>([
    ['without models: all of the best still, for it is the smaller download', { vramGb: 8, models: [] }, [], { code: 'PROVIDER_REJECTED', data: expect.objectContaining({ reason: 'MODEL_MISSING', workflow: 'flux2-klein-still', modelIds: KLEIN }) }],
    ['what the named one lacks', { vramGb: 24, models: ['umt5-xxl-fp8'] }, ['wan22-5b-text'], { data: expect.objectContaining({ reason: 'MODEL_MISSING', workflow: 'wan22-5b-text', modelIds: ['wan22-ti2v-5b', 'wan22-vae'] }) }],
    ['a node that the named one needs', { vramGb: 24, without: ['SaveVideo'] }, ['wan22-5b-text'], { data: expect.objectContaining({ reason: 'NODE_MISSING' }), message: expect.stringContaining('"SaveVideo"') }],
    ['a server that is too old for it', { vramGb: 24, version: '0.3.64' }, ['flux2-klein-still'], { data: expect.objectContaining({ reason: 'JOB_INVALID' }), message: expect.stringMatching(/Update ComfyUI to \d/) }],
    ['no GPU', { vramGb: 0 }, [], { data: expect.objectContaining({ reason: 'JOB_INVALID' }), message: expect.stringContaining('by its name') }],
    ['one that needs a picture to start from', { vramGb: 24 }, ['wan22-5b-image'], { data: expect.objectContaining({ reason: 'JOB_INVALID' }), message: expect.stringContaining('asks for inputs that an advert does not have') }],
    ['a name that no workflow has', { vramGb: 24 }, ['sdxl-still', 'sdxl'], { code: 'BAD_INPUT', message: expect.stringContaining('"sdxl"') }],
  ])('is refused: %s', async (_, server, wanted, error) => {
    const view = await viewOf(server);
    expect(() => chooseBackdrop(view, wanted)).toThrow(expect.objectContaining(error) as Error);
  });
});

describe('other work', () => {
  test.each<[Capability, ServerDescription, readonly string[], string | undefined]>([
    ['cutout', { vramGb: 0 }, [], 'birefnet-cutout'],
    ['music', { vramGb: 24 }, [], 'ace15-xl-music'],
    ['music', { vramGb: 8 }, [], 'ace15-music'],
    ['upscale', { vramGb: 0 }, [], 'esrgan-upscale'],
    ['upscale', { vramGb: 24 }, ['esrgan-upscale'], 'esrgan-upscale'],
    ['interpolate', { vramGb: 8 }, [], 'film-interpolate'],
    ['interpolate', { vramGb: 8, models: [] }, [], undefined],
  ])('%s on %j, named %j: %s', async (capability, server, wanted, id) => {
    expect(findWorkflow(await viewOf(server), capability, wanted)?.workflow.manifest.id).toBe(id);
  });

  test('what an advert can do without does not fail over a name', async () => {
    const view = await viewOf({ vramGb: 24, models: ['real-esrgan-x4plus'] });
    expect(findWorkflow(view, 'upscale', ['seedvr2-upscale'])?.workflow.manifest.id).toBe('esrgan-upscale');
    expect(() => chooseOne(view, 'upscale', ['seedvr2-upscale'])).toThrow('SeedVR2');
  });

  test('a device that does not say how much memory it has is taken for the smallest', async () => {
    const view = await viewOf();
    expect(() => chooseBackdrop({ ...view, device: undefined }, [])).toThrow('No workflow for this fits');
    expect(chooseOne({ ...view, device: undefined }, 'cutout').workflow.manifest.id).toBe('birefnet-cutout');
  });
});
