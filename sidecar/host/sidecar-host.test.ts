import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startFakeServer } from '#sidecar/fake/server.ts';
import type { FakeServer } from '#sidecar/fake/server.ts';
import { python, serveSmallEngine } from '#sidecar/provision/store/testing/small-engine.ts';
import { createSidecarHost } from './sidecar-host.ts';
import type { SidecarHost, SidecarHostOptions } from './sidecar-host.ts';

let dataDir: string;
const hosts: SidecarHost[] = [];
beforeEach(async () => void (dataDir = await realpath(await mkdtemp(join(tmpdir(), 'adgen-host-')))));
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const never = new AbortController().signal;

async function open(options: Partial<SidecarHostOptions> = {}): Promise<SidecarHost> {
  const host = await createSidecarHost({ dataDir, hub: async () => ({}), onNote: () => {}, ...options });
  hosts.push(host);
  return host;
}

async function serve(): Promise<FakeServer> {
  const server = await startFakeServer({ folder: dataDir });
  onTestFinished(async () => await server.close());
  return server;
}

/** The end of the one task of its kind. */
async function ended({ procedures }: SidecarHost, taskId: string): Promise<{ state: string; message: string | null }> {
  for await (const { tasks } of await procedures.watch()) {
    const task = tasks.find(({ id }) => id === taskId);
    if (task && task.state !== 'running') return { state: task.state, message: task.message };
  }
  throw new Error('the news ended before the task');
}

describe.skipIf(python === undefined)('somebody\'s folder', () => {
  test('whose ComfyUI never answers can be given up at any time; its Python may be elsewhere', async () => {
    const folder = join(dataDir, 'hanging');
    await mkdir(folder);
    await writeFile(join(folder, 'comfyui_version.py'), '__version__ = "0.28.1"\n');
    await writeFile(join(folder, 'main.py'), 'import time\ntime.sleep(600)\n');
    const host = await open();
    expect(await ended(host, (await host.procedures.adopt({ folder })).taskId)).toMatchObject({ state: 'failed', message: expect.stringContaining('Name its Python') });
    const { taskId } = await host.procedures.adopt({ folder, python: python ?? '' });
    await host.procedures.cancel({ taskId });
    expect(await ended(host, taskId)).toMatchObject({ state: 'canceled' });
    await host.procedures.adopt({ folder, python: python ?? '' });
    await host.close();
  }, 30_000);
});

describe('somebody\'s server', () => {
  test('is adopted, used at once by those who have the access, and given back', async () => {
    const [server, host] = [await serve(), await open()];
    const lost: string[] = [];
    onTestFinished(host.access.subscribe({ onLost: (reason) => lost.push(reason) }));
    expect([host.access.isAbsent, (await host.procedures.status()).state]).toEqual([true, 'absent']);
    await expect(host.access.connect(never)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('No ComfyUI is set up') });

    expect(await ended(host, (await host.procedures.adopt({ url: `${server.url}/` })).taskId)).toMatchObject({ state: 'succeeded' });
    expect(await host.procedures.status()).toMatchObject({ state: 'external', origin: 'external', url: server.url, version: '0.33.0' });
    expect([host.access.isAbsent, host.access.kind, (await host.access.connect(never)).url]).toEqual([false, 'external', server.url]);
    expect(lost.length).toBeGreaterThan(0);

    expect(await ended(host, (await host.procedures.uninstall()).taskId)).toMatchObject({ state: 'succeeded' });
    expect(await host.procedures.status()).toMatchObject({ state: 'absent', canGoBack: true });
    await ended(host, (await host.procedures.goBack()).taskId);
    expect(await host.procedures.status()).toMatchObject({ state: 'external', url: server.url });
  });

  test('that does not answer is refused with a sentence, and nothing is changed', async () => {
    const host = await open();
    expect(await ended(host, (await host.procedures.adopt({ url: 'http://127.0.0.1:9' })).taskId)).toMatchObject({ state: 'failed', message: expect.stringContaining('127.0.0.1:9') });
    expect(await host.procedures.status()).toMatchObject({ state: 'absent' });
  });

  test.each([[{}], [{ folder: '/a', url: 'http://127.0.0.1:1' }], [{ folder: 'relative/ComfyUI' }]])('%j names none', async (place) => {
    await expect((await open()).procedures.adopt(place)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('of the command line cannot be changed from the page', async () => {
    const server = await serve();
    const host = await open({ fixedUrl: server.url });
    expect(await host.procedures.status()).toMatchObject({ state: 'external', url: server.url, canInstall: false });
    await expect(host.procedures.uninstall()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(host.procedures.goBack()).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(host.procedures.start()).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('goes down and comes back before the eyes of who watches', async () => {
    const server = await startFakeServer({ folder: dataDir });
    const host = await open({ fixedUrl: server.url });
    const leaving = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { status } of await host.procedures.watch(undefined, { signal: leaving.signal })) if (seen.at(-1) !== status.state) seen.push(status.state);
    })();
    await vi.waitFor(() => expect(seen).toEqual(['external']));
    await server.close();
    await vi.waitFor(() => expect(seen).toEqual(['external', 'failed']), { timeout: 20_000 });
    leaving.abort();
    await watching;
  });
});

describe('offline', () => {
  test('nothing is fetched and no other machine is asked', async () => {
    const host = await open({ fixedUrl: 'http://comfy.invalid:8188' });
    host.setOffline(true);
    expect(await host.procedures.status()).toMatchObject({ state: 'external', message: expect.stringContaining('Offline') });
    for (const refused of [host.procedures.plan(), host.procedures.install(), host.procedures.repair(), host.procedures.pull({ ids: ['birefnet'], acceptsLicenses: false })]) await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('offline') });
    host.setOffline(false);
    expect(await host.procedures.status()).toMatchObject({ state: 'failed' });
  });
});

