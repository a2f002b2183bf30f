import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { externalSidecar } from '#sidecar/access/external-sidecar.ts';
import { colorOf } from '#sidecar/client/testing/harness.ts';
import { freePort } from '#sidecar/fake/testing/fake-process.ts';
import { openStationBench, endOf } from './testing/station-bench.ts';
import type { StationBench } from './testing/station-bench.ts';
import { playHost } from './testing/played-host.ts';

const MINUTE_MS = 60_000;
const never = new AbortController().signal;

let bench: StationBench;
beforeEach(() => void (bench = openStationBench()));
afterEach(async () => await bench.close());

describe('a look', () => {
  test('connects once for all who ask, and says what the server could do', async () => {
    const server = await bench.serve({ nonce: 'ours' });
    const host = playHost();
    const station = bench.station({ access: host.access });
    const looks = Array.from({ length: 8 }, async () => await station.look(never));
    host.serve({ url: server.url, nonce: 'ours' });
    const [view, ...others] = await Promise.all(looks);
    expect(others.every((other) => other === view)).toBe(true);
    expect([host.connects(), server.connections()]).toEqual([1, 1]);
    expect(view).toMatchObject({ identity: { version: '0.33.0' }, device: { type: 'cuda' }, hasTiledDecoder: true });
    expect(view?.workflows.find(({ workflow }) => workflow.manifest.id === 'smoke-backdrop-still')?.report).toMatchObject({ isUsable: true });
    expect(host.reports).toEqual(['ws-up']);
  });

  test('one who gives up does not take the connection from the others', async () => {
    const server = await bench.serve();
    const host = playHost();
    const station = bench.station({ access: host.access });
    const ending = new AbortController();
    const [first, second] = [endOf(station.look(ending.signal)), station.look(never)];
    ending.abort();
    expect(await first).toBe('AbortError');
    host.serve({ url: server.url });
    expect((await second).identity.version).toBe('0.33.0');
    expect(host.connects()).toBe(1);
  });

  test('a server out of reach is known as such for a minute, then asked again', async () => {
    const port = await freePort();
    const station = bench.station({ access: externalSidecar(`http://127.0.0.1:${port}`), readyMs: 200 });
    const failed = await station.look(never).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\. \S/) });
    const server = await bench.serve({ port });
    bench.pass(MINUTE_MS - 1);
    expect(await station.look(never).catch((error: unknown) => error)).toBe(failed);
    expect(await station.run(bench.job('a')).catch((error: unknown) => error)).toBe(failed);
    expect(server.connections()).toBe(0);
    bench.pass(1);
    expect(await endOf(station.look(never))).toBe('done');
  });

  test('an owner that cannot start it is believed for a minute', async () => {
    const refusal = new AdgenError('PROVIDER_UNAVAILABLE', 'The engine is damaged. Repair it.');
    const host = playHost();
    host.refuse(refusal);
    const station = bench.station({ access: host.access });
    expect([await station.look(never).catch((error: unknown) => error), await station.look(never).catch((error: unknown) => error)]).toEqual([refusal, refusal]);
    expect(host.connects()).toBe(1);
  });

  test('a bug is no finding about the server', async () => {
    const host = playHost();
    host.refuse(new TypeError('a bug'));
    const station = bench.station({ access: host.access });
    expect([await endOf(station.look(never)), await endOf(station.look(never)), host.connects()]).toEqual(['TypeError', 'TypeError', 2]);
  });

  test('another server in its place is refused', async () => {
    const server = await bench.serve({ nonce: 'theirs' });
    const host = playHost();
    host.serve({ url: server.url, nonce: 'ours' });
    const station = bench.station({ access: host.access });
    expect([await endOf(station.look(never)), await endOf(station.run(bench.job('a')))]).toEqual(['ENGINE_FOREIGN', 'ENGINE_FOREIGN']);
    expect(server.started()).toEqual([]);
  });

  test('is renewed after a minute, with what was added meanwhile', async () => {
    const { url } = await bench.serve();
    const workflowsDir = join(bench.db.dataDir, 'workflows');
    const station = bench.station({ access: externalSidecar(url), workflowsDir });
    const first = await station.look(never);
    await cp(first.workflows[0]?.workflow.folder ?? '', join(workflowsDir, 'mine'), { recursive: true });
    await rm(join(workflowsDir, 'mine', 'manifest.json'));
    expect(await station.look(never)).toBe(first);
    bench.pass(MINUTE_MS);
    const ids = (await station.look(never)).workflows.map(({ workflow }) => workflow.manifest.id);
    expect(ids).toContain('user-mine');
  });

  test('a server that is too busy to answer keeps its last view; an answer that is cut is asked for again', async () => {
    const server = await bench.serve();
    const station = bench.station({ access: externalSidecar(server.url), limits: { objectInfoMs: 150 } });
    const first = await station.look(never);
    server.faults.arm('silent');
    bench.pass(MINUTE_MS);
    expect(await station.look(never)).toBe(first);
    server.faults.disarm();
    server.faults.arm('truncated-json', 1);
    bench.pass(MINUTE_MS);
    const second = await station.look(never);
    expect(second).not.toBe(first);
    expect(second.workflows).toHaveLength(first.workflows.length);
  });

  test('goes on with the next server when the first is lost under it', async () => {
    const [silent, good] = [await bench.serve(), await bench.serve()];
    silent.faults.arm('silent');
    const host = playHost();
    host.serve({ url: silent.url });
    const station = bench.station({ access: host.access });
    const look = station.look(never);
    await vi.waitFor(() => expect(host.connects()).toBe(1));
    await new Promise(setImmediate); // its client has begun to ask
    host.lose('The engine is started again.');
    host.serve({ url: good.url });
    expect((await look).identity.version).toBe('0.33.0');
    expect(good.connections()).toBe(1);
  });

  test('news of a loss that overtakes the answer is not missed', async () => {
    const server = await bench.serve();
    const host = playHost();
    const station = bench.station({ access: host.access });
    const look = station.look(never);
    await vi.waitFor(() => expect(host.connects()).toBe(1));
    host.serve({ url: 'http://127.0.0.1:1' });
    host.lose('gone'); // before the answer could be read
    host.serve({ url: server.url });
    expect((await look).identity.version).toBe('0.33.0');
    expect(host.connects()).toBe(2);
  });
});

