import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { reasonOf } from '#sidecar/protocol/failures.ts';
import type { PreviewFrame } from '#sidecar/protocol/binary-frames.ts';
import type { FaultName } from '../fake/faults.ts';
import type { FakeOptions } from '../fake/server.ts';
import type { ComfyClient, JobRequest } from './comfy-types.ts';
import { colorOf, decode, openBench, pictureGraph } from './testing/harness.ts';
import type { Bench } from './testing/harness.ts';

const RED = 0xc02010;

let bench: Bench;
afterEach(async () => await bench.close());

const open = async (options: Partial<FakeOptions> = {}, faults: Partial<Record<FaultName, number>> = {}): Promise<Bench> => {
  bench = await openBench(options);
  for (const [name, times] of Object.entries(faults)) bench.server.faults.arm(name as FaultName, times);
  return bench;
};

const job = (key: string, color = RED, more: Partial<JobRequest> = {}): JobRequest => ({ key, graph: pictureGraph(color), folder: bench.folder(key), verify: decode, ...more });

const reasonFor = async (work: Promise<unknown>): Promise<string | undefined> => await work.then(() => 'no error', (error: unknown) => (error instanceof AdgenError ? (reasonOf(error) ?? error.code) : (error as Error).name));

const expectPicture = async (client: ComfyClient, key = 'a', color = RED): Promise<void> => {
  const files = await client.run(job(key, color));
  expect(files).toHaveLength(1);
  expect(await colorOf(files[0])).toBe(color);
};

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !isTrue(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isTrue()).toBe(true);
};

describe('a job on a healthy engine', () => {
  test('ends with its own file, checked; progress only grows, previews are its own', async () => {
    await open();
    const client = bench.client();
    const progress: Record<string, number[]> = { a: [], b: [] };
    const previews: Record<string, PreviewFrame[]> = { a: [], b: [] };
    const run = async (key: string, color: number) => await client.run(job(key, color, { onProgress: (value) => progress[key]?.push(value), onPreview: (preview) => previews[key]?.push(preview) }));
    const [a, b] = await Promise.all([run('a', 0xff0000), run('b', 0x00ff00)]);
    expect([await colorOf(a[0]), await colorOf(b[0])]).toEqual([0xff0000, 0x00ff00]);
    for (const key of ['a', 'b']) {
      const values = progress[key] ?? [];
      expect(values.at(-1)).toBe(1);
      expect(values).toEqual(values.toSorted((x, y) => x - y));
      expect(values.length).toBeGreaterThan(3);
      expect(previews[key]).toHaveLength(6);
      expect(new Set(previews[key]?.map((preview) => preview.promptId)).size).toBe(1);
    }
    expect(bench.server.started()).toHaveLength(2);
    expect(await readdir(bench.folder('a'))).toEqual([expect.stringMatching(/^still-still_00001_\.png$/)]);
  });

  test('writes into a folder of its own each time, so the cache never answers with an old file', async () => {
    await open();
    const client = bench.client();
    for (const key of ['a', 'b', 'c']) await expectPicture(client, key);
    expect(await readdir(join(bench.root, 'comfy', 'output', 'adgen'))).toHaveLength(3);
  });

  test('two prompts are on the server, the others wait here, and all come out', async () => {
    await open();
    const client = bench.client();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, bench.server.worker().remaining())), 2);
    const ended: number[] = [];
    await Promise.all(Array.from({ length: 6 }, async (_, i) => {
      await client.run(job(`job-${i}`, 0x102030 + i));
      ended.push(i);
    }));
    clearInterval(watch);
    expect(most).toBe(2);
    expect(ended.toSorted()).toEqual([0, 1, 2, 3, 4, 5]); // files of neighbours may arrive together
  });

  test('knows the engine, its nodes, and gives its memory back', async () => {
    await open();
    const client = bench.client();
    expect(await client.ready()).toMatchObject({ version: '0.33.0', isNewerThanKnown: false, devices: [{ type: 'cuda' }] });
    const nodes = await client.objectInfo();
    expect(JSON.stringify(nodes['ColorTransfer'])).toContain('histogram');
    expect(JSON.stringify(nodes['UNETLoader'])).toContain('wan2.2_ti2v_5B_fp16.safetensors');
    await client.free();
    expect(bench.server.frees()).toBe(1);
  });

  test('can be fed a picture', async () => {
    await open();
    const client = bench.client();
    const [source] = await client.run(job('a', 0x336699));
        const name = await client.upload(new Uint8Array(await readFile(source?.path ?? '')), 'my product.png', 'b');
    const graph = { load: { class_type: 'LoadImage', inputs: { image: name } }, fit: { class_type: 'ImageScale', inputs: { image: ['load', 0], upscale_method: 'lanczos', width: 64, height: 48, crop: 'center' } }, still: { class_type: 'SaveImage', inputs: { images: ['fit', 0], filename_prefix: 'x' } } };
    const [copy] = await client.run({ ...job('b'), graph });
    expect(await colorOf(copy)).toBe(0x336699);
  });

  test.each(['0.3.64', '0.5.1', '0.8.0', '0.25.0', '0.38.1'])('works with version %s, cancel included', async (version) => {
    await open({ version });
    const client = bench.client();
    await expectPicture(client);
    const ending = new AbortController();
    const canceled = client.run(job('b', 1, { signal: ending.signal, onProgress: () => ending.abort() }));
    expect(await reasonFor(canceled)).toBe('AbortError');
    await until(() => bench.server.worker().remaining() === 0);
    await expectPicture(client, 'c', 0x00aa00);
  });
});

