/**
 * The host's end of the channel to one engine process, the same for every kind of process: it tells the engine how to start, passes on what
 * the engine says, and serves what the host lends it. A starter only knows how to start a process and how to send.
 */
import { deserializeError } from '#core/contract/errors.ts';
import type { EngineLaunch, EngineMessage, HostMessage } from './engine-starter.ts';
import { offerOf, serveHostTools } from './host-link.ts';
import { serveSidecar, sidecarOfferOf } from './sidecar-link.ts';

export interface LaunchChannel {
  /** The port on which the engine serves. Rejects with the engine's own error; never settles when the process ends before it says anything. */
  readonly ready: Promise<number>;
  /** Sends the first message. */
  start(): void;
  onMessage(message: EngineMessage): void;
  /** The process is gone. */
  close(): void;
}

/** @param send does nothing when the process is gone */
export function openLaunchChannel(launch: EngineLaunch, send: (message: HostMessage) => void): LaunchChannel {
  const { dataDir, port, token, beatMs, sidecar, hostTools } = launch;
  const lent = [...(sidecar ? [serveSidecar(sidecar, send)] : []), ...(hostTools ? [serveHostTools(hostTools, send)] : [])];
  const ready = Promise.withResolvers<number>();
  ready.promise.catch(() => {}); // the starter may have given up already
  return {
    ready: ready.promise,
    start() {
      const offers = { ...(sidecar ? { sidecar: sidecarOfferOf(sidecar) } : {}), ...(hostTools ? { host: offerOf(hostTools) } : {}) };
      send({ type: 'start', dataDir, port, token, beatMs, ...offers });
    },
    onMessage(message) {
      if (message.type === 'ready') ready.resolve(message.port);
      if (message.type === 'failed') ready.reject(deserializeError(message.error));
      if (message.type === 'note') launch.onNote(message.text);
      if (message.type === 'beat') launch.onBeat();
      lent.forEach((end) => end.onMessage(message));
    },
    close: () => lent.forEach((end) => end.close()),
  };
}
