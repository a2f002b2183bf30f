/** What a case has at hand while a server answers: clients, jobs, a proxy that can be cut, and its own folder. Cleared when it ends. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { reasonOf } from '#sidecar/protocol/failures.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { createCalls } from '../client/calls.ts';
import type { EngineCalls } from '../client/calls.ts';
import { createComfyClient } from '../client/comfy-client.ts';
import type { ComfyClient, ComfyOptions, JobRequest } from '../client/comfy-types.ts';
import { createHttp } from '../client/http.ts';
import type { EngineHttp } from '../client/http.ts';
import { createMemoryJournal } from '../client/testing/memory-journal.ts';
import type { Note, ServedTarget } from './case.ts';
import { openChaosProxy } from './chaos-proxy.ts';
import type { ChaosProxy } from './chaos-proxy.ts';
import { decodeFile } from './check-files.ts';

/** As in life, but looking more often, so that a cut is noticed while the job still runs. */
const LIMITS: ComfyOptions['limits'] = { pollMs: 200, tickMs: 50, backoffMs: [50, 100, 250], pingMs: 1000 };

export interface ServedKit {
  readonly target: ServedTarget;
  readonly folder: string;
  readonly journal: ReturnType<typeof createMemoryJournal>;
  readonly note: Note;
  /** Clients of one case share a journal: a second one is the first after a restart. */
  client(more?: Partial<ComfyOptions>): ComfyClient;
  job(key: string, graph: Graph, more?: Partial<JobRequest>): JobRequest;
  proxy(): Promise<ChaosProxy>;
  /** Bare requests, past the client. */
  readonly http: EngineHttp;
  readonly calls: EngineCalls;
  /** How many prompts arrive at the server while `work` goes on. */
  countPosts(work: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

export async function openServedKit(target: ServedTarget, note: Note): Promise<ServedKit> {
  const folder = await mkdtemp(join(tmpdir(), 'adgen-contract-'));
  const journal = createMemoryJournal();
  const clients: ComfyClient[] = [];
  const proxies: ChaosProxy[] = [];
  const http = createHttp(target.url);
  return {
    target, folder, journal, note, http, calls: createCalls(http),
    client(more = {}) {
      const client = createComfyClient({ url: target.url, nonce: target.nonce, journal, ...more, limits: { ...LIMITS, ...more.limits } });
      clients.push(client);
      return client;
    },
    job: (key, graph, more = {}) => ({ key, graph, folder: join(folder, key), verify: decodeFile, ...more }),
    async proxy() {
      const proxy = await openChaosProxy(target.url);
      proxies.push(proxy);
      return proxy;
    },
    async countPosts(work) {
      const before = await postMarker(http);
      await work();
      return (await postMarker(http)) - before - 1;
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A prompt of nothing; the server numbers all prompts as they arrive. */
async function postMarker(http: EngineHttp): Promise<number> {
  const prompt = { base: { class_type: 'EmptyImage', inputs: { width: 16, height: 16, batch_size: 1, color: 0 } }, show: { class_type: 'PreviewImage', inputs: { images: ['base', 0] } } };
  const answer = await http.request('POST', 'api/prompt', { json: { prompt, prompt_id: crypto.randomUUID() }, timeoutMs: 10_000 });
  const { number } = answer.body as { number?: unknown };
  assert.equal(typeof number, 'number', `the server numbers a prompt (status ${answer.status})`);
  return number as number;
}

/** The stable name of what `work` fails with: a reason, a code, or AbortError. */
export async function reasonFor(work: Promise<unknown>): Promise<string> {
  return await work.then(() => 'no error', (error: unknown) => (error instanceof AdgenError ? (reasonOf(error) ?? error.code) : (error as Error).name));
}

/** For a moment in a job's life: resolves once it is called. */
export function moment(): { readonly reached: Promise<void>; reach(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { reached: promise, reach: resolve };
}

/** Waits for what only the server's lists can tell. */
export async function until(isTrue: () => Promise<boolean> | boolean, what: string, limitMs = 30_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await isTrue())) {
    assert.ok(performance.now() < endMs, `waited ${limitMs / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
