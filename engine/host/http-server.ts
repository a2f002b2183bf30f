/**
 * Serves the engine on loopback: REST at /api, RPC at /rpc and over WebSocket at /ws, media at /media and /upload, and the page at /. Every
 * call carries the token of this launch; Host and Origin must be this server's own, so no web page of another origin can reach it. What
 * pictures and players load cannot carry a header, so it carries a key that is derived from the token and reads media only.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createHmac, randomBytes } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { AdgenError } from '#core/contract/errors.ts';
import type { MediaServer } from '#engine/media/media-server.ts';
import { hasBearer, hasMediaKey, isOwnHost, offersToken, pathOf } from './request-guard.ts';
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
  /** Missing = no media is served. */
  readonly media?: MediaServer;
}

/** Largest message that a client may send, bytes. */
const MAX_MESSAGE_BYTES = 16_000_000;
const SOCKET_PROTOCOL = 'adgen';

/** A token for one launch: 256 random bits. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What `GET /media/…` asks for as `k`: cannot be turned back into the token. */
export function mediaKeyOf(token: string): string {
  return createHmac('sha256', token).update('adgen media').digest('base64url');
}

/** Listens on 127.0.0.1. Throws CONFLICT when the port is taken. */
export async function serveHttp(router: EngineRouter, options: HttpHostOptions = {}): Promise<HttpHost> {
  const token = options.token ?? createToken();
  const mediaKey = mediaKeyOf(token);
  const plugins = [new BodyLimitPlugin({ maxBodySize: MAX_MESSAGE_BYTES })];
  const openApi = new OpenAPIHandler(router, { plugins });
  const rpc = new RPCHandler(router, { plugins });
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request, portOf(server))) return refuse(response, 403, 'This server answers only to its own address.');
    if (await servePage(request, response)) return;
    if (options.media && pathOf(request).startsWith('/media/') && hasMediaKey(request, mediaKey)) return await options.media.read(request, response);
    if (!hasBearer(request, token)) return refuse(response, 401, 'The token of this launch is missing.');
    if (options.media && pathOf(request) === '/upload' && request.method === 'POST') return await options.media.upload(request, response);
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
