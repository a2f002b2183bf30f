/**
 * The line to the engine. In Electron it is a message port that the preload script hands over; in a browser a WebSocket to the server
 * that sent the page. When the engine ends and comes back, the line is made anew: calls that are asked meanwhile wait, views stay.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { PORT_MESSAGE } from '#core/contract/desktop-bridge.ts';
import type { DesktopBridge } from '#core/contract/desktop-bridge.ts';
import type { contract } from '#core/contract/index.ts';
import { create } from 'zustand';
import { stringsNow } from '../strings/index.ts';

/** Everything the engine can be asked. */
export type EngineClient = ContractRouterClient<typeof contract>;

type Link = ConstructorParameters<typeof Proxy>[0] & Parameters<typeof createORPCClient>[0];

interface ConnectionState {
  /** `lost`: the engine does not answer; it is being reached again. */
  readonly state: 'connecting' | 'ready' | 'lost' | 'refused';
  /** Grows with every new line; what the engine told before may be stale. */
  readonly generation: number;
}

/** How the line is, for screens that say so. */
export const useConnection = create<ConnectionState>(() => ({ state: 'connecting', generation: 0 }));

const RETRY_MS = 400;
const PATIENCE_MS = 20_000;

let current: Link | undefined;
let waiting: (() => void)[] = [];

function open(link: Link): void {
  current = link;
  useConnection.setState(({ generation }) => ({ state: 'ready', generation: generation + 1 }));
  for (const wake of waiting.splice(0)) wake();
}

function lose(): void {
  current = undefined;
  if (useConnection.getState().state === 'ready') useConnection.setState({ state: 'lost' });
}

async function lineNow(signal?: AbortSignal): Promise<Link> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!current) {
    signal?.throwIfAborted();
    const left = endMs - performance.now();
    if (left <= 0) throw new Error(stringsNow().problems.noAnswer);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      setTimeout(resolve, Math.min(left, 1000));
    });
  }
  return current;
}

/** Calls go to the line of the moment. */
const client: EngineClient = createORPCClient({
  async call(path, input, options) {
    const line = await lineNow(options.signal);
    return await line.call(path, input, options);
  },
});

/** The engine, from anywhere in the page. */
export const engine: EngineClient = client;

/** The token of this launch; kept for reloads of this tab only. Empty in Electron, where none is needed. */
export const launchToken: string = takeToken();

function takeToken(): string {
  if (window.adgen) return '';
  const given = /^#([A-Za-z0-9_-]{20,})$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem('adgen-token', given);
    history.replaceState(null, '', `${location.pathname}#/`);
  }
  return given ?? sessionStorage.getItem('adgen-token') ?? '';
}

/** Begins; called once. */
export function connect(): void {
  if (window.adgen) return connectShell(window.adgen);
  if (!launchToken) return useConnection.setState({ state: 'refused' });
  dial();
}

/** Ports cannot cross the bridge; the preload script posts them to this window. */
function connectShell(shell: DesktopBridge): void {
  window.addEventListener('message', ({ source, data, ports: [port] }) => {
    if (source !== window || data !== PORT_MESSAGE || !port) return;
    port.start();
    open(new PortLink({ port }) as Link);
  });
  shell.connect(lose);
}

function dial(): void {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`, ['adgen', launchToken]);
  socket.addEventListener('open', () => open(new SocketLink({ websocket: socket }) as Link));
  socket.addEventListener('close', () => {
    lose();
    setTimeout(dial, RETRY_MS);
  });
}
