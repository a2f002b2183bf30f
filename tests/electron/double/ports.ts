/** Electron's MessagePortMain and MessageChannelMain over Node's own ports: an emitter of `{data}` that holds messages back until it is started. */
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

export class MessagePortMain extends EventEmitter {
  readonly inner: MessagePort;
  #isStarted = false;
  #isClosed = false;

  constructor(inner: MessagePort) {
    super();
    this.inner = inner;
    inner.once('close', () => {
      this.#isClosed = true;
      this.emit('close');
    });
    inner.unref();
  }

  postMessage(message: unknown): void {
    if (!this.#isClosed) this.inner.postMessage(message);
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
    this.inner.ref();
  }

  close(): void {
    this.inner.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** One port of a far end: what comes from there goes into the port, and back. `tell` sends to the far end. */
export interface Relay {
  deliver(data: unknown): void;
  close(): void;
}

/** The port has been handed over: from here on it is only the near end of a wire. */
export function relayPort(port: MessagePortMain, tell: (what: { readonly data: unknown } | { readonly isClosed: true }) => void): Relay {
  port.on('message', ({ data }: { data: unknown }) => tell({ data }));
  port.once('close', () => tell({ isClosed: true }));
  port.start();
  return { deliver: (data) => port.postMessage(data), close: () => port.close() };
}