describe('a job', () => {
  test('comes out once, and its owner knows what the server works on', async () => {
    const server = await bench.serve();
    const host = playHost();
    host.serve({ url: server.url });
    const station = bench.station({ access: host.access });
    const [file] = await station.run(bench.job('a', 0xc02010));
    expect(await colorOf(file)).toBe(0xc02010);
    expect(host.reports).toEqual(['ws-up', 'job-started a', 'job-ended a']);
    expect(await bench.journal.get('a')).toMatchObject({ state: 'done', files: [{ path: file?.path }] });
    expect(await station.run(bench.job('a', 0xc02010))).toEqual([file]);
    expect(server.started()).toHaveLength(1);
  });

  test('survives that its server is replaced by another one', async () => {
    const [first, second] = [await bench.serve({ nonce: 'one', stepMs: 50 }), await bench.serve({ nonce: 'two' })];
    const host = playHost();
    host.serve({ url: first.url, nonce: 'one' });
    const station = bench.station({ access: host.access });
    const replaceOnce = (): void => {
      if (second.started().length > 0) return;
      host.lose('The engine is started again.');
      void first.close();
      host.serve({ url: second.url, nonce: 'two' });
    };
    const [file] = await station.run(bench.job('a', 0x00aa44, { onRunning: replaceOnce }));
    expect(await colorOf(file)).toBe(0x00aa44);
    expect([first.started().length, second.started().length, host.connects()]).toEqual([1, 1, 2]);
    expect((await bench.journal.get('a'))?.promptIds[0]).toBe(second.started()[0]);
  });

  test('is found again, not made again, when it is the same server after all', async () => {
    const server = await bench.serve({ stepMs: 30 });
    const host = playHost();
    host.serve({ url: server.url });
    const station = bench.station({ access: host.access });
    let losses = 0;
    const files = await station.run(bench.job('a', 1, {
      onRunning() {
        if (losses++ > 0) return;
        host.lose('The engine went out of sight.');
        host.serve({ url: server.url });
      },
    }));
    expect(files).toHaveLength(1);
    expect([server.started().length, losses]).toEqual([1, 2]);
  });

  test('is given up when the server is lost again and again', async () => {
    const server = await bench.serve({ stepMs: 20 });
    const host = playHost();
    host.serve({ url: server.url });
    const station = bench.station({ access: host.access, mostReturns: 2 });
    const onRunning = (): void => {
      host.lose('The engine was stopped.');
      server.crash();
      host.serve({ url: server.url });
    };
    await expect(station.run(bench.job('a', 1, { onRunning }))).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', isTransient: true, message: expect.stringMatching(/^The engine was stopped\. /) });
    expect(server.started()).toHaveLength(3);
    expect((await bench.journal.get('a'))?.state).toBe('sent');
  });

  test('that took the server down twice is not sent again', async () => {
    const server = await bench.serve({ stepMs: 20 });
    const host = playHost();
    host.serve({ url: server.url });
    const station = bench.station({ access: host.access });
    const onRunning = (): void => {
      host.tell({ jobId: 'bad', action: 'hold' });
      host.lose('The engine is started again.');
      host.serve({ url: server.url });
    };
    expect(await endOf(station.run(bench.job('bad', 1, { onRunning })))).toBe('JOB_HELD');
    expect(await endOf(station.run(bench.job('bad')))).toBe('JOB_HELD');
    expect(await endOf(station.run(bench.job('good', 2)))).toBe('done');
    expect(server.started()).toHaveLength(2);
  });

  test('can be canceled; the server is told, and so is its owner', async () => {
    const server = await bench.serve({ stepMs: 50 });
    const host = playHost();
    host.serve({ url: server.url });
    const ending = new AbortController();
    expect(await endOf(bench.station({ access: host.access }).run(bench.job('a', 1, { signal: ending.signal, onRunning: () => ending.abort() })))).toBe('AbortError');
    await vi.waitFor(() => expect(server.worker().remaining()).toBe(0));
    expect(host.reports).toEqual(['ws-up', 'job-started a', 'job-ended a']);
    expect(await bench.journal.get('a')).toBeUndefined();
  });

  test('can start from an uploaded picture', async () => {
    const server = await bench.serve();
    const station = bench.station({ access: externalSidecar(server.url) });
    const name = await station.upload(new Uint8Array([1, 2, 3]), 'x.png', 'a', never);
    expect(name).toMatch(/x\.png$/);
  });

  test('an upload can be canceled at any moment', async () => {
    const server = await bench.serve();
    const station = bench.station({ access: externalSidecar(server.url) });
    await station.look(never);
    server.faults.arm('silent');
    const moments = [async () => {}, async () => await Promise.resolve(), async () => await new Promise(setImmediate), async () => await delay(20)];
    for (const moment of moments) {
      const ending = new AbortController();
      const end = endOf(station.upload(new Uint8Array(200_000), 'x.png', 'a', ending.signal));
      await moment();
      ending.abort();
      expect(await end).toBe('AbortError');
    }
  });
});

