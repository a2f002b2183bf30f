/**
 * The offline switch at the last door (DESIGN §4): while it is on, no socket of this process is opened to another machine, whoever asks for
 * it: a provider, a client library, a redirect. Chains leave such providers out beforehand; this is what holds when one is overlooked.
 * Loopback stays open: page, ComfyUI and language models on this machine are not the network. Names are refused before they are looked up.
 */
import { Socket } from 'node:net';
import { AdgenError } from '#core/contract/errors.ts';
import { isLoopbackHost } from '#core/lib/loopback.ts';

type Connect = typeof Socket.prototype.connect;

const questions = new Set<() => boolean>();
let isInstalled = false;

/** Stands for this whole process; asked at every connection, and one yes is enough. Returns how to take the question back. */
export function guardOffline(isOffline: () => boolean): () => void {
  questions.add(isOffline);
  if (!isInstalled) install();
  return () => void questions.delete(isOffline);
}

function install(): void {
  isInstalled = true;
  const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
  Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args);
    if (host === undefined || isLoopbackHost(bracketed(host)) || ![...questions].some((isOffline) => isOffline())) return connect.apply(this, args);
    const error = new AdgenError('PROVIDER_UNAVAILABLE', `Offline: the connection to ${host} was not opened. Switch "Offline" off in the settings to allow it.`);
    process.nextTick(() => this.destroy(error));
    return this;
  } as Connect;
}

/** Undefined for pipes and for what names no host, which is this machine. Node's own callers hand over their arguments normalised, in one array. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as { readonly host?: unknown; readonly path?: unknown };
    return typeof path === 'string' || typeof host !== 'string' || host === '' ? undefined : host;
  }
  const isPort = typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first));
  return isPort && typeof second === 'string' ? second : undefined;
}

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
