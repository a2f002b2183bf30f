/**
 * Serves the engine on loopback: REST at /api, RPC at /rpc and over WebSocket at /ws, and the page at /. Every call carries the
 * token of this launch; Host and Origin must be this server's own, so no web page of another origin can reach it.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { RPCHandler } from '@orpc/server/node';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { createRouter } from './router.ts';
import { servePage } from './serve-page.ts';

export interface HttpHost {
  readonly port: number;
  readonly token: string;
  /** Address for a browser; the token is in the fragment, which never leaves it. */
  readonly url: string;
  close(): Promise<void>;
}

/** Largest message that a client may send, bytes. */
const MAX_MESSAGE_BYTES = 16_000_000;

/** Listens on 127.0.0.1; port 0 = any free one. Rejects when the port is taken. */
export async function serveHttp(router: ReturnType<typeof createRouter>, port = 0): Promise<HttpHost> {
  const token = randomBytes(32).toString('base64url');
  const openApi = new OpenAPIHandler(router);
  const rpc = new RPCHandler(router);
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request, portOf(server))) return refuse(response, 403, 'This server answers only to its own address.');
    if (await servePage(request, response)) return;
    if (!hasToken(request, token)) return refuse(response, 401, 'The token of this launch is missing.');
    if ((await openApi.handle(request, response, { prefix: '/api', context: {} })).matched) return;
    if ((await rpc.handle(request, response, { prefix: '/rpc', context: {} })).matched) return;
    refuse(response, 404, 'There is nothing here.');
  };
  const sockets = serveSockets(server, router, token);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    port: portOf(server),
    token,
    url: `http://127.0.0.1:${portOf(server)}/#${token}`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser cannot send headers with a WebSocket, so the token comes as its sub-protocol. */
function serveSockets(server: Server, router: ReturnType<typeof createRouter>, token: string): WebSocketServer {
  const handler = new SocketHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, handleProtocols: () => 'adgen' });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
    const isAllowed = isOwnHost(request, portOf(server)) && new URL(request.url ?? '/', 'http://localhost').pathname === '/ws' && offered.some((part) => isEqual(part, token));
    if (!isAllowed) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => handler.upgrade(client, { context: {} }));
  });
  return sockets;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

/** Defeats DNS rebinding (Host) and cross-site requests (Origin). */
function isOwnHost({ headers }: IncomingMessage, port: number): boolean {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  return own.includes(headers.host ?? '') && (headers.origin === undefined || own.includes(headers.origin.replace(/^http:\/\//, '')));
}

function hasToken({ headers }: IncomingMessage, token: string): boolean {
  return isEqual((headers.authorization ?? '').replace(/^Bearer /, ''), token);
}

/** In constant time: both sides are hashed first, so not even the length shows. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
