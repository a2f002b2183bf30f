/** For tests: every way to reach the engine. A new transport is one more entry. */
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { createRouterClient } from '@orpc/server';
import { WebSocket } from 'ws';
import { connectMessagePort, serveMessagePort } from '../message-port.ts';
import type { EngineClient } from '../message-port.ts';
import { createRestLink } from './rest-link.ts';
import type { TestEngine } from './test-engine.ts';

export interface Transport {
  readonly name: string;
  connect(test: TestEngine): { readonly client: EngineClient; disconnect(): void };
}

export const transports: readonly Transport[] = [
  {
    name: 'in process',
    connect: ({ router }) => ({ client: createRouterClient(router, { context: {} }), disconnect() {} }),
  },
  {
    name: 'HTTP, REST',
    connect: ({ host }) => ({ client: createORPCClient(createRestLink(`http://127.0.0.1:${host.port}`, host.token)), disconnect() {} }),
  },
  {
    name: 'HTTP, RPC',
    connect: ({ host }) => ({ client: createORPCClient(new HttpLink({ url: `http://127.0.0.1:${host.port}/rpc`, headers: { authorization: `Bearer ${host.token}` } })), disconnect() {} }),
  },
  {
    name: 'WebSocket',
    connect({ host }) {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/ws`, ['adgen', host.token]);
      return { client: createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket })), disconnect: () => socket.close() };
    },
  },
  {
    name: 'message port',
    connect({ router }) {
      const { port1, port2 } = new MessageChannel();
      serveMessagePort(router, port1);
      return { client: connectMessagePort(port2), disconnect: () => port2.close() };
    },
  },
];
