/**
 * The line between an engine process and its host, from the engine's side: the channel of a forked Node process, or the parent port of
 * Electron's utility process. Electron is not imported: it puts the port on `process`. Ports of pages come only over the latter.
 */
import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { EngineMessage, HostMessage } from './engine-starter.ts';

export interface HostChannel {
  isOpen(): boolean;
  /** Does nothing when the host is gone; `onGone` tells that. */
  send(message: EngineMessage): void;
  onMessage(listener: (message: HostMessage, ports: readonly SupportedMessagePort[]) => void): void;
  /** Told once when the host is gone. Electron ends a utility process by itself then. */
  onGone(listener: () => void): void;
  /** Lets go of the host, so that this process can end. */
  close(): void;
}

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly SupportedMessagePort[] }) => void): void;
  postMessage(message: unknown): void;
}

/** Undefined when nobody started this process as an engine. */
export function openHostChannel(): HostChannel | undefined {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort) return overParentPort(parentPort);
  return process.send ? overNodeChannel() : undefined;
}

function overParentPort(port: ParentPort): HostChannel {
  let isOpen = true;
  return {
    isOpen: () => isOpen,
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data, ports }) => listener(data as HostMessage, ports)),
    onGone: () => {},
    close() {
      isOpen = false;
      process.exit(); // the port would keep the process alive
    },
  };
}

function overNodeChannel(): HostChannel {
  return {
    isOpen: () => process.connected,
    send: (message) => void (process.connected && process.send?.(message, () => {})),
    onMessage: (listener) => process.on('message', (message: HostMessage) => listener(message, [])),
    onGone: (listener) => process.once('disconnect', listener),
    close: () => void (process.connected && process.disconnect()),
  };
}
