import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ratio } from '#core/project/ratio.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import { testRequest } from '#engine/providers/embedded/sets/testing/requests.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import type { Graph } from '#workflows/graph.ts';
import { createComfyBackdropProvider } from './backdrop-provider.ts';
import type { ComfyGenerator } from './generator.ts';
import { openGeneratorBench } from './testing/generator-bench.ts';
import type { GeneratorBench, TestCall } from './testing/generator-bench.ts';
import { brightnessOfFrames } from './testing/media.ts';
import { endOf } from './testing/station-bench.ts';
import { writeWorkflow } from './testing/write-workflow.ts';

const never = new AbortController().signal;
const SMALL = { type: 'int', min: 64, max: 1920, step: 16, default: 160, isRequired: false, note: '' } as const;
const size = { width: { ...SMALL, targets: [{ node: 'large', field: 'width' }] }, height: { ...SMALL, targets: [{ node: 'large', field: 'height' }] } };
const frames = { ...SMALL, min: 1, max: 240, step: 1, default: 8, targets: [{ node: 'film', field: 'amount' }] };
const colors = { color: { ...SMALL, min: 0, max: 0xffffff, step: 1, default: 0, targets: [{ node: 'wall', field: 'color' }] }, tint: { ...SMALL, min: 0, max: 0xffffff, step: 1, default: 0, targets: [{ node: 'floor', field: 'color' }] } };

let bench: GeneratorBench;
let generator: ComfyGenerator;
beforeEach(async () => {
  bench = await openGeneratorBench();
  const inSteps = (graph: Graph): Graph => ({ ...graph, work: { class_type: 'AdgenProbeWork', inputs: { image: ['large', 0], seconds: 0.01, steps: 3 } }, out: { class_type: 'SaveImage', inputs: { images: ['work', 0], filename_prefix: 'x' } } });
  await writeWorkflow(bench.workflowsDir, 'smoke-backdrop-still', { id: 'still', change: inSteps, manifest: { title: 'Still', inputs: { ...size, ...colors } } });
  // 12 frames at 12 per second at most: too few for a scene of 1.5 s, and too slow for 30.
  const fps = (graph: Graph): Graph => ({ ...graph, mux: { class_type: 'CreateVideo', inputs: { images: ['film', 0], fps: 12 } } });
  await writeWorkflow(bench.workflowsDir, 'smoke-backdrop-clip', { id: 'clip', change: fps, manifest: { title: 'Clip', inputs: { ...size, ...colors, frames: { ...frames, max: 12 } }, clip: { fps: 12, frames: 12 } } });
  generator = await bench.generator();
});
afterEach(async () => await bench.close());

async function make(id: string, test: TestCall, { ratio = '9:16', seconds = 1.5, wanted = [] }: { ratio?: Ratio; seconds?: number; wanted?: string[] } = {}) {
  const request = testRequest({ set: 'paper', ratio, palette: ['#2060a0', '#2060a0', '#ffffff'] });
  const workflow = await generator.choose('backdrop', [id], never);
  const whole: BackdropRequest = { ...request, scene: { ...request.scene, durationFrames: seconds * 30 }, generation: { prompts: { clip: { positive: '', negative: '' }, still: { positive: '', negative: '' } }, workflow, wanted: [id, ...wanted] } };
  return await createComfyBackdropProvider(generator).makeBackdrop(whole, test.call);
}

const workflowsIn = ({ records }: TestCall): string[] => records.map(({ workflow }) => workflow);