describe('each fault is survived', () => {
  test.each<[FaultName, number, Partial<FakeOptions>]>([
    ['slow', 6, { slowMs: 300 }],
    ['silent', 3, {}],
    ['drop-ws', 1, {}],
    ['lose-reply', 2, {}],
    ['duplicate', 1, {}],
    ['jobs-404', Number.POSITIVE_INFINITY, {}],
    ['truncated-json', 5, {}],
    ['huge-preview', 2, { hugePreviewBytes: 2 * 1024 * 1024 }],
    ['die-mid-job', 1, {}],
    ['history-gone', 1, {}],
    ['cut-file', 2, {}],
    ['file-gone', 1, {}],
  ])('%s: the one result is the right one', async (fault, times, options) => {
    await open(options, { [fault]: times });
    const client = bench.client();
    await expectPicture(client);
    await expectPicture(client, 'b', 0x00ff88);
    expect(bench.server.worker().pending).toEqual([]);
  });

  test('a lost reply does not make the server work twice', async () => {
    await open({}, { 'lose-reply': 3 });
    const client = bench.client();
    await Promise.all(['a', 'b', 'c', 'd'].map(async (key, i) => await expectPicture(client, key, 0x111111 * (i + 1))));
    expect(bench.server.started()).toHaveLength(4);
  });

  test('a preview that is too large for showing is left out; the job goes on', async () => {
    await open({ hugePreviewBytes: 500 * 1024 }, { 'huge-preview': 2 });
    const previews: PreviewFrame[] = [];
    await bench.client().run(job('a', RED, { onPreview: (preview) => previews.push(preview) }));
    expect(previews).toHaveLength(4);
    expect(bench.server.connections()).toBe(1);
  });

  test('a cut connection comes back under another client id', async () => {
    await open({ stepMs: 15 }, { 'drop-ws': 1 });
    await expectPicture(bench.client());
    expect(bench.server.connections()).toBeGreaterThan(1);
  });
});

