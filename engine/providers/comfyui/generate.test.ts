import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { colorOf } from '#sidecar/client/testing/harness.ts';
import type { FakeServer } from '#sidecar/fake/server.ts';
import { comfyJobs, generations } from '#engine/db/schema.ts';
import { chooseOne } from './choose.ts';
import type { ComfyGenerator } from './generator.ts';
import { fileOf, generate } from './generate.ts';
import type { GenerateJob } from './generate.ts';
import { openGeneratorBench } from './testing/generator-bench.ts';
import type { GeneratorBench } from './testing/generator-bench.ts';
import { playHost } from './testing/played-host.ts';
import { endOf } from './testing/station-bench.ts';
import { writeWorkflow } from './testing/write-workflow.ts';

const never = new AbortController().signal;

let bench: GeneratorBench;
beforeEach(async () => void (bench = await openGeneratorBench()));
afterEach(async () => await bench.close());

/** A job for a workflow by its id: one colour, in two sizes. */
async function jobFor(generator: ComfyGenerator, id: string, more: Partial<GenerateJob> = {}): Promise<GenerateJob> {
  const view = await generator.tools.station.look(never);
  const capability = view.workflows.find(({ workflow }) => workflow.manifest.id === id)?.workflow.manifest.capability ?? 'smoke';
  const values = (share: number) => ({ color: 0x2080c0, tint: 0x2080c0, width: share > 0.5 ? 96 : 64, height: 64 });
  return { key: `${id}-key`, view, chosen: chooseOne(view, capability, [id]), signal: never, values, size: () => 2, ...more };
}

const graphAt = (server: FakeServer, index = -1) => [...server.worker().history.values()].at(index)?.prompt.graph;
const decodersAt = (server: FakeServer, index?: number): string[] => Object.values(graphAt(server, index) ?? {}).map((node) => node.class_type).filter((name) => name.startsWith('VAEDecode'));

describe('one generation', () => {
  test('puts the values into the graph, takes the files by the names of the outputs, and records all of it', async () => {
    const generator = await bench.generator();
    const progress: number[] = [];
    const made = await generate(await jobFor(generator, 'smoke-backdrop-still', { onProgress: (value) => progress.push(value) }), generator.tools);
    expect(graphAt(bench.server)).toMatchObject({ wall: { inputs: { color: 0x2080c0, width: 8 } }, large: { inputs: { width: 96, height: 64 } } });
    expect(Object.keys(made.files)).toEqual(['still']);
    expect(await colorOf(made.files['still']?.[0])).toBe(0x2080c0);
    expect(progress.at(-1)).toBe(1);
    expect(made.record).toEqual({
      workflow: 'smoke-backdrop-still', workflowHash: expect.stringMatching(/^[0-9a-f]{64}$/), models: [], inputs: { color: 0x2080c0, tint: 0x2080c0, width: 96, height: 64 },
      server: '0.33.0', torch: '2.13.0', device: 'cuda:0 Fake', gpuSeconds: expect.any(Number),
    });
    expect(made.record.gpuSeconds).toBeGreaterThan(0);
    expect(bench.db.orm.select().from(generations).all()).toEqual([expect.objectContaining({ workflowHash: made.record.workflowHash, device: 'cuda:0 Fake', size: 2 })]);
  });

  test('that was made before is not made again, and teaches nothing about time', async () => {
    const generator = await bench.generator();
    const first = await generate(await jobFor(generator, 'smoke-backdrop-still'), generator.tools);
    const again = await generate(await jobFor(generator, 'smoke-backdrop-still'), generator.tools);
    expect([again.files, again.record.gpuSeconds]).toEqual([first.files, 0]);
    expect(bench.server.started()).toHaveLength(1);
    expect(bench.db.orm.select().from(generations).all()).toHaveLength(1);
  });

  test('of picture, clip and sound at once gives each by its kind', async () => {
    const generator = await bench.generator();
    const made = await generate(await jobFor(generator, 'smoke-all-outputs', { values: () => ({}) }), generator.tools);
    const kinds = (['image', 'video', 'audio'] as const).map((kind) => fileOf(made, kind));
    expect(kinds.map(({ kind }) => kind)).toEqual(['image', 'video', 'audio']);
    expect(new Set(kinds.map(({ path }) => path)).size).toBe(3);
  });

  test('without the file that is wanted is a failure with a name', () => {
    expect(() => fileOf({ files: { still: [] } }, 'image')).toThrow(expect.objectContaining({ data: expect.objectContaining({ reason: 'JOB_EMPTY' }) }) as Error);
  });

  test('names models as the server does', async () => {
    await writeWorkflow(bench.workflowsDir, 'sdxl-still', { id: 'mine', change: (graph) => JSON.parse(JSON.stringify(graph).replaceAll('sd_xl_base_1.0.safetensors', 'SDXL\\\\sd_xl_base_1.0.safetensors')) as typeof graph });
    const generator = await bench.generator();
    await generate(await jobFor(generator, 'mine', { values: () => ({ prompt: 'an empty table', width: 512, height: 512 }) }), generator.tools);
    expect(JSON.stringify(graphAt(bench.server))).toContain('"ckpt_name":"sd_xl_base_1.0.safetensors"');
  });

  test.each([[true, 'VAEDecodeTiled'], [false, 'VAEDecode']])('on the last rung of memory (server can: %s) decodes with %s', async (hasTiledDecoder, decoder) => {
    const host = playHost({ usesTiledVae: () => true });
    host.serve({ url: bench.server.url });
    const generator = await bench.generator({ access: host.access });
    const job = await jobFor(generator, 'sdxl-still', { values: () => ({ prompt: 'an empty table', width: 512, height: 512 }) });
    await generate({ ...job, view: { ...job.view, hasTiledDecoder } }, generator.tools);
    expect(decodersAt(bench.server)).toEqual([decoder]);
  });
});

