/**
 * The host's abilities across the channel between host and engine. The same message-port adapter of the contract that windows use runs over
 * a tiny port made of the channel, so no procedure is written twice: streams, aborts and errors come along. The engine's end is not held up
 * by a host that hangs: every question has a time limit, but for dialogs, which wait for a person.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { z } from 'zod';
import { base } from '#core/contract/base.ts';
import { desktop } from '#core/contract/desktop.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { KEY_NAMES } from '#core/contract/settings.ts';
import { sidecar } from '#core/contract/sidecar.ts';
import { carryErrors } from '#engine/api.ts';
import { desktopApi } from '#engine/desktop/api.ts';
import { sidecarApi } from '#engine/sidecar/api.ts';
import { createChannelPort } from './channel-port.ts';
import type { HostTools, KeyKeeper } from './host-tools.ts';

/** A piece of the conversation, in either direction. */
export interface HostLinkMessage {
  readonly type: 'host';
  readonly data: string;
}

/** What an engine is told about its host's tools at its start. */
export interface HostOffer {
  readonly keeper: KeyKeeper['kind'];
}

/** What is asked only between our own two processes: keys never go further than the engine. */
const ownContract = {
  origin: base.input(z.enum(KEY_NAMES)).output(z.enum(['none', 'keychain', 'session', 'environment'])),
  read: base.input(z.enum(KEY_NAMES)).output(z.string().optional()),
  write: base.input(z.object({ name: z.enum(KEY_NAMES), value: z.string().max(400) })),
  setOffline: base.input(z.object({ isOffline: z.boolean() })),
};
const hostContract = { desktop, sidecar, own: ownContract };

/** One end's share of the channel. */
export interface HostLinkEnd {
  /** Other messages of the channel are passed over. */
  onMessage(message: { readonly type: string }): void;
  /** The process at the other end is gone: everything under way ends. */
  close(): void;
}

export function offerOf(tools: HostTools): HostOffer {
  return { keeper: tools.keys.kind };
}

/** The host's end, for one engine process. Close it when that process is gone. */
export function serveHostTools(tools: HostTools, send: (message: HostLinkMessage) => void): HostLinkEnd {
  const { port, ...end } = createChannelPort((data) => send({ type: 'host', data }));
  new RPCHandler(createHostRouter(tools)).upgrade(port, { context: {} });
  return end;
}

/** Milliseconds that the host may take to answer; what is not named has `PATIENCE_MS`. 0 = as long as a person needs. */
const PATIENCE: Readonly<Record<string, number>> = { 'desktop.pickFolder': 0, 'desktop.abilities': 5000, 'own.read': 5000, 'own.origin': 5000, 'own.setOffline': 5000 };
const PATIENCE_MS = 60_000;

/** The engine's end. `limits` replaces single time limits. */
export function remoteHostTools({ keeper }: HostOffer, send: (message: HostLinkMessage) => void, limits: Readonly<Record<string, number>> = {}): HostLinkEnd & { readonly tools: HostTools } {
  const { port, ...end } = createChannelPort((data) => send({ type: 'host', data }));
  const link = new RPCLink({ port });
  let isGone = false;
  const client: ContractRouterClient<typeof hostContract> = createORPCClient({
    async call(path, input, options) {
      if (isGone) throw hostIsGone();
      const limitMs = limits[path.join('.')] ?? PATIENCE[path.join('.')] ?? PATIENCE_MS;
      return await withLimit(limitMs, options.signal, (signal) => link.call(path, input, { ...options, signal })).catch((error: unknown) => {
        throw isGone ? hostIsGone() : error;
      });
    },
  });
  return {
    tools: {
      desktop: client.desktop,
      sidecar: client.sidecar as HostTools['sidecar'],
      keys: {
        kind: keeper,
        origin: (name) => client.own.origin(name),
        read: (name) => client.own.read(name),
        write: async (name, value) => void (await client.own.write({ name, value })),
      },
      setOffline: async (isOffline) => void (await client.own.setOffline({ isOffline })),
    },
    onMessage: end.onMessage,
    close() {
      isGone = true;
      end.close();
    },
  };
}

function createHostRouter(tools: HostTools) {
  const os = implement(ownContract).use(({ next }) => carryErrors(() => next()));
  return {
    desktop: desktopApi({ host: tools }),
    sidecar: sidecarApi({ host: tools }),
    own: os.router({
      origin: os.origin.handler(({ input }) => tools.keys.origin(input)),
      read: os.read.handler(({ input }) => tools.keys.read(input)),
      write: os.write.handler(({ input }) => tools.keys.write(input.name, input.value)),
      setOffline: os.setOffline.handler(({ input }) => tools.setOffline(input.isOffline)),
    }),
  };
}

async function withLimit<T>(limitMs: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = limitMs === 0 ? undefined : setTimeout(() => limit.abort(new AdgenError('PROVIDER_UNAVAILABLE', `The program's own process did not answer within ${limitMs / 1000} s. Try again; if that does not help, start the program again.`)), limitMs);
  try {
    // Only until the answer: what streams afterwards is the caller's to end.
    return await work(signal ? AbortSignal.any([signal, limit.signal]) : limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

const hostIsGone = (): AdgenError => new AdgenError('PROVIDER_UNAVAILABLE', 'The program that could do this is gone. Start it again.');