describe('a still', () => {
  test.each([['9:16', 1080, 1920], ['1:1', 1080, 1080], ['16:9', 1920, 1080]] as const)('in %s becomes one layer that the camera moves over, in its own colours', async (ratio, width, height) => {
    const step = bench.call('still');
    const manifest = await make('still', step, { ratio });
    expect(manifest).toMatchObject({ kind: 'layers', isFlat: false, ambient: expect.stringMatching(/^#/), layers: [{ rect: { x: 0, y: 0, width: 1, height: 1 }, motion: { kind: 'zoom' } }] });
    const picture = sharp(bench.store.pathOf(manifest.layers[0]?.picture ?? { hash: '', name: '', mime: '' }));
    expect(await picture.metadata()).toMatchObject({ width, height, channels: 3 });
    const { dominant } = await picture.stats();
    expect([dominant.r, dominant.g, dominant.b].map((value, index) => Math.abs(value - [0x20, 0x60, 0xa0][index]!) < 9)).toEqual([true, true, true]);
  });

  test('that is small is enlarged on the server; progress grows, previews come, all is recorded', async () => {
    const step = bench.call('still');
    await make('still', step);
    expect(workflowsIn(step)).toEqual(['still', 'esrgan-upscale']);
    expect(step.progress).toEqual(step.progress.toSorted((a, b) => a - b));
    expect(step.notes).toEqual(['Still', 'Real-ESRGAN: four times larger', 'preparing the still']);
    expect(step.previews.length).toBeGreaterThan(0);
    expect(await sharp(step.previews[0]?.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 64 });
    expect(bench.server.started()).toHaveLength(2);
  });

  test('is used as it is when the server has no memory for enlarging it', async () => {
    const failing = (graph: Graph): Graph => ({ ...graph, bad: { class_type: 'AdgenProbeFail', inputs: { image: ['u', 0], kind: 'out-of-memory' } }, out: { class_type: 'SaveImage', inputs: { images: ['bad', 0], filename_prefix: 'x' } } });
    await writeWorkflow(bench.workflowsDir, 'esrgan-upscale', { id: 'broken', change: failing });
    const step = bench.call('still');
    const manifest = await make('still', step, { wanted: ['broken'] });
    expect(workflowsIn(step)).toEqual(['still']);
    expect(step.notes.find((note) => note.startsWith('left out: '))).toContain('too little memory');
    expect(manifest.layers).toHaveLength(1);
  });
});

describe('a clip', () => {
  test('gets frames in between, is as long as its scene, and does not jump', async () => {
    const step = bench.call('clip');
    const manifest = await make('clip', step);
    expect(workflowsIn(step)).toEqual(['clip', 'film-interpolate']);
    expect(step.records[0]?.inputs).toMatchObject({ frames: 12, color: 0x2060a0 });
    expect(step.records[1]?.inputs).toMatchObject({ multiplier: 3, fps: 36 });
    expect(step.notes).toEqual(['Clip', 'FILM: frames in between', 'making the clip as long as its scene']);
    expect(step.progress).toEqual(step.progress.toSorted((a, b) => a - b));
    if (!manifest.clip) throw new Error('it has no clip');
    const path = bench.store.pathOf(manifest.clip.file);
    const { video } = await probeMedia(path);
    expect([(video?.fps.num ?? 0) / (video?.fps.den ?? 1), video?.isConstantRate]).toEqual([36, true]);
    expect(manifest.clip.durationFrames).toBeGreaterThanOrEqual(45);
    expect([video?.width, video?.height]).toEqual([128, 208]);
    const brightness = await brightnessOfFrames(path);
    const jumps = brightness.slice(1).map((value, index) => Math.abs(value - (brightness[index] ?? 0)));
    expect(Math.max(...jumps)).toBeLessThan(12);
    expect(manifest).toMatchObject({ kind: 'clip', layers: [], ambient: expect.stringMatching(/^#/) });
  });

  test('that is long enough is kept as the server made it; nothing is asked twice', async () => {
    const first = bench.call('clip');
    const manifest = await make('clip', first, { seconds: 0.5 });
    expect(first.notes).not.toContain('making the clip as long as its scene');
    const again = bench.call('clip');
    expect(await make('clip', again, { seconds: 0.5 })).toEqual(manifest);
    expect(bench.server.started()).toHaveLength(2);
    expect(again.records.map(({ gpuSeconds }) => gpuSeconds)).toEqual([0, 0]);
    // The step has succeeded only when the queue says so: until then the server's file stays.
    await access(join(bench.db.dataDir, 'comfyui', `${first.call.stepKey}-clip`));
  });

  test('is smooth enough when the server will not make frames in between', async () => {
    await writeWorkflow(bench.workflowsDir, 'film-interpolate', { id: 'broken', change: (graph) => ({ ...graph, bad: { class_type: 'AdgenProbeFail', inputs: { image: ['between', 0], kind: 'exception' } }, mux: { class_type: 'CreateVideo', inputs: { images: ['bad', 0], fps: 32 } } }) });
    const step = bench.call('clip');
    const manifest = await make('clip', step, { wanted: ['broken'] });
    expect(workflowsIn(step)).toEqual(['clip']);
    expect(step.notes.find((note) => note.startsWith('left out: '))).toContain('the probe was asked to fail');
    expect(manifest.clip?.durationFrames).toBeGreaterThanOrEqual(45);
  });

  test('can be canceled on its way, and made afterwards', async () => {
    const canceled = bench.call('clip');
    const end = endOf(make('clip', canceled));
    await vi.waitFor(() => expect(canceled.progress.some((value) => value > 0.1)).toBe(true), { interval: 5 });
    canceled.abort();
    expect(await end).toBe('AbortError');
    const step = bench.call('clip');
    expect((await make('clip', step)).kind).toBe('clip');
  });
});

describe('a workflow that was chosen', () => {
  test('and is gone since, or is for something else, is refused; none other takes its place', async () => {
    const step = bench.call('x');
    const workflow = await generator.choose('backdrop', ['still'], never);
    await rm(join(bench.workflowsDir, 'still'), { recursive: true });
    await generator.close();
    generator = await bench.generator();
    const request = { ...testRequest({ set: 'paper' }), generation: { prompts: { clip: { positive: '', negative: '' }, still: { positive: '', negative: '' } }, workflow, wanted: [] } };
    const provider = createComfyBackdropProvider(generator);
    await expect(provider.makeBackdrop(request, step.call)).rejects.toThrow('has changed since this advert was begun');
    const music = await generator.choose('music', [], never);
    await expect(provider.makeBackdrop({ ...request, generation: { ...request.generation, workflow: music } }, step.call)).rejects.toThrow('makes no backdrops');
    await expect(provider.makeBackdrop({ ...request, generation: { ...request.generation, workflow: { unavailable: 'The engine is damaged.' } } }, step.call)).rejects.toThrow('The engine is damaged.');
    expect(bench.server.started()).toEqual([]);
  });

  test('why none can be chosen is one sentence, never an error', async () => {
    expect(await generator.choose('backdrop', ['nobody'], never)).toEqual({ unavailable: expect.stringContaining('"nobody"'), name: 'BAD_INPUT' });
    await bench.server.close();
    const other = await bench.generator({ limits: { unreachableMs: 100 } });
    expect(await other.choose('backdrop', [], never)).toEqual({ unavailable: expect.stringContaining('cannot be reached'), name: 'ENGINE_UNREACHABLE' });
  });
});