describe('models', () => {
  test('are listed with what their licence asks; one that asks first is not fetched without a yes', async () => {
    const host = await open();
    const models = await host.procedures.models();
    expect(models.find(({ id }) => id === 'birefnet')).toMatchObject({ license: 'MIT', licenseUrl: 'https://huggingface.co/Comfy-Org/BiRefNet', allowsCommercialUse: true, needsConsent: false, isPresent: false, canPull: true });
    expect(models.find(({ id }) => id === 'hunyuan3d-21')).toMatchObject({ allowsCommercialUse: null, needsConsent: true, canPull: false, conditions: expect.stringContaining('Not licensed') });
    expect(await ended(host, (await host.procedures.pull({ ids: ['hunyuan3d-21'], acceptsLicenses: false })).taskId)).toMatchObject({ state: 'failed', message: expect.stringContaining('limited licence') });
    expect(await ended(host, (await host.procedures.pull({ ids: ['no-such-model'], acceptsLicenses: true })).taskId)).toMatchObject({ state: 'failed', message: expect.stringContaining('no-such-model') });
  });
});

describe.runIf(python !== undefined && process.platform !== 'win32')('an installation', () => {
  test('is a task that says how far it is; afterwards there is an engine to start, and it can be removed', async () => {
    const small = await serveSmallEngine();
    onTestFinished(async () => await small.close());
    const host = await open({ store: { source: small.source, reserveBytes: 0 } });
    const { taskId } = await host.procedures.install();
    await expect(host.procedures.uninstall()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(host.procedures.goBack()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await ended(host, taskId)).toMatchObject({ state: 'succeeded', message: expect.stringContaining('computes right') });
    expect(await host.procedures.status()).toMatchObject({ state: 'stopped', origin: 'managed', version: '9.9.9' });
    expect([host.access.isAbsent, host.access.kind]).toEqual([false, 'ours']);
    expect(await ended(host, (await host.procedures.repair()).taskId)).toMatchObject({ state: 'succeeded', message: expect.stringContaining('as it was installed') });
    expect(await ended(host, (await host.procedures.uninstall()).taskId)).toMatchObject({ state: 'succeeded', message: expect.stringContaining('were removed') });
    expect(await host.procedures.status()).toMatchObject({ state: 'absent' });
  });

  test('that is canceled is kept, said, and gone on with; another host finds it too', async () => {
    const small = await serveSmallEngine();
    onTestFinished(async () => await small.close());
    const store = { source: small.source, reserveBytes: 0 };
    const host = await open({ store });
    const { taskId } = await host.procedures.install();
    expect(await host.procedures.cancel({ taskId })).toEqual({ changed: 1 });
    expect(await ended(host, taskId)).toMatchObject({ state: 'canceled' });
    const other = await open({ store });
    expect(await ended(other, (await other.procedures.install()).taskId)).toMatchObject({ state: 'succeeded' });
    await vi.waitFor(async () => expect(await host.procedures.status()).toMatchObject({ state: 'stopped', origin: 'managed' }));
  });
});
