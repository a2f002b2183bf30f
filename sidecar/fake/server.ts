/**
 * A ComfyUI without a GPU: the protocol of a real one, pictures of our own, and faults on demand. Tests start it in their process;
 * `main.ts` starts it as a process of its own.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { encodePreview } from '#sidecar/protocol/binary-frames.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { answer } from './routes.ts';
import type { Answer } from './routes.ts';
import { SIGNATURES } from './signatures.ts';
import { createWorker } from './worker.ts';
import type { FakeWorker } from './worker.ts';

export interface FakeOptions {
  /** Holds input, output and temp; files in it survive a crash, as on a real machine. */
  readonly folder: string;
  readonly port?: number;
  readonly version?: string;
  readonly nonce?: string;
  readonly argv?: readonly string[];
  readonly stepMs?: number;
  readonly steps?: number;
  readonly slowMs?: number;
  /** How long the port is closed after a crash; undefined: for good. */
  readonly rebootMs?: number;
  readonly hugePreviewBytes?: number;
  onCrash?(): void;
  /** A node writes rubbish to the log; a server inside another process has none. */
  onNoise?(): void;
}

interface Client {
  readonly id: string;
  readonly socket: WebSocket;
  hasMetadata: boolean;
}

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  /** Prompts of all lives of the server that were begun, in order. */
  started(): readonly string[];
  frees(): number;
  connections(): number;
  worker(): FakeWorker;
  /** As if killed and, after `rebootMs`, started again: queue and history are empty. */
  crash(): void;
  close(): Promise<void>;
}

const OLD_VERSION = '0.3.40';

export async function startFakeServer(options: FakeOptions): Promise<FakeServer> {
  const folders = { input: join(options.folder, 'input'), output: join(options.folder, 'output'), temp: join(options.folder, 'temp') };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
  const faults = createFaults();
  const clients = new Set<Client>();
  const startedBefore: string[] = [];
  let [frees, numbers, connections] = [0, 0, 0];
  let rebooting: Promise<void> = Promise.resolve();
  let isClosed = false;
  let worker = makeWorker();

  function makeWorker(): FakeWorker {
    const own: FakeWorker = createWorker({
      folders, faults, stepMs: options.stepMs ?? 20, steps: options.steps ?? 8, hugePreviewBytes: options.hugePreviewBytes ?? 80 * 1024 * 1024,
      send: (clientId, type, data) => to(clientId).forEach(({ socket }) => socket.send(JSON.stringify({ type, data }))),
      sendStatus: () => clients.forEach(({ socket }) => socket.send(tellStatus(own))),
      sendPreview: (clientId, image, about) => to(clientId).forEach(({ socket, hasMetadata }) => socket.send(encodePreview(image, 'jpeg', hasMetadata ? about : undefined))),
      dropSockets: () => clients.forEach(({ socket }) => socket.terminate()),
      crash, makeNoise: () => options.onNoise?.(),
    });
    return own;
  }

  const to = (clientId: string | undefined): Client[] => [...clients].filter((client) => client.id === clientId);

  const http = createServer((request, response) => void serve(request, response));
  const open = new Set<Socket>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on('upgrade', (request, socket, head) => {
    if (faults.take('silent')) return;
    if (isCrossOrigin(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => connect(ws, new URL(request.url ?? '/', 'http://fake').searchParams.get('clientId') ?? crypto.randomUUID().replaceAll('-', '')));
  });

  const connect = (socket: WebSocket, id: string): void => {
    const client: Client = { id, socket, hasMetadata: false };
    connections += 1;
    clients.add(client);
    socket.send(tellStatus(worker, id));
    const running = worker.running();
    if (running?.clientId === id) socket.send(JSON.stringify({ type: 'executing', data: { node: running.outputs[0] } }));
    // Only the first frame may negotiate; everything later is ignored.
    socket.once('message', (data: Buffer) => {
      const frame = parse(data.toString('utf8'));
      client.hasMetadata = frame?.type === 'feature_flags' && frame.data?.['supports_preview_metadata'] === true;
      if (frame?.type === 'feature_flags') socket.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => clients.delete(client));
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === undefined || faults.take('silent')) return;
    if (faults.take('slow')) await delay(options.slowMs ?? 3000);
    if (isCrossOrigin(request)) return send(response, { status: 403, text: '' });
    const served = worker;
    const context = {
      version: faults.take('old-version') ? OLD_VERSION : (options.version ?? '0.33.0'), nonce: options.nonce, argv: options.argv ?? [],
      signatures: SIGNATURES, folders, faults, worker: served, nextNumber: () => numbers++, onFree: () => void (frees += 1),
    };
    const method = request.method ?? 'GET';
    const read = new Request('http://fake/', { method: 'POST', body, headers: { 'content-type': request.headers['content-type'] ?? 'application/json' } });
    const result = await answer(context, method, new URL(request.url ?? '/', 'http://fake'), read).catch((error: unknown): Answer => ({ status: 500, text: String(error) }));
    if (result.isLost || served !== worker) return void request.socket.destroy();
    send(response, result);
  }

  const send = (response: ServerResponse, { status, json, text = '', bytes }: Answer): void => {
    if (bytes !== undefined) {
      response.writeHead(status, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
      if (!faults.take('cut-file')) return void response.end(bytes);
      return void response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    }
    const whole = json === undefined ? text : JSON.stringify(json);
    response.writeHead(status, { 'content-type': json === undefined ? 'text/html' : 'application/json; charset=utf-8' });
    response.end(json !== undefined && faults.take('truncated-json') ? whole.slice(0, whole.length >> 1) : whole);
  };

  function crash(): void {
    worker.kill();
    startedBefore.push(...worker.started);
    worker = makeWorker();
    clients.forEach(({ socket }) => socket.terminate());
    options.onCrash?.();
    rebooting = rebooting.then(async () => {
      if (isClosed) return;
      await stop();
      const { rebootMs } = options;
      if (rebootMs === undefined) return;
      await delay(rebootMs);
      if (!isClosed) await listen(port);
    });
  }

  const stop = async (): Promise<void> => {
    if (!http.listening) return;
    await new Promise<void>((resolve) => {
      http.close(() => resolve());
      // Sockets that were or are being upgraded are not HTTP's any more.
      open.forEach((socket) => socket.destroy());
    });
  };

  const listen = async (wanted: number): Promise<void> => await new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(wanted, '127.0.0.1', () => {
      http.off('error', reject);
      resolve();
    });
  });

  await listen(options.port ?? 0);
  const { port } = http.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port, faults, crash,
    started: () => [...startedBefore, ...worker.started],
    frees: () => frees,
    connections: () => connections,
    worker: () => worker,
    async close() {
      isClosed = true;
      worker.kill();
      clients.forEach(({ socket }) => socket.terminate());
      await rebooting;
      await stop();
    },
  };
}

function tellStatus(worker: FakeWorker, sid?: string): string {
  return JSON.stringify({ type: 'status', data: { status: { exec_info: { queue_remaining: worker.remaining() } }, ...(sid === undefined ? {} : { sid }) } });
}

/** The real server's guard against web pages: an Origin that is not the host's own. */
function isCrossOrigin({ headers }: IncomingMessage): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  const { origin, host } = headers;
  return origin !== undefined && /^https?:\/\//.test(origin) && new URL(origin).host !== host;
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return undefined; // the client has gone
  }
}

function parse(text: string): { type?: string; data?: Record<string, unknown> } | undefined {
  try {
    return JSON.parse(text) as { type?: string; data?: Record<string, unknown> };
  } catch {
    return undefined;
  }
}
