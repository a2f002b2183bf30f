import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createEngineStore } from '#sidecar/provision/engine-store.ts';
import type { EngineStore } from '#sidecar/provision/types.ts';
import { membersOf } from '#sidecar/supervisor/process-tree.ts';
import { readRunRecord } from '#sidecar/supervisor/run-record.ts';
import { findPython, fixtureOptions, SHORT } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { startFakeServer } from '../fake/server.ts';
import { openSidecar } from './open-sidecar.ts';

const never = new AbortController().signal;
const python = findPython();
const OWNER = join(import.meta.dirname, '..', 'contract', 'host.ts');

let root: string;
let engineDir: string;
let store: EngineStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'adgen-open-'));
  engineDir = join(root, 'supervisor');
  store = createEngineStore({ folder: engineDir, modelsDir: join(root, 'models') });
});
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

const open = async (from: Pick<EngineStore, 'status' | 'spec'> = store) => await openSidecar({ engineDir, store: from, onNote: () => {}, limits: SHORT });

describe('the engine to use', () => {
  test('is none where none was set up', async () => expect(await open()).toBeUndefined());

  test('is the server that was made current', async () => {
    const server = await startFakeServer({ folder: root });
    onTestFinished(async () => await server.close());
    await store.adoptUrl(`${server.url}/`);
    const opened = await open();
    expect(opened?.access.kind).toBe('external');
    expect(opened?.supervisor).toBeUndefined();
    expect(await opened?.access.connect(never)).toEqual({ url: server.url });
    await opened?.close();
    expect((await fetch(`${server.url}/features`)).status).toBe(200);
  });

  test.skipIf(python === undefined)('is our own installation: started when somebody wants it, ended by close', async () => {
    const { spec } = fixtureOptions({ pythonPath: python ?? '', fixture: 'well_behaved.py', folder: root });
    const opened = await open({ status: store.status, spec: async () => ({ ...spec, bytecodeDir: join(root, 'bytecode') }) });
    if (!opened?.supervisor) throw new Error('there is no supervisor');
    expect([opened.access.kind, opened.supervisor.state.name]).toEqual(['ours', 'stopped']);
    const { nonce } = await opened.access.connect(never);
    const record = readRunRecord(engineDir);
    expect(record?.run).toBe(nonce);
    await opened.close();
    expect(record && membersOf(record)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('is before all else one that another program of ours has running', async () => {
    const server = await startFakeServer({ folder: root });
    onTestFinished(async () => await server.close());
    await store.adoptUrl(server.url);
    const owner = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', OWNER, JSON.stringify({ kind: 'fake' }), root], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void owner.kill('SIGKILL'));
    const exited = once(owner, 'exit');
    const [said] = (await once(createInterface(owner.stdout), 'line')) as [string];
    const { url, pid, run } = JSON.parse(said) as { url: string; pid: number; run: string };

    const opened = await open();
    const lost: string[] = [];
    onTestFinished(opened?.access.subscribe({ onLost: (reason) => lost.push(reason) }) ?? (() => {}));
    expect([opened?.access.kind, await opened?.access.connect(never)]).toEqual(['shared', { url, nonce: run }]);

    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(lost).toHaveLength(1), { timeout: 20_000 });
    const next = await opened?.access.connect(never);
    expect(next?.nonce).not.toBe(run);
    expect(await (await fetch(`${next?.url}/features`)).json()).toMatchObject({ adgen: next?.nonce });

    owner.kill('SIGKILL');
    await exited;
    await expect(opened?.access.connect(never)).rejects.toMatchObject({ data: { reason: 'ENGINE_UNREACHABLE' } });
    expect((await open())?.access.kind).toBe('external');
    await opened?.close();
    await vi.waitFor(() => expect(membersOf({ pid: readRunRecord(engineDir)?.pid ?? 0, run: next?.nonce ?? '' })).toEqual([]), { timeout: 20_000 });
  });
});