describe('a job that runs out of memory', () => {
  test.each([['requeue', 'done', 2], ['ask-smaller', 'JOB_OOM', 1]] as const)('%s: %s', async (action, end, times) => {
    const server = await bench.serve();
    server.faults.arm('oom', 1);
    const host = playHost({ onReport: (report, { tell }) => void (report.type === 'job-out-of-memory' && tell({ jobId: report.jobId, action })) });
    host.serve({ url: server.url });
    expect(await endOf(bench.station({ access: host.access }).run(bench.job('a')))).toBe(end);
    expect(server.started()).toHaveLength(times);
    expect(host.reports.filter((each) => each.startsWith('job-out'))).toEqual(['job-out-of-memory a']);
    expect(host.reports.at(-1)).toBe('job-ended a');
  });

  test('a cancel does not wait for the verdict', async () => {
    const server = await bench.serve();
    server.faults.arm('oom', 1);
    const ending = new AbortController();
    const host = playHost({ onReport: (report) => void (report.type === 'job-out-of-memory' && ending.abort()) });
    host.serve({ url: server.url });
    expect(await endOf(bench.station({ access: host.access }).run(bench.job('a', 1, { signal: ending.signal })))).toBe('AbortError');
  });
});

describe('somebody else\'s server', () => {
  test('that dies ends its jobs soon, and others at once', async () => {
    const server = await bench.serve({ stepMs: 50 });
    const station = bench.station({ access: externalSidecar(server.url), limits: { unreachableMs: 300 } });
    const jobs = ['a', 'b', 'c'].map(async (key, index) => await endOf(station.run(bench.job(key, index, { onRunning: () => void server.close() }))));
    expect(await Promise.all(jobs)).toEqual(['ENGINE_UNREACHABLE', 'ENGINE_UNREACHABLE', 'ENGINE_UNREACHABLE']);
    expect([await endOf(station.look(never)), await endOf(station.run(bench.job('d')))]).toEqual(['ENGINE_UNREACHABLE', 'ENGINE_UNREACHABLE']);
    expect((await bench.journal.get('a'))?.state).toBe('sent');
  });

  test('that dies twice on one job loses that job only', async () => {
    const server = await bench.serve();
    server.faults.arm('die-mid-job', 2);
    const station = bench.station({ access: externalSidecar(server.url) });
    expect(await endOf(station.run(bench.job('a')))).toBe('JOB_LOST');
    expect(await endOf(station.run(bench.job('b', 2)))).toBe('done');
  });

  test('whose worker is dead is not given the job again', async () => {
    const server = await bench.serve();
    server.faults.arm('dead-worker', 1);
    const station = bench.station({ access: externalSidecar(server.url), limits: { silentMs: 200, deafMs: 400, stuckGraceMs: 50 } });
    expect(await endOf(station.run(bench.job('a')))).toBe('ENGINE_STUCK');
    expect(await endOf(station.look(never))).toBe('ENGINE_STUCK');
    expect(server.started()).toHaveLength(1);
  });
});

