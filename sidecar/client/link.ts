/**
 * The connection to one engine, kept up: who answers is asked first, then events are listened to, and when that ends both are done
 * again. Every connection has a client id of its own, because the server may drop the registration of one that is used twice.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { AdgenError } from '#core/contract/errors.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';

export interface LinkLimits {
  readonly handshakeMs: number;
  readonly pingMs: number;
  /** Waits between attempts; the last one is repeated. */
  readonly backoffMs: readonly number[];
  /** Error events can carry whole tensors as text. */
  readonly frameMostBytes: number;
}

export const LINK_LIMITS: LinkLimits = { handshakeMs: 5000, pingMs: 20_000, backoffMs: [100, 250, 1000, 5000], frameMostBytes: 64 * 1024 * 1024 };

export interface LinkOptions {
  readonly socketUrl: string;
  readonly limits: LinkLimits;
  identify(signal: AbortSignal): Promise<EngineIdentity>;
  onIdentified(identity: EngineIdentity): void;
  /** It answers, but it is not what we want. */
  onRefused(error: AdgenError): void;
  onConnected(): void;
  onDisconnected(): void;
  onText(text: string): void;
  onBinary(frame: Buffer): void;
}

const MISSED_PINGS_MOST = 2;

export type Link = ReturnType<typeof keepLink>;

export function keepLink(options: LinkOptions) {
  const { limits } = options;
  const ending = new AbortController();
  let clientId: string | undefined;
  let waking = new AbortController();

  const pause = async (attempt: number): Promise<void> => {
    const ms = limits.backoffMs[Math.min(attempt, limits.backoffMs.length - 1)] ?? 1000;
    await delay(ms, undefined, { signal: AbortSignal.any([ending.signal, waking.signal]), ref: false }).catch(() => {});
    waking = new AbortController();
  };

  /** One life: asked, connected, until it is cut. True when it was good for something. */
  const live = async (): Promise<boolean> => {
    let identity: EngineIdentity;
    try {
      identity = await options.identify(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted && error instanceof AdgenError && !error.isTransient) options.onRefused(error);
      return false;
    }
    const id = randomUUID();
    const isOpened = await listen(`${options.socketUrl}?clientId=${id}`, options, ending.signal, () => {
      clientId = id;
      options.onConnected();
      options.onIdentified(identity);
    });
    clientId = undefined;
    if (ending.signal.aborted) return false;
    if (isOpened) options.onDisconnected();
    // Without events the jobs are polled.
    else options.onIdentified(identity);
    return isOpened;
  };

  const ended = (async () => {
    for (let attempt = 0; !ending.signal.aborted; attempt++) {
      if (await live()) attempt = -1;
      else await pause(attempt);
    }
  })();

  return {
    /** To be sent with a job so that its events come here; undefined while nobody listens. */
    clientId: (): string | undefined => clientId,
    /** Somebody waits: try again now. */
    wake: (): void => waking.abort(),
    async close(): Promise<void> {
      ending.abort();
      await ended;
    },
  };
}

/** Resolves when the socket is closed, with whether it was ever open. */
function listen(url: string, { limits, onText, onBinary }: LinkOptions, signal: AbortSignal, onOpen: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    let isOpened = false;
    let missed = 0;
    let ping: NodeJS.Timeout | undefined;
    const socket = new WebSocket(url, { handshakeTimeout: limits.handshakeMs, maxPayload: limits.frameMostBytes, perMessageDeflate: false });
    const end = (): void => socket.terminate();
    signal.addEventListener('abort', end, { once: true });
    socket.on('open', () => {
      isOpened = true;
      // Has to be the first frame: previews then say whose they are.
      socket.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
      ping = setInterval(() => {
        if (missed >= MISSED_PINGS_MOST) return end();
        missed += 1;
        socket.ping();
      }, limits.pingMs);
      onOpen();
    });
    socket.on('pong', () => (missed = 0));
    socket.on('message', (data: Buffer, isBinary) => {
      missed = 0;
      if (isBinary) onBinary(data);
      else onText(data.toString('utf8'));
    });
    // Followed by `close`, whatever it was.
    socket.on('error', end);
    socket.on('close', () => {
      clearInterval(ping);
      signal.removeEventListener('abort', end);
      resolve(isOpened);
    });
    if (signal.aborted) end();
  });
}
