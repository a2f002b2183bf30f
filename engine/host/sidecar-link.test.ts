import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { localSidecar } from '#sidecar/access/local-sidecar.ts';
import type { JobVerdict, SidecarAccess } from '#sidecar/access/types.ts';
import { spawnFakeEngine } from '#sidecar/fake/engine.ts';
import { engineError } from '#sidecar/protocol/failures.ts';
import { createSupervisor } from '#sidecar/supervisor/supervisor.ts';
import { playHost } from '#engine/providers/comfyui/testing/played-host.ts';
import { endOf, openStationBench } from '#engine/providers/comfyui/testing/station-bench.ts';
import type { StepRecord } from '#engine/jobs/types.ts';
import type { EngineClient } from './message-port.ts';
import { nodeStarter } from './node-starter.ts';
import { remoteSidecar, serveSidecar } from './sidecar-link.ts';
import type { EngineSidecarMessage, HostSidecarMessage } from './sidecar-link.ts';
import { superviseEngine } from './supervise-engine.ts';

const never = new AbortController().signal;
const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

/** Both ends over a real channel, as between two processes: everything is copied, nothing arrives at once. */
function link(access: SidecarAccess) {
  const { port1: hostPort, port2: enginePort } = new MessageChannel();
  const host = serveSidecar(access, (message: HostSidecarMessage) => hostPort.postMessage(message));
  const engine = remoteSidecar({ kind: access.kind, needsNetwork: access.needsNetwork }, (message: EngineSidecarMessage) => enginePort.postMessage(message));
  hostPort.on('message', host.onMessage);
  enginePort.on('message', engine.onMessage);
  onTestFinished(() => {
    hostPort.close();
    enginePort.close();
  });
  return { host, engine, hostPort, enginePort };
}

/** Until everything that was sent has arrived, in both directions. */
async function settled({ hostPort, enginePort }: ReturnType<typeof link>): Promise<void> {
  for (const [from, to] of [[enginePort, hostPort], [hostPort, enginePort]] as const) {
    const arrived = new Promise<void>((resolve) => {
      const onMessage = (message: { readonly type: string }): void => {
        if (message.type !== 'test-mark') return;
        to.off('message', onMessage);
        resolve();
      };
      to.on('message', onMessage);
    });
    from.postMessage({ type: 'test-mark' });
    await arrived;
  }
}

