/**
 * Serves the engine on loopback: REST at /api, RPC at /rpc and over WebSocket at /ws, and the page at /. Every call carries the
 * token of this launch; Host and Origin must be this server's own, so no web page of another origin can reach it.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { AdgenError } from '#core/contract/errors.ts';
import { hasBearer, isOwnHost, offersToken, pathOf } from './request-guard.ts';
import type { EngineRouter } from './router.ts';
import { servePage } from './serve-page.ts';

export interface HttpHost {
  readonly port: number;
  readonly token: string;
  /** Address for a browser; the token is in the fragment, which never leaves it. */
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpHostOptions {
  /** On 127.0.0.1; 0 = any free one. */
  readonly port?: number;
  /** Missing = a new one. Given when an engine starts again, so that open pages go on. */
  readonly token?: string;
}

/** Largest message that a client may send, bytes. */
const MAX_MESSAGE_BYTES = 16_000_000;
const SOCKET_PROTOCOL = 'adgen';

/** A token for one launch: 256 random bits. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Listens on 127.0.0.1. Throws CONFLICT when the port is taken. */
export async function serveHttp(router: EngineRouter, options: HttpHostOptions = {}): Promise<HttpHost> {
  const token = options.token ?? createToken();
  const plugins = [new BodyLimitPlugin({ maxBodySize: MAX_MESSAGE_BYTES })];
  const openApi = new OpenAPIHandler(router, { plugins });
  const rpc = new RPCHandler(router, { plugins });
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request, portOf(server))) return refuse(response, 403, 'This server answers only to its own address.');
    if (await servePage(request, response)) return;
    if (!hasBearer(request, token)) return refuse(response, 401, 'The token of this launch is missing.');
    if ((await openApi.handle(request, response, { prefix: '/api', context: {} })).matched) return;
    if ((await rpc.handle(request, response, { prefix: '/rpc', context: {} })).matched) return;
    refuse(response, 404, 'There is nothing here.');
  };
  const sockets = serveSockets(server, router, token);
  await listen(server, options.port ?? 0);
  return {
    port: portOf(server),
    token,
    url: addressOf(portOf(server), token),
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a user opens. */
export function addressOf(port: number, token: string): string {
  return `http://127.0.0.1:${port}/#${token}`;
}

function serveSockets(server: Server, router: EngineRouter, token: string): WebSocketServer {
  const handler = new SocketHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, handleProtocols: () => SOCKET_PROTOCOL });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy()); // a client that hangs up in the middle is no reason to fall over
    const isAllowed = isOwnHost(request, portOf(server)) && pathOf(request) === '/ws' && offersToken(request, token);
    if (!isAllowed) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate()); // e.g. a message over the limit
      handler.upgrade(client, { context: {} });
    });
  });
  return sockets;
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
      reject(isTaken ? new AdgenError('CONFLICT', `Port ${port} of 127.0.0.1 cannot be used (${cause.code}). Choose another, or 0 for any free one.`, { cause }) : cause);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
