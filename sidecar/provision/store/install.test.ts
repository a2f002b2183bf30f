import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineStore } from '../engine-store.ts';
import type { EngineStoreOptions } from '../engine-store.ts';
import type { EngineStore, ProvisionProgress } from '../types.ts';
import { python, serveSmallEngine } from './testing/small-engine.ts';
import type { SmallEngine, SmallEngineOptions } from './testing/small-engine.ts';

let root: string;
const served: SmallEngine[] = [];
beforeEach(async () => void (root = await realpath(await mkdtemp(join(tmpdir(), 'adgen störe 广告-')))));
afterEach(async () => {
  await Promise.all(served.splice(0).map((engine) => engine.close()));
  await rm(root, { recursive: true, force: true });
});

const signal = new AbortController().signal;
const folder = (): string => join(root, 'engine');
async function serve(options?: SmallEngineOptions): Promise<SmallEngine> {
  const engine = await serveSmallEngine(options);
  served.push(engine);
  return engine;
}
const storeOf = ({ source }: SmallEngine, options: Partial<EngineStoreOptions> = {}): EngineStore =>
  createEngineStore({ folder: folder(), modelsDir: join(root, 'models'), source, reserveBytes: 0, network: { retryFirstMs: 1, tries: 2 }, ...options });

describe.runIf(python !== undefined && process.platform !== 'win32')('an installation', () => {
  test('leaves a whole engine in use, ready to be started, and nothing of the way there', async () => {
    const engine = await serve();
    const store = storeOf(engine);
    const told: ProvisionProgress[] = [];
    const installed = await store.install({ signal, onProgress: (progress) => void told.push(progress) });
    expect(installed).toMatchObject({ id: expect.stringMatching(/^9\.9\.9-cpu-[0-9a-f]{8}$/), comfyVersion: '9.9.9', variant: 'cpu', platform: engine.platform, selfTest: { outcome: 'ok' } });
    expect((await readdir(folder())).sort()).toEqual(['current.json', 'engines', 'tools', 'work']);
    expect((await readdir(installed.folder)).sort()).toEqual(['base', 'comfy', 'engine.lock.json', 'python']);
    expect(await store.status()).toEqual({ folder: folder(), modelsDir: join(root, 'models'), current: { kind: 'managed', engineId: installed.id }, engines: [installed], problems: [], interrupted: undefined });
    expect(await store.spec()).toMatchObject({
      engineId: installed.id, mainPath: join(installed.folder, 'comfy', 'main.py'), pythonPath: join(installed.folder, 'python', 'bin', 'python'),
      baseDir: join(folder(), 'work'), deviceFlags: ['--cpu'], ownNodes: [], modelPathFiles: [join(folder(), 'model-paths.yaml')], knownFlags: new Set(['--base-directory', '--cpu', '--help', '--listen', '--port']),
    });
    expect(await readFile(join(folder(), 'model-paths.yaml'), 'utf8')).toContain(JSON.stringify(join(root, 'models', 'vae')));
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['look', 'space', 'uv', 'python', 'source', 'packages', 'self-test', 'lock', 'switch']);
  });

  test('of what is installed already fetches nothing and switches to it', async () => {
    const [first, second] = [await serve(), await serve({ commit: 'd'.repeat(40) })];
    const a = await storeOf(first).install({ signal });
    const b = await storeOf(second).install({ signal });
    const asked = first.server.requests.length;
    expect(await storeOf(first).install({ signal })).toEqual(a);
    expect(first.server.requests).toHaveLength(asked);
    expect(await storeOf(first).status()).toMatchObject({ current: { engineId: a.id }, previous: { engineId: b.id } });
  });

  test('beside a working engine that cannot prove itself is kept but not switched to', async () => {
    const [working, gpu] = [await serve(), await serve({ variant: 'cu130', isDevice: false })];
    const a = await storeOf(working).install({ signal });
    const told: string[] = [];
    const b = await storeOf(gpu).install({ variant: 'cu130', signal, onProgress: ({ note }) => void told.push(note) });
    expect(b.selfTest.outcome).toBe('cpu-only');
    expect(told.join('\n')).toMatch(/is kept but not switched to: it computes on the CPU, not with cu130/);
    const status = await storeOf(gpu).status();
    expect(status).toMatchObject({ current: { engineId: a.id }, problems: [expect.stringContaining(`${b.id} has not proved itself`)] });
    await storeOf(gpu).use({ kind: 'managed', engineId: b.id });
    expect(await storeOf(gpu).spec()).toMatchObject({ engineId: b.id, deviceFlags: ['--cpu'] });
    expect(await storeOf(gpu).goBack()).toEqual({ kind: 'managed', engineId: a.id });
  });

  test('alone is used even when it is slow', async () => {
    const engine = await serve({ variant: 'cu130', isDevice: false });
    const { id } = await storeOf(engine).install({ signal });
    expect(await storeOf(engine).status()).toMatchObject({ current: { engineId: id } });
  });

  test('takes damaged and foreign files for what they are, and tries again', async () => {
    const engine = await serve();
    engine.files.source.damage = { times: 1 };
    engine.files.torch.damage = { times: 1 };
    expect(await storeOf(engine).install({ signal })).toMatchObject({ selfTest: { outcome: 'ok' } });
  });

  test.each<[string, (engine: SmallEngine) => void, string, object]>([
    ['the source is another version', (engine: SmallEngine) => void ((engine.release.comfyui as { treeDigest: string }).treeDigest = 'f'.repeat(40)), 'source', { data: { reason: 'NET_HASH' } }],
    ['a package is damaged for good', (engine: SmallEngine) => void (engine.files.torch.damage = {}), 'packages', { data: { reason: 'NET_HASH' } }],
    ['a file is gone', (engine: SmallEngine) => void (engine.files.uv.refuse = { status: 404 }), 'uv', { code: 'PROVIDER_REJECTED' }],
    ['the disk is too small', (engine: SmallEngine) => void ((engine.lock as { unpackedBytes: number }).unpackedBytes = 1e18), 'space', { code: 'DISK_FULL' }],
  ])('stops with one sentence when %s, and goes on there', async (_, harm, stage, error) => {
    const engine = await serve();
    harm(engine);
    await expect(storeOf(engine).install({ signal })).rejects.toMatchObject(error);
    const { interrupted, engines, current } = await storeOf(engine).status();
    expect({ interrupted, engines, current }).toMatchObject({ interrupted: { op: 'install', stage }, engines: [], current: undefined });
  });

  test('goes on at the stage that failed, and does not repeat what is done', async () => {
    const engine = await serve();
    engine.files.torch.refuse = { status: 404 };
    await expect(storeOf(engine).install({ signal })).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    engine.files.torch.refuse = undefined;
    const before = engine.server.requests.length;
    const stages = new Set<string>();
    await storeOf(engine).install({ signal, onProgress: ({ stage }) => void stages.add(stage) });
    expect([...stages]).toEqual(['packages', 'self-test', 'lock', 'switch']);
    expect(engine.server.requests.slice(before).map(({ path }) => path)).toEqual(['/torch-1.0-py3-none-any.whl']);
  });

  test('of another release removes what an interrupted one has left', async () => {
    const [old, young] = [await serve(), await serve({ commit: 'd'.repeat(40) })];
    old.files.torch.refuse = { status: 404 };
    await expect(storeOf(old).install({ signal })).rejects.toThrow();
    const { id } = await storeOf(young).install({ signal });
    expect(await readdir(join(folder(), 'engines'))).toEqual([id]);
  });

  test('ends when it is cancelled in the middle of a download, and can go on', async () => {
    const engine = await serve();
    engine.files.source.stall = { afterBytes: 10, times: 1 };
    const controller = new AbortController();
    const installing = storeOf(engine).install({ signal: controller.signal });
    await Promise.race([engine.server.asked('/source.zip'), installing]);
    controller.abort();
    await expect(installing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await storeOf(engine).status()).toMatchObject({ interrupted: { stage: 'source' } });
    expect(await storeOf(engine).install({ signal })).toMatchObject({ selfTest: { outcome: 'ok' } });
  });

  test('excludes every other operation meanwhile', async () => {
    const engine = await serve();
    engine.files.source.stall = { afterBytes: 10 };
    const controller = new AbortController();
    const installing = storeOf(engine).install({ signal: controller.signal });
    await Promise.race([engine.server.asked('/source.zip'), installing]);
    await expect(storeOf(engine).install({ signal })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(String(process.pid)) });
    controller.abort();
    await expect(installing).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('never happens where files would be lost', async () => {
    const engine = await serve();
    const synced = join(root, 'Dropbox', 'engine');
    await expect(storeOf(engine, { folder: synced }).install({ signal })).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'DISK_PATH' } });
    expect(existsSync(join(root, 'Dropbox'))).toBe(false);
  });
});