describe('across the channel', () => {
  test('a server is connected to, and what its owner knows comes along', async () => {
    const host = playHost({ usesTiledVae: () => true });
    const { access } = link(host.access).engine;
    expect([access.kind, access.needsNetwork, access.usesTiledVae()]).toEqual(['ours', false, false]);
    const connecting = [access.connect(never), access.connect(never)];
    host.serve({ url: 'http://127.0.0.1:1', nonce: 'n' });
    expect(await Promise.all(connecting)).toEqual([{ url: 'http://127.0.0.1:1', nonce: 'n' }, { url: 'http://127.0.0.1:1', nonce: 'n' }]);
    expect(access.usesTiledVae()).toBe(true);
  });

  test('a refusal keeps its code, its sentence and its data', async () => {
    const host = playHost();
    const { access } = link(host.access).engine;
    host.refuse(engineError('ENGINE_FOREIGN', 'Another one answers.'));
    await expect(access.connect(never)).rejects.toMatchObject({ name: 'AdgenError', code: 'PROVIDER_UNAVAILABLE', isTransient: false, message: expect.stringMatching(/^Another one answers\. \S/), data: { reason: 'ENGINE_FOREIGN' } });
  });

  test('losses and verdicts reach all who listen, reports reach the owner', async () => {
    const host = playHost();
    const both = link(host.access);
    const told: unknown[] = [];
    const listener = { onLost: (reason: string) => told.push(reason), onJob: (verdict: JobVerdict) => told.push(verdict) };
    const unsubscribe = both.engine.access.subscribe(listener);
    both.engine.access.subscribe({});
    host.lose('The engine is started again.');
    host.tell({ jobId: 'a', action: 'hold' });
    await settled(both);
    expect(told).toEqual(['The engine is started again.', { jobId: 'a', action: 'hold' }]);
    unsubscribe();
    host.lose('again');
    both.engine.access.report({ type: 'job-started', jobId: 'a' });
    both.engine.access.report({ type: 'ws-down' });
    await settled(both);
    expect([told.length, host.reports]).toEqual([2, ['job-started a', 'ws-down']]);
  });

  test('who gives up is not waited for; the answer that comes then is nobody\'s', async () => {
    const host = playHost();
    const both = link(host.access);
    const ending = new AbortController();
    const connecting = endOf(both.engine.access.connect(ending.signal));
    ending.abort(Object.assign(new Error('enough'), { name: 'AbortError' }));
    expect([await connecting, await endOf(both.engine.access.connect(ending.signal))]).toEqual(['AbortError', 'AbortError']);
    host.serve({ url: 'http://127.0.0.1:1' });
    await settled(both);
    expect(await both.engine.access.connect(never)).toEqual({ url: 'http://127.0.0.1:1' });
  });

  test('an engine whose host is gone waits for nothing, now or later', async () => {
    const both = link(playHost().access);
    const connecting = both.engine.access.connect(never);
    both.engine.close();
    await expect(connecting).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('is gone') });
    expect(await endOf(both.engine.access.connect(never))).toBe('PROVIDER_UNAVAILABLE');
  });

  test('a host whose engine is gone says nothing more, and keeps the server', async () => {
    const host = playHost();
    const both = link(host.access);
    const said: unknown[] = [];
    both.enginePort.on('message', (message: { readonly type: string }) => message.type === 'test-mark' || said.push(message));
    void endOf(both.engine.access.connect(never));
    await settled(both);
    both.host.close();
    host.lose('gone');
    host.serve({ url: 'http://127.0.0.1:1' });
    await settled(both);
    expect([said, host.connects()]).toEqual([[], 1]);
  });

  test('jobs run as if the server were here, also over a loss', async () => {
    const bench = openStationBench();
    onTestFinished(async () => await bench.close());
    const [first, second] = [await bench.serve({ nonce: 'one', stepMs: 40 }), await bench.serve({ nonce: 'two' })];
    const host = playHost();
    host.serve({ url: first.url, nonce: 'one' });
    const station = bench.station({ access: link(host.access).engine.access });
    const onRunning = (): void => {
      if (second.started().length > 0) return;
      host.lose('The engine is started again.');
      host.serve({ url: second.url, nonce: 'two' });
    };
    expect(await station.run(bench.job('a', 1, { onRunning }))).toHaveLength(1);
    expect([first.started().length, second.started().length]).toEqual([1, 1]);
    await vi.waitFor(() => expect(host.reports.at(-1)).toBe('job-ended a'));
  });
});

describe('between processes', () => {
  let root: string;
  beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'adgen-link-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

  test('an engine that crashes finds the host\'s ComfyUI as it was', async () => {
    mkdirSync(join(root, 'base'));
    const supervisor = createSupervisor({ spec: { engineId: 'fake', pythonPath: process.execPath, mainPath: 'main.py', baseDir: join(root, 'base') }, folder: join(root, 'supervisor'), spawn: spawnFakeEngine });
    onTestFinished(async () => await supervisor.quit());
    const jobs: string[] = [];
    const access = localSidecar(supervisor);
    const engine = await superviseEngine(nodeStarter, { dataDir: join(root, 'data'), port: 0, onNote: () => {}, sidecar: { ...access, report: (report) => { access.report(report); if (report.type === 'job-started') jobs.push(report.jobId); } } });
    onTestFinished(async () => await engine.dispose());
    const client: EngineClient = createORPCClient(new RPCLink({ url: `http://127.0.0.1:${engine.port}/rpc`, headers: { authorization: `Bearer ${engine.token}` } }));
    const { runId } = await client.adverts.make({ photoPaths: [SAMPLE], ratios: ['1:1'], durationFrames: 120, sceneCount: 3, engine: 'comfyui', workflows: ['smoke-backdrop-still'] });
    await vi.waitFor(() => expect(jobs.length).toBeGreaterThan(0), { timeout: 30_000, interval: 5 });
    const [comfy, crashed] = [supervisor.pid, engine.pid];
    process.kill(crashed, 'SIGKILL');
    await vi.waitFor(() => expect(engine.pid).not.toBe(crashed), { timeout: 30_000 });
    const cutout = async (): Promise<StepRecord | undefined> => ((await client.runs.show({ runId }))['steps'] as StepRecord[]).find((step) => step.kind === 'cutout');
    await vi.waitFor(async () => expect(await cutout()).toMatchObject({ state: 'succeeded', provider: 'comfyui' }), { timeout: 60_000, interval: 100 });
    expect([supervisor.pid, existsSync(join(root, 'base', 'output', 'adgen'))]).toEqual([comfy, true]);
    expect(new Set(jobs.filter((jobId) => jobId.endsWith('-cutout'))).size).toBe(1);
    await client.runs.cancel({ runId });
  }, 120_000);
});
