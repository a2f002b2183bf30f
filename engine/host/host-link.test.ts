import { describe, expect, test, vi } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { remoteHostTools, serveHostTools } from './host-link.ts';
import type { HostLinkMessage } from './host-link.ts';
import type { HostTools, SidecarNews } from './host-tools.ts';
import { createPlainHostTools } from './plain-host-tools.ts';

/** Both ends, joined by messages that really travel as a channel's do: as JSON, later. */
function join(tools: HostTools, limits: Record<string, number> = {}) {
  const seen: string[] = [];
  const send = (to: () => { onMessage(message: HostLinkMessage): void }) => (message: HostLinkMessage) => {
    seen.push(message.data);
    setImmediate(() => to().onMessage(JSON.parse(JSON.stringify(message)) as HostLinkMessage));
  };
  const host: ReturnType<typeof serveHostTools> = serveHostTools(tools, send(() => engine));
  const engine = remoteHostTools({ keeper: tools.keys.kind }, send(() => host), limits);
  return { host, engine, tools: engine.tools, seen };
}

const plain = createPlainHostTools({ OPENAI_API_KEY: 'sk-of-the-test' });
const absent = await plain.sidecar.status(undefined);

describe('what a host lends', () => {
  test('is asked through the channel as if it were here: values, keys, refusals', async () => {
    const told: boolean[] = [];
    const { tools } = join({ ...plain, setOffline: async (isOffline) => void told.push(isOffline) });
    expect(await tools.sidecar.status(undefined)).toEqual(absent);
    expect(await tools.desktop.abilities(undefined)).toMatchObject({ kind: 'browser', platform: process.platform });
    expect(tools.keys.kind).toBe('environment');
    expect([await tools.keys.read('openai'), await tools.keys.origin('openai'), await tools.keys.read('replicate'), await tools.keys.origin('replicate')]).toEqual(['sk-of-the-test', 'environment', undefined, 'none']);
    await tools.setOffline(true);
    expect(told).toEqual([true]);
    await expect(tools.keys.write('openai', 'x')).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('started without a host') });
  });

  test('an expected error keeps its code, sentence and data; a bug becomes FAILED', async () => {
    const { tools } = join({ ...plain, sidecar: {
      ...plain.sidecar,
      install: async () => { throw new AdgenError('DISK_FULL', 'Free 3 GB.', { data: { needBytes: 3e9 } }); },
      repair: async () => { throw new TypeError('x is not a function'); },
    } });
    await expect(tools.sidecar.install(undefined)).rejects.toMatchObject({ code: 'DISK_FULL', message: 'Free 3 GB.', data: { needBytes: 3e9 } });
    await expect(tools.sidecar.repair(undefined)).rejects.toMatchObject({ code: 'FAILED' });
  });

  test('streams arrive one by one, and a watcher that goes away ends the host\'s stream', async () => {
    const ended = vi.fn();
    async function* news(signal: AbortSignal | undefined): AsyncGenerator<SidecarNews, void, void> {
      try {
        for (let count = 0; signal?.aborted !== true; count++) {
          yield { status: { ...absent, message: `news ${count}` }, tasks: [] };
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        ended();
      }
    }
    const { tools } = join({ ...plain, sidecar: { ...plain.sidecar, watch: async (_input, options) => news(options?.signal) } });
    const leaving = new AbortController();
    const messages: string[] = [];
    const watching = (async () => {
      for await (const { status } of await tools.sidecar.watch(undefined, { signal: leaving.signal })) {
        messages.push(status.message);
        if (messages.length === 3) leaving.abort();
      }
    })();
    await expect(watching).rejects.toThrow();
    expect(messages).toEqual(['news 0', 'news 1', 'news 2']);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1));
  });

  test('an abort reaches the host', async () => {
    const aborted = vi.fn();
    const { tools } = join({ ...plain, desktop: { ...plain.desktop, pickFolder: (_input, options) => new Promise(() => options?.signal?.addEventListener('abort', aborted)) } });
    const leaving = new AbortController();
    const picking = tools.desktop.pickFolder({ title: 'Exports' }, { signal: leaving.signal });
    picking.catch(() => {});
    setTimeout(() => leaving.abort(new Error('left')), 20);
    await expect(picking).rejects.toThrow('left');
    await vi.waitFor(() => expect(aborted).toHaveBeenCalled());
  });
});

describe('a host that cannot answer', () => {
  test('holds nobody up: what hangs is told within its limit, other questions go on', async () => {
    const { tools } = join({ ...plain, keys: { ...plain.keys, read: () => new Promise(() => {}) } }, { 'own.read': 30 });
    await expect(tools.keys.read('openai')).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('did not answer within 0.03 s') });
    expect(await tools.keys.origin('openai')).toBe('environment');
  });

  test('one that is gone ends every question, also later ones', async () => {
    const { engine, tools } = join({ ...plain, keys: { ...plain.keys, read: () => new Promise(() => {}) } });
    const asking = tools.keys.read('openai');
    const settled = asking.catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 10));
    engine.close();
    expect(await settled).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    await expect(tools.sidecar.status(undefined)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });

  test('an engine that is gone ends what the host was doing for it', async () => {
    const aborted = vi.fn();
    const { host, tools } = join({ ...plain, desktop: { ...plain.desktop, pickFolder: (_input, options) => new Promise(() => options?.signal?.addEventListener('abort', aborted)) } });
    tools.desktop.pickFolder({ title: 'Exports' }).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 10));
    host.close();
    await vi.waitFor(() => expect(aborted).toHaveBeenCalled());
  });
});