describe('an empty or damaged store', () => {
  test('has a status, no engine to start, none to go back to, none to repair', async () => {
    const store = createEngineStore({ folder: folder(), modelsDir: join(root, 'models') });
    expect(await store.status()).toEqual({ folder: folder(), modelsDir: join(root, 'models'), engines: [], problems: [], interrupted: undefined });
    expect(await store.spec()).toBeUndefined();
    await expect(store.goBack()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.repair({ signal })).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('There is no engine to repair') });
    await expect(store.use({ kind: 'managed', engineId: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('says what is wrong with folders that are no engines', async () => {
    await mkdir(join(folder(), 'engines', 'half', 'base'), { recursive: true });
    await mkdir(join(folder(), 'engines', 'Not Ours'), { recursive: true });
    await writeFile(join(folder(), 'current.json'), JSON.stringify({ current: { kind: 'managed', engineId: 'gone' } }));
    const store = createEngineStore({ folder: folder(), modelsDir: join(root, 'models') });
    expect((await store.status()).problems).toEqual([expect.stringMatching(/half" holds the rest of an engine\. Uninstall half/), expect.stringMatching(/The engine in use, gone, is not whole/)]);
    await expect(store.spec()).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' } });
    expect(await store.uninstall('half')).toEqual({ removedFiles: 0, left: [] });
    expect((await store.status()).problems).toHaveLength(1);
  });
});
