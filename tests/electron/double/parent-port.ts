/**
 * Loaded into a child process before its entry: makes it look like a utility process of Electron. `process.parentPort` is there and the Node
 * channel is not; the process ends when its parent is gone.
 */
import { EventEmitter } from 'node:events';
import { MessageChannelMain, relayPort } from './ports.ts';
import type { MessagePortMain, Relay } from './ports.ts';
import type { UtilityWire } from './utility-process.ts';

const send = process.send?.bind(process) as (message: UtilityWire) => void;
const relays = new Map<number, Relay>();
const parentPort = Object.assign(new EventEmitter(), { postMessage: (data: unknown) => send({ kind: 'message', data, ports: [] }) });
const early: { readonly data: unknown; readonly ports: MessagePortMain[] }[] = [];

process.on('message', (wire: UtilityWire) => {
  if (wire.kind === 'port') return relays.get(wire.id)?.deliver(wire.data);
  if (wire.kind === 'port-closed') return relays.get(wire.id)?.close();
  const event = { data: wire.data, ports: wire.ports.map(openPort) };
  if (parentPort.listenerCount('message') === 0) early.push(event); // queued until a handler is there, as documented
  else parentPort.emit('message', event);
});
parentPort.on('newListener', (name) => name === 'message' && queueMicrotask(() => early.splice(0).forEach((event) => parentPort.emit('message', event))));
process.on('disconnect', () => process.exit(0));
process.send = undefined as never;
Object.assign(process, { parentPort });

function openPort(id: number): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  relays.set(id, relayPort(port1, (what) => send('data' in what ? { kind: 'port', id, data: what.data } : { kind: 'port-closed', id })));
  return port2;
}
