import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSupervisor } from '#sidecar/supervisor/supervisor.ts';
import type { Supervisor } from '#sidecar/supervisor/supervisor.ts';
import { SHORT } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { spawnFakeEngine } from '../fake/engine.ts';
import { localSidecar } from './local-sidecar.ts';
import type { SidecarAccess, SidecarConnection } from './types.ts';

const never = new AbortController().signal;

let folder: string;
let supervisor: Supervisor;
let access: SidecarAccess;
let lost: string[];
let verdicts: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adgen-local-'));
  supervisor = createSupervisor({ spec: { engineId: 'fake', pythonPath: process.execPath, mainPath: 'main.py', baseDir: folder }, folder, limits: SHORT, spawn: spawnFakeEngine });
  access = localSidecar(supervisor);
  [lost, verdicts] = [[], []];
  onTestFinished(access.subscribe({ onLost: (reason) => lost.push(reason), onJob: ({ jobId, action }) => verdicts.push(`${action} ${jobId}`) }));
});
afterEach(async () => {
  await supervisor.quit();
  rmSync(folder, { recursive: true, force: true });
});

async function nonceAt({ url }: SidecarConnection): Promise<unknown> {
  return ((await (await fetch(`${url}/features`)).json()) as Record<string, unknown>)['adgen'];
}

function kill(): void {
  process.kill(supervisor.pid ?? 0, 'SIGKILL');
}

describe('our own engine', () => {
  test('is started by who asks first, for all; after a crash the next one is told of and has another nonce', async () => {
    const [first, same] = await Promise.all([access.connect(never), access.connect(never)]);
    expect(same).toEqual(first);
    expect(first.nonce).toBeDefined();
    expect(await nonceAt(first)).toBe(first.nonce);
    access.report({ type: 'job-started', jobId: 'a' });
    kill();
    await vi.waitFor(() => expect(lost).toEqual(['The engine is started again.']));
    expect(verdicts).toEqual(['requeue a']);
    const second = await access.connect(never);
    expect(second.nonce).not.toBe(first.nonce);
    expect(await nonceAt(second)).toBe(second.nonce);
    access.report({ type: 'job-started', jobId: 'a' });
    kill();
    await vi.waitFor(() => expect(verdicts).toEqual(['requeue a', 'hold a']));
    await access.connect(never);
    expect(lost).toHaveLength(2);
  });

  test('that its user stops is lost, and can be started again', async () => {
    await access.connect(never);
    await supervisor.stop();
    expect(lost).toEqual(['The engine was stopped.']);
    expect((await access.connect(never)).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('that is stopped before it was ready is an error for who waits, not a cancel', async () => {
    const connecting = access.connect(never).catch((error: unknown) => error);
    await vi.waitFor(() => expect(supervisor.state.name).toBe('starting'));
    await supervisor.stop();
    expect(await connecting).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', data: { reason: 'ENGINE_UNREACHABLE' }, message: expect.stringMatching(/^The engine was stopped before it was ready\. /) });
  });

  test('goes on starting when who asked first gives up', async () => {
    const ending = new AbortController();
    const first = access.connect(ending.signal);
    ending.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect((await access.connect(never)).nonce).toBeDefined();
    expect(lost).toEqual([]);
  });

  test('steps down its memory ladder, and in the end wants tiles and something smaller', async () => {
    await access.connect(never);
    const runOut = async (): Promise<string | undefined> => {
      const before = verdicts.length;
      access.report({ type: 'job-out-of-memory', jobId: 'a' });
      await vi.waitFor(() => expect(verdicts.length).toBe(before + 1));
      await access.connect(never);
      return verdicts.at(-1);
    };
    const seen: [string | undefined, boolean, number][] = [];
    for (let times = 0; times < 5; times++) seen.push([await runOut(), access.usesTiledVae(), lost.length]);
    expect(seen).toEqual([['requeue a', false, 0], ['requeue a', false, 1], ['requeue a', false, 2], ['requeue a', true, 3], ['ask-smaller a', true, 3]]);
  });
});