describe('each failure has a name, a sentence and an action', () => {
  test.each<[FaultName, string]>([['node-errors', 'JOB_INVALID'], ['oom', 'JOB_OOM'], ['old-version', 'ENGINE_OLD'], ['wrong-nonce', 'ENGINE_FOREIGN']])('%s is %s', async (fault, reason) => {
    await open({ nonce: 'ours' }, { [fault]: Number.POSITIVE_INFINITY });
    const client = bench.client({ nonce: 'ours' });
    expect(await reasonFor(client.run(job('a')))).toBe(reason);
    await until(() => bench.server.worker().remaining() === 0);
    bench.server.faults.disarm();
    await expectPicture(client, 'b');
  });

  test('running out of memory gives the memory back', async () => {
    await open({}, { oom: 1 });
    const client = bench.client();
    expect(await reasonFor(client.run(job('a')))).toBe('JOB_OOM');
    await until(() => bench.server.frees() === 1);
  });

  test('a server that dies on the same job twice loses that job only', async () => {
    await open({}, { 'die-mid-job': 2 });
    const client = bench.client();
    const [first, second] = [reasonFor(client.run(job('a'))), client.run(job('b', 0x00ff88))];
    expect(await first).toBe('JOB_LOST');
    expect(await colorOf((await second)[0])).toBe(0x00ff88);
  });

  test('a dead worker is reported; a restart in time saves the job', async () => {
    await open({}, { 'dead-worker': 1 });
    const reports: string[] = [];
    const client = bench.client({ limits: { silentMs: 300, stuckGraceMs: 5000 }, onStuck: ({ key }) => { reports.push(key); bench.server.crash(); } });
    await expectPicture(client);
    expect(reports).toEqual(['a']);
  });

  test('a dead worker that nobody restarts ends the job', async () => {
    await open({}, { 'dead-worker': 1 });
    expect(await reasonFor(bench.client({ limits: { silentMs: 200, deafMs: 400, stuckGraceMs: 100 } }).run(job('a')))).toBe('ENGINE_STUCK');
    expect(bench.journal.entries.get('a')?.state).toBe('sent');
  });

  test('a server that never answers, or is not there, is given up on', async () => {
    await open({}, { silent: Number.POSITIVE_INFINITY });
    const limits = { answerMs: 100, unreachableMs: 400 };
    expect(await reasonFor(bench.client({ limits }).run(job('a')))).toBe('ENGINE_UNREACHABLE');
    await bench.server.close();
    expect(await reasonFor(bench.client({ limits }).run(job('a')))).toBe('ENGINE_UNREACHABLE');
    expect(await reasonFor(bench.client({ limits }).ready())).toBe('ENGINE_UNREACHABLE');
  });

  test('waiting for an engine can be given up', async () => {
    await open();
    const client = bench.client({ url: 'http://127.0.0.1:1' });
    const ending = new AbortController();
    const waiting = reasonFor(client.ready(ending.signal));
    ending.abort();
    expect(await waiting).toBe('AbortError');
    expect(await reasonFor(client.ready(ending.signal))).toBe('AbortError');
  });

  test('another service on the address is told apart', async () => {
    await open();
        const other = createServer((_, response) => response.end('<h1>It works</h1>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const client = bench.client({ url: `http://127.0.0.1:${port}` });
    expect(await reasonFor(client.run(job('a')))).toBe('NOT_COMFYUI');
    await client.close();
    other.closeAllConnections();
    other.close();
  });

  test.each<[string, (graph: Record<string, { class_type: string; inputs: Record<string, unknown> }>) => void, string]>([
    ['a node that is not there', (graph) => { graph['x'] = { class_type: 'NoSuchNode', inputs: {} }; }, 'NODE_MISSING'],
    ['a model that is not there', (graph) => { graph['x'] = { class_type: 'VAELoader', inputs: { vae_name: 'none.safetensors' } }; graph['y'] = { class_type: 'VAEDecode', inputs: { vae: ['x', 0], samples: ['z', 0] } }; graph['z'] = { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } }; graph['still'] = { class_type: 'SaveImage', inputs: { images: ['y', 0], filename_prefix: 'x' } }; }, 'MODEL_MISSING'],
    ['a cycle', (graph) => { graph['work'] = { class_type: 'ImageBlur', inputs: { image: ['work', 0], blur_radius: 1, sigma: 1 } }; }, 'JOB_INVALID'],
    ['a link into nothing', (graph) => { graph['still'] = { class_type: 'SaveImage', inputs: { images: ['nowhere', 0], filename_prefix: 'x' } }; }, 'JOB_INVALID'],
    ['nothing to save', (graph) => { delete graph['still']; }, 'JOB_INVALID'],
    ['a path out of the folder is not taken', (graph) => { graph['still'] = { class_type: 'SaveImage', inputs: { images: ['work', 0], filename_prefix: '../../x' } }; }, 'no error'],
  ])('%s', async (_, spoil, reason) => {
    await open();
    const graph = structuredClone(pictureGraph(RED)) as Parameters<typeof spoil>[0];
    spoil(graph);
    expect(await reasonFor(bench.client().run({ ...job('a'), graph }))).toBe(reason);
  });

  test('a result that is too large, or never passes its check', async () => {
    await open();
    const client = bench.client();
    expect(await reasonFor(client.run(job('a', RED, { mostBytes: 20 })))).toBe('RESULT_TOO_LARGE');
    let checks = 0;
    expect(await reasonFor(client.run(job('b', RED, { verify: async () => { checks += 1; throw new Error('not a picture'); } })))).toBe('RESULT_BROKEN');
    expect(checks).toBe(3);
    expect(await readdir(bench.folder('b'))).toEqual([]);
  });
});

describe('cancel', () => {
  test('takes out the job that is meant, running or waiting, and no other', async () => {
    await open({ stepMs: 20 });
    const client = bench.client();
    const endings = ['a', 'b', 'c', 'd'].map(() => new AbortController());
    const runs = ['a', 'b', 'c', 'd'].map(async (key, i) => await reasonFor(client.run(job(key, i + 1, { signal: endings[i]?.signal }))));
    await until(() => bench.server.worker().pending.length === 1);
    for (const i of [0, 1, 3]) endings[i]?.abort();
    expect(await Promise.all(runs)).toEqual(['AbortError', 'AbortError', 'no error', 'AbortError']);
    expect(bench.journal.entries.has('a')).toBe(false);
  });

  test('of a job in a dead worker does not wait for ever', async () => {
    await open({}, { 'dead-worker': 1 });
    const ending = new AbortController();
    const reports: string[] = [];
    const client = bench.client({ limits: { cancelMs: 200 }, onStuck: ({ key }) => reports.push(key) });
    const run = reasonFor(client.run(job('a', RED, { signal: ending.signal })));
    await until(() => bench.server.started().length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    ending.abort();
    expect(await run).toBe('AbortError');
    expect(reports).toEqual(['a']);
  });
});

describe('a client that comes after a crash of the first', () => {
  test('takes up what is on the server instead of sending it again', async () => {
    await open({ stepMs: 15 });
    const first = bench.client();
    const lost = reasonFor(first.run(job('a')));
    await until(() => bench.server.started().length === 1);
    await first.close();
    expect(await lost).toBe('AbortError');
    await expectPicture(bench.client());
    expect(bench.server.started()).toHaveLength(1);
  });

  test('gets files that are here already without asking, and makes them again when they are gone', async () => {
    await open();
    const [file] = await bench.client().run(job('a'));
    const second = bench.client();
    expect(await second.run(job('a'))).toEqual([file]);
    expect(bench.server.started()).toHaveLength(1);
    expect(dirname(file?.path ?? '')).toBe(bench.folder('a'));
        await rm(file?.path ?? '');
    await expectPicture(second);
    expect((await stat(file?.path ?? '')).size).toBeGreaterThan(0);
    expect(bench.server.started()).toHaveLength(2);
    await second.forget('a');
    expect(bench.journal.entries.size).toBe(0);
  });

  test('nothing is sent that could not be written down', async () => {
    await open();
    const journal = { ...bench.journal, put: async () => await Promise.reject(new Error('disk on fire')) };
    await expect(bench.client({ journal }).run(job('a'))).rejects.toThrow('could not be written down: disk on fire');
    expect(bench.server.started()).toEqual([]);
  });

  test('the same key twice at once is refused', async () => {
    await open();
    const client = bench.client();
    const first = client.run(job('a'));
    expect(await reasonFor(client.run(job('a')))).toBe('CONFLICT');
    await first;
  });
});
