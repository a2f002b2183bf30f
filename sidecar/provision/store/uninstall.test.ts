import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineStore } from '../engine-store.ts';
import type { EngineStore, InstalledEngine } from '../types.ts';
import { python, serveSmallEngine } from './testing/small-engine.ts';
import type { SmallEngine } from './testing/small-engine.ts';

const signal = new AbortController().signal;
let root: string;
let served: SmallEngine;
let store: EngineStore;
let engine: InstalledEngine;
let mine: string;

describe.runIf(python !== undefined && process.platform !== 'win32')('what a user has put into an engine', () => {
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'adgen-uninstall-')));
    served = await serveSmallEngine();
    store = createEngineStore({ folder: join(root, 'engine'), modelsDir: join(root, 'models'), source: served.source, reserveBytes: 0 });
    engine = await store.install({ signal });
    mine = join(engine.folder, 'comfy', 'my weights.safetensors');
    await writeFile(mine, 'mine');
    expect(await store.uninstall(engine.id)).toEqual({ removedFiles: expect.any(Number), left: [mine] });
  });
  afterEach(async () => {
    await served.close();
    await rm(root, { recursive: true, force: true });
  });

  test('stays however often the engine is removed, and is no problem of ours', async () => {
    expect(await store.uninstall(engine.id)).toEqual({ removedFiles: 0, left: [mine] });
    expect(await readFile(mine, 'utf8')).toBe('mine');
    expect(await store.status()).toMatchObject({ engines: [], problems: [] });
  });

  test('stays when the engine is installed again, and removed again', async () => {
    expect(await store.install({ signal })).toMatchObject({ id: engine.id });
    expect(await store.status()).toMatchObject({ engines: [{ id: engine.id }], problems: [] });
    expect(await readFile(mine, 'utf8')).toBe('mine');
    expect(await store.uninstall(engine.id)).toMatchObject({ left: [mine] });
  });

  test('stays when another engine is installed after one that was cut off there', async () => {
    served.files.torch.refuse = { status: 404 };
    await expect(store.install({ signal })).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    const other = await serveSmallEngine({ commit: 'd'.repeat(40) });
    await createEngineStore({ folder: join(root, 'engine'), modelsDir: join(root, 'models'), source: other.source, reserveBytes: 0 }).install({ signal });
    await other.close();
    expect(await readFile(mine, 'utf8')).toBe('mine');
  });

  test('taken away by the user, takes the folder along', async () => {
    await rm(mine);
    expect(await store.uninstall(engine.id)).toEqual({ removedFiles: 0, left: [] });
    expect(existsSync(engine.folder)).toBe(false);
  });
});
