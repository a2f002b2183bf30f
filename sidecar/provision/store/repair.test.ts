import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { createEngineStore } from '../engine-store.ts';
import { verifyEngine } from '../verify-engine.ts';
import type { EngineStore, InstalledEngine } from '../types.ts';
import { stagesFor } from './repair.ts';
import { python, serveSmallEngine } from './testing/small-engine.ts';
import type { SmallEngine } from './testing/small-engine.ts';

test.each([
  [[], false, []],
  [['comfy/main.py'], false, ['source', 'self-test', 'lock']],
  [['python/lib/a.py'], false, ['space', 'uv', 'packages', 'self-test', 'lock']],
  [['base/x'], false, ['space', 'uv', 'python', 'packages', 'self-test', 'lock']],
  [['python/a', 'comfy/a'], false, ['space', 'uv', 'source', 'packages', 'self-test', 'lock']],
  [[], true, ['space', 'uv', 'python', 'packages', 'self-test', 'lock']],
])('what is damaged (%j, moved: %s) says what is made anew', (paths, wasMoved, stages) => {
  expect(stagesFor(paths.map((path) => ({ path, what: 'missing' })), wasMoved)).toEqual(stages);
});

const signal = new AbortController().signal;

describe.runIf(python !== undefined && process.platform !== 'win32')('an installed engine', () => {
  let scratch: string;
  let root: string;
  let served: SmallEngine;
  let store: EngineStore;
  let engine: InstalledEngine;
  const at = (path: string): string => join(engine.folder, path);
  const folder = (): string => join(root, 'engine');
  const verify = (): ReturnType<typeof verifyEngine> => verifyEngine({ folder: folder(), engineId: engine.id, isDeep: true, signal });

  // One engine for all: each test leaves it whole, and the last one removes it.
  beforeAll(async () => {
    scratch = await realpath(await mkdtemp(join(tmpdir(), 'adgen repair ü-')));
    root = scratch;
    served = await serveSmallEngine();
    store = createEngineStore({ folder: folder(), modelsDir: join(root, 'models'), source: served.source, reserveBytes: 0 });
    engine = await store.install({ signal });
  });
  afterAll(async () => {
    await served.close();
    await rm(scratch, { recursive: true, force: true });
  });

  test('that is whole is looked at and left alone', async () => {
    const asked = served.server.requests.length;
    expect(await store.repair({ signal })).toEqual(engine);
    expect(served.server.requests).toHaveLength(asked);
    expect(await verify()).toEqual([]);
  });

  test('gets back what is damaged in every part, and keeps what somebody has laid beside', async () => {
    await writeFile(at('comfy/main.py'), 'raise SystemExit("broken")\n');
    await rm(at('comfy/extra ünï/a b.txt'));
    await rm(at('python/lib/site-packages/torch'), { recursive: true });
    await appendFile(at('base/cpython-3.12-stand-in/lib/library.py'), '#');
    await writeFile(at('comfy/models/vae/mine.safetensors'), 'mine');
    await mkdir(join(folder(), 'work', 'output'), { recursive: true });
    await writeFile(join(folder(), 'work', 'output', 'advert.mp4'), 'mine too');
    expect((await verify()).map(({ path, what }) => `${what} ${path}`).sort()).toEqual(['changed base/cpython-3.12-stand-in/lib/library.py', 'changed comfy/main.py', 'missing comfy/extra ünï/a b.txt', 'missing python/lib/site-packages/torch/__init__.py']);
    expect(await store.repair({ signal })).toMatchObject({ id: engine.id, selfTest: { outcome: 'ok' }, bytes: engine.bytes });
    expect(await verify()).toEqual([]);
    expect(await readFile(at('comfy/models/vae/mine.safetensors'), 'utf8')).toBe('mine');
    expect(await readFile(join(folder(), 'work', 'output', 'advert.mp4'), 'utf8')).toBe('mine too');
    expect(await readFile(at('engine.lock.json'), 'utf8')).not.toContain('mine.safetensors');
  });

  test('whose repair fails in the middle does not count as one until it is repaired', async () => {
    await rm(at('python/lib/site-packages/torch/__init__.py'));
    served.files.torch.refuse = { status: 404 };
    await expect(store.repair({ signal })).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(await store.status()).toMatchObject({ engines: [], interrupted: { op: 'repair', stage: 'packages', engineId: engine.id } });
    await expect(store.spec()).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' } });
    served.files.torch.refuse = undefined;
    await store.repair({ signal });
    expect(await store.status()).toMatchObject({ engines: [{ id: engine.id }], interrupted: undefined, problems: [] });
  });

  test('that was moved says so, and is repaired in its new place', async () => {
    const before = folder();
    root = join(root, 'elsewhere');
    await mkdir(root);
    await rename(before, folder());
    store = createEngineStore({ folder: folder(), modelsDir: join(root, 'models'), source: served.source, reserveBytes: 0 });
    expect((await store.status()).problems).toEqual([expect.stringMatching(/was moved here from .*Repair it/)]);
    await expect(store.spec()).rejects.toMatchObject({ message: expect.stringContaining('was moved') });
    engine = await store.repair({ signal });
    expect((await store.spec())?.pythonPath).toBe(at('python/bin/python'));
    expect((await store.status()).problems).toEqual([]);
  });

  test('that runs is neither repaired nor removed', async () => {
    await writeFile(join(folder(), 'run.json'), JSON.stringify({ pid: process.pid, startToken: startTokenOf(process.pid), run: 'r', engineId: engine.id, hostPid: process.pid, hostStartToken: startTokenOf(process.pid) }));
    for (const attempt of [() => store.repair({ signal }), () => store.uninstall(engine.id)]) await expect(attempt()).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'ENGINE_RUNS' }, message: expect.stringMatching(/is running.*Stop the engine first/) });
    await rm(join(folder(), 'run.json'));
  });

  test('of another release cannot be had any more, and says what can', async () => {
    const young = await serveSmallEngine({ commit: 'd'.repeat(40) });
    await rm(at('comfy/main.py'));
    const later = createEngineStore({ folder: folder(), modelsDir: join(root, 'models'), source: young.source, reserveBytes: 0 });
    await expect(later.repair({ signal })).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'ENGINE_OTHER' } });
    await young.close();
    await store.repair({ signal });
  });

  test('is removed to the last file of ours, and nothing else goes', async () => {
    await symlink(root, at('comfy/models/loras'));
    // As after kill -9 in the middle: the lock is set aside, a file is gone already.
    await rename(at('engine.lock.json'), at('engine.removing.json'));
    await rm(at('comfy/main.py'));
    expect(await store.status()).toMatchObject({ engines: [], problems: expect.arrayContaining([expect.stringMatching(/is half removed\. Uninstall it once more/)]) });
    const { removedFiles, left } = await store.uninstall(engine.id);
    expect(removedFiles).toBe(14);
    expect(left.toSorted()).toEqual([at('comfy/models/loras'), at('comfy/models/vae/mine.safetensors')]);
    expect((await readdir(engine.folder)).sort()).toEqual(['comfy', 'engine.left.json']);
    expect(existsSync(join(folder(), 'work', 'output', 'advert.mp4'))).toBe(true);
    const { engines, current, interrupted } = await store.status();
    expect({ engines, current, interrupted }).toEqual({ engines: [], current: undefined, interrupted: undefined });
  });
});
