/**
 * The sidecar across the channel between host and engine: the host owns its process, the engine uses it as if it were here. When the engine
 * crashes, models stay loaded, and the next engine is given the same server.
 */
import { AdgenError, deserializeError, serializeError } from '#core/contract/errors.ts';
import type { SerializedError } from '#core/contract/errors.ts';
import { unlessAborted } from '#sidecar/access/unless-aborted.ts';
import type { JobVerdict, SidecarAccess, SidecarConnection, SidecarListener } from '#sidecar/access/types.ts';
import type { ClientReport } from '#sidecar/supervisor/supervisor.ts';

/** What an engine is told about it at its start. */
export type SidecarOffer = Pick<SidecarAccess, 'kind' | 'needsNetwork' | 'isAbsent'>;

export type HostSidecarMessage =
  | { readonly type: 'sidecar-connected'; readonly id: number; readonly connection: SidecarConnection; readonly usesTiledVae: boolean }
  | { readonly type: 'sidecar-refused'; readonly id: number; readonly error: SerializedError }
  /** `offer`: what it is now; it may be another one. */
  | { readonly type: 'sidecar-lost'; readonly reason: string; readonly offer: SidecarOffer }
  | { readonly type: 'sidecar-verdict'; readonly verdict: JobVerdict };

export type EngineSidecarMessage =
  | { readonly type: 'sidecar-connect'; readonly id: number }
  | { readonly type: 'sidecar-report'; readonly report: ClientReport };

export const sidecarOfferOf = ({ kind, needsNetwork, isAbsent = false }: SidecarAccess): SidecarOffer => ({ kind, needsNetwork, isAbsent });

interface Message {
  readonly type: string;
}

/** The host's end, for one engine process. Close it when that process is gone. */
export function serveSidecar(access: SidecarAccess, send: (message: HostSidecarMessage) => void) {
  const closing = new AbortController();
  const unsubscribe = access.subscribe({
    onLost: (reason) => send({ type: 'sidecar-lost', reason, offer: sidecarOfferOf(access) }),
    onJob: (verdict) => send({ type: 'sidecar-verdict', verdict }),
  });
  const connect = async (id: number): Promise<void> => {
    try {
      const connection = await access.connect(closing.signal);
      send({ type: 'sidecar-connected', id, connection, usesTiledVae: access.usesTiledVae() });
    } catch (error) {
      if (!closing.signal.aborted) send({ type: 'sidecar-refused', id, error: serializeError(error) });
    }
  };
  return {
    /** Other messages of the channel are passed over. */
    onMessage(message: Message): void {
      if (!isFromEngine(message)) return;
      if (message.type === 'sidecar-connect') void connect(message.id);
      else access.report(message.report);
    },
    close(): void {
      closing.abort();
      unsubscribe();
    },
  };
}

/** The engine's end. */
export function remoteSidecar(offer: SidecarOffer, send: (message: EngineSidecarMessage) => void) {
  const listeners = new Set<SidecarListener>();
  const waiting = new Map<number, PromiseWithResolvers<SidecarConnection>>();
  let count = 0;
  let current = offer;
  let usesTiledVae = false;
  let gone: AdgenError | undefined;
  const access: SidecarAccess = {
    get kind() {
      return current.kind;
    },
    get needsNetwork() {
      return current.needsNetwork;
    },
    get isAbsent() {
      return current.isAbsent ?? false;
    },
    async connect(signal) {
      signal.throwIfAborted();
      if (gone) throw gone;
      const id = ++count;
      const answer = Promise.withResolvers<SidecarConnection>();
      waiting.set(id, answer);
      send({ type: 'sidecar-connect', id });
      return await unlessAborted(answer.promise, signal).finally(() => waiting.delete(id));
    },
    report: (report) => send({ type: 'sidecar-report', report }),
    usesTiledVae: () => usesTiledVae,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    access,
    /** Other messages of the channel are passed over. */
    onMessage(message: Message): void {
      if (!isFromHost(message)) return;
      switch (message.type) {
        case 'sidecar-connected': {
          usesTiledVae = message.usesTiledVae;
          return waiting.get(message.id)?.resolve(message.connection);
        }
        case 'sidecar-refused': return waiting.get(message.id)?.reject(deserializeError(message.error));
        case 'sidecar-lost': {
          current = message.offer;
          return listeners.forEach((listener) => listener.onLost?.(message.reason));
        }
        case 'sidecar-verdict': return listeners.forEach((listener) => listener.onJob?.(message.verdict));
      }
    },
    /** The host is gone: nobody will answer. */
    close(): void {
      gone = new AdgenError('PROVIDER_UNAVAILABLE', 'The program that owns the engine is gone. Start it again.');
      for (const answer of waiting.values()) answer.reject(gone);
    },
  };
}

const FROM_ENGINE: readonly string[] = ['sidecar-connect', 'sidecar-report'] satisfies EngineSidecarMessage['type'][];
const FROM_HOST: readonly string[] = ['sidecar-connected', 'sidecar-refused', 'sidecar-lost', 'sidecar-verdict'] satisfies HostSidecarMessage['type'][];

const isFromEngine = (message: Message): message is EngineSidecarMessage => FROM_ENGINE.includes(message.type);
const isFromHost = (message: Message): message is HostSidecarMessage => FROM_HOST.includes(message.type);
