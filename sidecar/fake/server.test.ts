import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startFakeServer } from './server.ts';
import type { FakeServer } from './server.ts';

interface Frame {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

let root: string;
let server: FakeServer;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fake-comfy-'));
  server = await startFakeServer({ folder: root, stepMs: 2, steps: 3 });
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

const get = async (path: string): Promise<Response> => await fetch(`${server.url}${path}`);
const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => await fetch(`${server.url}${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const json = async (path: string): Promise<Record<string, unknown>> => (await (await get(path)).json()) as Record<string, unknown>;
const graph = (prefix = 'out/x') => ({
  base: { class_type: 'EmptyImage', inputs: { width: 48, height: 32, batch_size: 1, color: 0xff8800 } },
  work: { class_type: 'ColorTransfer', inputs: { image_target: ['base', 0], image_ref: ['base', 0], method: 'histogram', source_stats: 'per_frame', strength: 1 } },
  save: { class_type: 'SaveImage', inputs: { images: ['work', 0], filename_prefix: prefix } },
});

const ended = async (id: string): Promise<Record<string, unknown>> => {
  for (let i = 0; i < 300; i++) {
    const response = await get(`/api/jobs/${id}`);
    const job = (await response.json()) as Record<string, unknown>;
    if (response.status === 200 && !['pending', 'in_progress'].includes(String(job['status']))) return job;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the job did not end');
};

async function listen(clientId: string): Promise<{ frames: Frame[]; binary: Buffer[]; socket: WebSocket }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws?clientId=${clientId}`);
  const [frames, binary]: [Frame[], Buffer[]] = [[], []];
  socket.on('message', (data: Buffer, isBinary) => void (isBinary ? binary.push(data) : frames.push(JSON.parse(data.toString('utf8')) as Frame)));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
  return { frames, binary, socket };
}