describe('when memory is short', () => {
  test('the same is asked for smaller, after the server has tried again', async () => {
    bench.server.faults.arm('oom', 1);
    const generator = await bench.generator();
    const { values } = await generate(await jobFor(generator, 'smoke-backdrop-still'), generator.tools);
    expect(values).toMatchObject({ width: 96 });
    bench.server.faults.arm('oom', 2);
    const smaller = await generate(await jobFor(generator, 'smoke-backdrop-still', { key: 'other' }), generator.tools);
    expect([smaller.values['width'], bench.server.started().length]).toEqual([64, 2 + 3]);
    expect(smaller.record.inputs).toEqual(smaller.values);
  });

  test.each([['smoke-backdrop-still', 4, /even at a smaller size\. \S/], ['smoke-all-outputs', 2, /too little memory for [^,]*\. \S/]])('%s is given up after %d attempts', async (id, times, sentence) => {
    bench.server.faults.arm('oom');
    const generator = await bench.generator();
    const job = await jobFor(generator, id, id === 'smoke-all-outputs' ? { values: () => ({}) } : {});
    await expect(generate(job, generator.tools)).rejects.toMatchObject({ code: 'PROVIDER_REJECTED', data: { reason: 'JOB_OOM' }, message: expect.stringMatching(sentence) });
    expect(bench.server.started()).toHaveLength(times);
    expect(bench.db.orm.select().from(comfyJobs).all()).toEqual([]);
  });

  test('when the last rung is stepped on for it, the same is tried in tiles before anything smaller', async () => {
    bench.server.faults.arm('oom', 1);
    let isLastRung = false;
    const host = playHost({
      usesTiledVae: () => isLastRung,
      onReport(report, { tell }) {
        if (report.type !== 'job-out-of-memory') return;
        isLastRung = true;
        tell({ jobId: report.jobId, action: 'ask-smaller' });
      },
    });
    host.serve({ url: bench.server.url });
    const generator = await bench.generator({ access: host.access });
    const values = (share: number) => ({ prompt: 'an empty table', width: share === 1 ? 1024 : 512, height: 512 });
    const made = await generate(await jobFor(generator, 'sdxl-still', { values }), generator.tools);
    expect([made.values['width'], decodersAt(bench.server, 0), decodersAt(bench.server)]).toEqual([1024, ['VAEDecode'], ['VAEDecodeTiled']]);
  });

  test('another failure is not answered by a smaller picture', async () => {
    bench.server.faults.arm('node-errors', 1);
    const generator = await bench.generator();
    expect(await endOf(generate(await jobFor(generator, 'smoke-backdrop-still'), generator.tools))).toBe('JOB_INVALID');
    expect(bench.server.started().length).toBeLessThan(2);
  });
});

describe('a damaged result', () => {
  test('is fetched again', async () => {
    bench.server.faults.arm('short-file', 2);
    const generator = await bench.generator();
    const made = await generate(await jobFor(generator, 'smoke-backdrop-still'), generator.tools);
    expect(await colorOf(fileOf(made, 'image'))).toBe(0x2080c0);
    expect(bench.server.started()).toHaveLength(1);
  });

  test('that stays so is refused', async () => {
    bench.server.faults.arm('short-file');
    const generator = await bench.generator();
    expect(await endOf(generate(await jobFor(generator, 'smoke-backdrop-still'), generator.tools))).toBe('RESULT_BROKEN');
  });

  test('of a node that the manifest does not name is nobody\'s business', async () => {
    await writeWorkflow(bench.workflowsDir, 'smoke-backdrop-still', { id: 'mine', change: (graph) => ({ ...graph, also: { class_type: 'SaveImage', inputs: { images: ['wall', 0], filename_prefix: 'also' } } }) });
    const generator = await bench.generator();
    const looked: string[] = [];
    const tools = { ...generator.tools, verify: async ({ nodeId }: { readonly nodeId: string }) => void looked.push(nodeId) };
    const made = await generate(await jobFor(generator, 'mine'), tools);
    expect([looked, Object.values(made.files).flat().map(({ nodeId }) => nodeId)]).toEqual([['out'], ['out']]);
  });
});
