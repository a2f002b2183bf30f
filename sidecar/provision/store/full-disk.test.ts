/** An engine folder on a small tmpfs that fills up, at many sizes: each time one sentence, and it goes on when there is room. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineStore } from '../engine-store.ts';
import { verifyEngine } from '../verify-engine.ts';
import { python, serveSmallEngine } from './testing/small-engine.ts';
import type { SmallEngine } from './testing/small-engine.ts';

/** Only root may mount, and not in every container. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const signal = new AbortController().signal;

describe.runIf(canMount() && python !== undefined)('a disk that is too small', () => {
  let root: string;
  let engine: SmallEngine;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'adgen full-')));
    await mkdir(join(root, 'engine'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', join(root, 'engine')], { stdio: 'ignore' });
    engine = await serveSmallEngine();
    // The forecast would refuse at once; here it is the disk that says it, as when somebody else fills it meanwhile.
    Object.assign(engine.lock, { downloadBytes: 0, unpackedBytes: 0 });
    Object.assign(engine.release.comfyui, { archiveBytes: 0, unpackedBytes: 0 });
    Object.assign(engine.release.python, { archiveBytes: 0, unpackedBytes: 0 });
  });
  afterEach(async () => {
    execFileSync('umount', ['-l', join(root, 'engine')]);
    await engine.close();
    await rm(root, { recursive: true, force: true });
  });
  const resize = (kilobytes: number): Buffer => execFileSync('mount', ['-o', `remount,size=${kilobytes}k`, join(root, 'engine')]);

  test('stops an installation wherever it is, and loses nothing', async () => {
    const folder = join(root, 'engine');
    const store = createEngineStore({ folder, modelsDir: join(root, 'models'), source: engine.source, reserveBytes: 0, network: { retryFirstMs: 1, tries: 2 } });
    const stages = new Set<string>();
    let kilobytes = 8;
    for (; kilobytes < 4000; kilobytes += 12) {
      resize(kilobytes);
      const failure: unknown = await store.install({ signal }).then(() => undefined, (error: unknown) => error);
      if (failure === undefined) break;
      expect(failure).toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/full|free/) });
      stages.add((await store.status()).interrupted?.stage ?? 'none');
    }
    expect(stages.size).toBeGreaterThan(2);
    const { engines: [installed], problems, interrupted } = await store.status();
    expect({ problems, interrupted }).toEqual({ problems: [], interrupted: undefined });
    expect(await verifyEngine({ folder, engineId: installed?.id ?? '', isDeep: true })).toEqual([]);
  }, 120_000);

  test('is made room on by removing an engine', async () => {
    resize(4000);
    const folder = join(root, 'engine');
    const store = createEngineStore({ folder, modelsDir: join(root, 'models'), source: engine.source, reserveBytes: 0 });
    const { id } = await store.install({ signal });
    const filler = await open(join(folder, 'work', 'filler'), 'w');
    const fill = async (): Promise<never> => {
      for (;;) await filler.write(Buffer.alloc(4096));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'ENOSPC' });
    await filler.close();
    await expect(store.use({ kind: 'external', url: 'http://127.0.0.1:8188' })).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await store.uninstall(id)).toMatchObject({ left: [] });
    const { engines, current, interrupted, problems } = await store.status();
    expect({ engines, current, interrupted, problems }).toEqual({ engines: [], current: undefined, interrupted: undefined, problems: [] });
  });

  test('is said before anything is fetched', async () => {
    Object.assign(engine.lock, { unpackedBytes: 5e9 });
    const store = createEngineStore({ folder: join(root, 'engine'), modelsDir: join(root, 'models'), source: engine.source });
    await expect(store.install({ signal })).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/7\.6 GB are needed for .* free there/) });
    expect(engine.server.requests).toEqual([]);
  });
});