describe('a prompt', () => {
  test('is told of in the order of the real server, to its own client only', async () => {
    const [own, other] = [await listen('own'), await listen('other')];
    const id = crypto.randomUUID();
    await post('/prompt', { prompt: graph(), prompt_id: id, client_id: 'own' });
    await ended(id);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const types = own.frames.map((frame) => frame.type).filter((type, i, all) => type !== all[i - 1]);
    expect(types.filter((type) => type !== 'status')).toEqual(['feature_flags', 'execution_start', 'execution_cached', 'progress_state', 'executing', 'progress_state', 'executing', 'progress', 'progress_state', 'progress', 'progress_state', 'progress', 'progress_state', 'executing', 'progress_state', 'executed', 'execution_success', 'executing']);
    expect(own.frames.findLast((frame) => frame.type === 'executing')?.data).toMatchObject({ node: null, prompt_id: id });
    expect(other.frames.every((frame) => frame.type === 'status' || frame.type === 'feature_flags')).toBe(true);
    expect(own.binary.map((frame) => frame.readUInt32BE(0))).toEqual([4, 4, 4]);
    expect(other.binary).toEqual([]);
    own.socket.terminate();
    other.socket.terminate();
  });

  test('makes a real picture, which history, jobs and /view agree on', async () => {
    const id = crypto.randomUUID();
    expect(await (await post('/api/prompt', { prompt: graph(), prompt_id: id })).json()).toEqual({ prompt_id: id, number: 0, node_errors: {} });
    const job = await ended(id);
    const image = { filename: 'x_00001_.png', subfolder: 'out', type: 'output' };
    expect(job).toMatchObject({ id, status: 'completed', outputs: { save: { images: [image] } } });
    expect((await json(`/history/${id}`))[id]).toMatchObject({ outputs: { save: { images: [image] } }, status: { status_str: 'success' } });
    const bytes = Buffer.from(await (await get('/view?filename=x_00001_.png&subfolder=out&type=output')).arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 48, height: 32 });
    expect(bytes).toEqual(await readFile(join(root, 'output', 'out', 'x_00001_.png')));
  });

  test('that was run before is answered from the cache: old names, no new file', async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    for (const [i, id] of ids.entries()) {
      await post('/prompt', { prompt: graph(i === 2 ? 'out/y' : 'out/x'), prompt_id: id });
      await ended(id);
    }
    expect((await readdir(join(root, 'output', 'out'))).toSorted()).toEqual(['x_00001_.png', 'y_00001_.png']);
    expect(await ended(ids[1] ?? '')).toMatchObject({ outputs: { save: { images: [{ filename: 'x_00001_.png' }] } } });
  });

  test('sent twice runs twice, and is one entry of the history', async () => {
    const id = crypto.randomUUID();
    await Promise.all([post('/prompt', { prompt: graph(), prompt_id: id }), post('/prompt', { prompt: graph(), prompt_id: id })]);
    await ended(id);
    for (let i = 0; i < 100 && server.worker().remaining() > 0; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(server.started()).toEqual([id, id]);
    expect(Object.keys(await json('/history'))).toEqual([id]);
  });

  test('a path out of the folder fails when it is run, not before', async () => {
    const id = crypto.randomUUID();
    expect((await post('/prompt', { prompt: graph('../../x'), prompt_id: id })).status).toBe(200);
    expect(await ended(id)).toMatchObject({ status: 'failed', execution_error: { node_id: 'save', exception_type: 'Exception' } });
  });

  test('interrupted it is canceled in the jobs and an error in the history', async () => {
    const id = crypto.randomUUID();
    await post('/prompt', { prompt: graph(), prompt_id: id });
    expect(await (await post(`/api/jobs/${id}/cancel`, {})).json()).toEqual({ cancelled: true });
    expect(await ended(id)).toMatchObject({ status: 'cancelled' });
    expect((await json(`/history/${id}`))[id]).toMatchObject({ status: { status_str: 'error' } });
    expect(await (await post(`/api/jobs/${id}/cancel`, {})).json()).toEqual({ cancelled: false });
  });

  test('taken out of the queue leaves no trace', async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    for (const id of ids) await post('/prompt', { prompt: graph(id), prompt_id: id });
    await post('/queue', { delete: [ids[1]] });
    expect([(await get(`/api/jobs/${ids[1]}`)).status, await json(`/history/${ids[1]}`)]).toEqual([404, {}]);
    await ended(ids[0] ?? '');
  });
});

describe('requests that are wrong', () => {
  test('are answered as the real server does', async () => {
    expect((await post('/prompt', '{"prompt": {')).status).toBe(500);
    expect((await post('/prompt', { prompt: graph(), prompt_id: 'MY-ID' })).status).toBe(400);
    expect((await post('/prompt', {})).status).toBe(400);
    expect((await get('/api/nothing')).status).toBe(404);
    expect(await json('/object_info/NoSuchNode')).toEqual({});
    expect((await get('/view?filename=..%2F..%2Fsecret&type=output')).status).toBe(403);
  });

  test('from a web page are refused', async () => {
    expect((await post('/prompt', { prompt: graph() }, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('/interrupt', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/interrupt', {}, { origin: server.url })).status).toBe(200);
  });
});

test('clips and tones are real files as well', async () => {
  const smoke = JSON.parse((await readFile(join(import.meta.dirname, 'fixtures', 'smoke-all-outputs.json'), 'utf8')).replaceAll('JOB', 'j')) as unknown;
  const id = crypto.randomUUID();
  expect((await post('/prompt', { prompt: smoke, prompt_id: id })).status).toBe(200);
  expect(await ended(id)).toMatchObject({ status: 'completed' });
  const names = (await readdir(join(root, 'output', 'smoke', 'j'))).toSorted();
  expect(names).toEqual(['alt_00001_.webm', 'clip_00001_.mp4', 'music_00001.mp3', 'still_00001_.png']);
  for (const name of names) expect((await readFile(join(root, 'output', 'smoke', 'j', name))).length).toBeGreaterThan(200);
});