describe('closing', () => {
  test('leaves jobs on the server; the next station takes them up and sends nothing twice', async () => {
    const server = await bench.serve({ stepMs: 60 });
    const station = bench.station({ access: externalSidecar(server.url) });
    const isRunning = Promise.withResolvers<void>();
    const ends = [endOf(station.run(bench.job('a', 0xaa0000, { onRunning: isRunning.resolve }))), endOf(station.run(bench.job('b', 0x00bb00)))];
    await isRunning.promise;
    await vi.waitFor(async () => expect((await bench.journal.get('b'))?.state).toBe('sent'));
    await station.close();
    expect(await Promise.all(ends)).toEqual(['AbortError', 'AbortError']);
    const next = bench.station({ access: externalSidecar(server.url) });
    const [[a], [b]] = await Promise.all([next.run(bench.job('a', 0xaa0000)), next.run(bench.job('b', 0x00bb00))]);
    expect([await colorOf(a), await colorOf(b)]).toEqual([0xaa0000, 0x00bb00]);
    expect(server.started()).toHaveLength(2);
  });

  test('ends whoever waits for a server that is not there yet, and all who come later', async () => {
    const host = playHost();
    const station = bench.station({ access: host.access });
    const ends = [endOf(station.look(never)), endOf(station.run(bench.job('a'))), endOf(station.upload(new Uint8Array(), 'x', 'y', never))];
    await vi.waitFor(() => expect(host.connects()).toBe(1));
    await station.close();
    expect(await Promise.all([...ends, endOf(station.look(never)), endOf(station.run(bench.job('a')))])).toEqual(Array.from({ length: 5 }, () => 'AbortError'));
    host.serve({ url: 'http://127.0.0.1:1' });
    expect(host.connects()).toBe(1);
  });

  test('does not wait for a server that takes its time', async () => {
    const server = await bench.serve();
    const station = bench.station({ access: externalSidecar(server.url) });
    await station.look(never);
    server.faults.arm('silent');
    bench.pass(MINUTE_MS);
    const look = endOf(station.look(never));
    await station.close();
    expect(await look).toBe('AbortError');
  });
});
