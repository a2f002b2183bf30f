/** Electron's utilityProcess: a real child process with a parent port; ports that it is handed are carried over its channel. */
import { fork as forkChild } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { state } from './state.ts';
import { relayPort } from './ports.ts';
import type { MessagePortMain, Relay } from './ports.ts';

/** What goes over the channel. */
export type UtilityWire =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly id: number };

const PARENT_PORT = fileURLToPath(new URL('parent-port.ts', import.meta.url));

export class UtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly sent: unknown[] = [];
  readonly heard: unknown[] = [];
  readonly #child: ChildProcess;
  readonly #relays = new Map<number, Relay>();

  constructor(modulePath: string, args: readonly string[], serviceName: string) {
    super();
    this.#child = forkChild(modulePath, args, { execArgv: ['--disable-warning=ExperimentalWarning', '--import', PARENT_PORT], stdio: ['ignore', 2, 2, 'ipc'], serialization: 'advanced' });
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid; // undefined until then, as documented
      this.emit('spawn');
    });
    this.#child.on('message', (wire: UtilityWire) => {
      if (wire.kind === 'message') {
        this.heard.push(wire.data);
        this.emit('message', wire.data);
      } else if (wire.kind === 'port') this.#relays.get(wire.id)?.deliver(wire.data);
      else this.#relays.get(wire.id)?.close();
    });
    this.#child.once('exit', (code, signal) => {
      this.pid = undefined;
      this.#relays.forEach((relay) => relay.close());
      if (signal !== null) state.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'killed', exitCode: 9, name: serviceName });
      this.emit('exit', code ?? 9);
    });
  }

  postMessage(data: unknown, ports: readonly MessagePortMain[] = []): void {
    const ids = ports.map((port) => {
      const id = state.nextId();
      this.#relays.set(id, relayPort(port, (what) => this.#send('data' in what ? { kind: 'port', id, data: what.data } : { kind: 'port-closed', id })));
      return id;
    });
    this.sent.push(data);
    this.#send({ kind: 'message', data, ports: ids });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(wire: UtilityWire): void {
    if (this.#child.connected) this.#child.send(wire, () => {}); // one that is going shows as `exit`
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[] = [], { serviceName = 'Node Utility Process' }: { serviceName?: string } = {}): UtilityProcess {
    if (!state.app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    const child = new UtilityProcess(modulePath, args, serviceName);
    state.utilityProcesses.push(child);
    return child;
  },
};
