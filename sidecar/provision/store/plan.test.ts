import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineStore } from '../engine-store.ts';
import { python, serveSmallEngine } from './testing/small-engine.ts';
import type { SmallEngine } from './testing/small-engine.ts';

const signal = new AbortController().signal;
let root: string;
let served: SmallEngine;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'adgen-plan-'));
  served = await serveSmallEngine();
});
afterEach(async () => {
  await served.close();
  await rm(root, { recursive: true, force: true });
});

describe.runIf(python !== undefined && process.platform !== 'win32')('what would be installed', () => {
  test('is known beforehand, and is what is installed then', async () => {
    const store = createEngineStore({ folder: join(root, 'engine'), modelsDir: join(root, 'models'), source: served.source, reserveBytes: 0 });
    const plan = await store.plan({ signal });
    expect({ requests: served.server.requests.length, isFolder: existsSync(join(root, 'engine')) }).toEqual({ requests: 0, isFolder: false });
    expect(plan).toMatchObject({ variant: 'cpu', platform: served.platform, comfyVersion: '9.9.9', notes: [expect.stringMatching(/No supported GPU was found/)] });
    const { python: archives, comfyui, uv } = served.release;
    expect(plan.downloadBytes).toBe(served.lock.downloadBytes + archives.archiveBytes + comfyui.archiveBytes + (uv.wheels[served.platform]?.bytes ?? 0));
    expect(await store.install({ signal })).toMatchObject({ id: plan.engineId });

    const bundle = join(root, 'small.bundle');
    await store.bundle({ file: bundle, modelIds: [], signal });
    const elsewhere = createEngineStore({ folder: join(root, 'elsewhere'), modelsDir: join(root, 'models'), source: served.source, reserveBytes: 0 });
    expect(await elsewhere.plan({ bundlePath: bundle, signal })).toMatchObject({ engineId: plan.engineId, downloadBytes: 0, passingBytes: 0 });
    await expect(elsewhere.plan({ bundlePath: bundle, variant: 'rocm', signal })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(existsSync(join(root, 'elsewhere'))).toBe(false);
  });
});
