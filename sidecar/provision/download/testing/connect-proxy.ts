/** An http proxy on loopback that tunnels every name to one local port, for tests; it may want a login or refuse. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy {
  readonly port: number;
  /** `host:port` of each tunnel that was asked for. */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

export interface ProxyRules {
  readonly targetPort: number;
  /** `user:password` that is asked for. */
  readonly login?: string;
  /** Answers with this status and opens no tunnel. */
  readonly refuse?: number;
}

export async function startConnectProxy({ targetPort, login, refuse }: ProxyRules): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_, response) => void response.writeHead(400).end());
  server.on('connect', (request, client) => {
    tunnels.push(request.url ?? '');
    sockets.add(client);
    const isKnown = login === undefined || request.headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`;
    const status = isKnown ? refuse : 407;
    if (status !== undefined) return void client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const target = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client);
      client.pipe(target);
    });
    for (const socket of [target, client]) socket.on('error', () => [target, client].forEach((one) => one.destroy())); // one side has gone
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      sockets.forEach((socket) => socket.destroy());
    }),
  };
}
