/** A download server on loopback that misbehaves as told, for tests: stalls, cuts, lies, redirects, refuses. It remembers what it was asked. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** May be changed between requests. `times` counts down; without it the fault stays. */
export interface ServedFile {
  bytes: Buffer;
  etag?: string;
  lastModified?: string;
  contentType?: string;
  /** Answers with this status and no file. */
  refuse?: { status: number; headers?: OutgoingHttpHeaders; times?: number };
  /** Absolute, or a path of this server. */
  redirectTo?: string;
  /** Sends so many bytes of the body, then closes the connection. */
  cut?: { afterBytes: number; times?: number };
  /** Sends so many bytes of the body, then nothing more. */
  stall?: { afterBytes: number; times?: number };
  /** The last byte is another one. */
  damage?: { times?: number };
  ignoresRange?: boolean;
  /** Answers ranges, but does not look at If-Range. */
  ignoresIfRange?: boolean;
  /** What `Content-Range` says, whatever is sent. */
  contentRange?: string;
  /** What `Content-Length` says, whatever is sent; null = none. */
  contentLength?: number | null;
  /** Sends the body in pieces of so many bytes, a turn of the event loop apart. */
  pieceBytes?: number;
}

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FaultServer {
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** https when there is a certificate. */
  url(path: string): string;
  serve(path: string, file: ServedFile): ServedFile;
  /** Resolves when a request for the path has come since the start. */
  asked(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultServer(tls?: { readonly key: string; readonly cert: string }): Promise<FaultServer> {
  const files = new Map<string, ServedFile>();
  const requests: SeenRequest[] = [];
  const waits = new Set<() => void>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    waits.forEach((check) => check());
    response.on('error', () => {}); // the client has gone, as some tests want it to
    const file = files.get(path);
    if (file === undefined) response.writeHead(404).end();
    else void answer(file, request, response);
  };
  const server: Server = tls ? createTlsServer({ ...tls }, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    url: (path) => `${tls ? 'https' : 'http'}://127.0.0.1:${port}${path}`,
    serve: (path, file) => (files.set(path, file), file),
    asked: (path) => new Promise((resolve) => {
      const check = (): void => {
        if (!requests.some((seen) => seen.path === path)) return;
        waits.delete(check);
        resolve();
      };
      waits.add(check);
      check();
    }),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function answer(file: ServedFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (file.redirectTo !== undefined) return void response.writeHead(302, { location: file.redirectTo }).end();
  const { refuse } = file;
  if (refuse && isDue(refuse)) return void response.writeHead(refuse.status, refuse.headers).end('refused');
  const bytes = file.damage && isDue(file.damage) ? damaged(file.bytes) : file.bytes;
  const start = startOf(file, request);
  if (start > 0 && start >= bytes.length) return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
  const body = bytes.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, headersOf(file, start, bytes.length));
  await sendBody(file, body, response);
}

function startOf(file: ServedFile, { headers }: IncomingMessage): number {
  const ifRange = headers['if-range'];
  const isOther = ifRange !== undefined && ifRange !== file.etag && ifRange !== file.lastModified;
  if (file.ignoresRange || (isOther && !file.ignoresIfRange)) return 0;
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
}

function headersOf(file: ServedFile, start: number, total: number): OutgoingHttpHeaders {
  const length = file.contentLength === undefined ? total - start : file.contentLength;
  return {
    'content-type': file.contentType ?? 'application/octet-stream',
    ...(length === null ? {} : { 'content-length': length }),
    ...(file.etag === undefined ? {} : { etag: file.etag }),
    ...(file.lastModified === undefined ? {} : { 'last-modified': file.lastModified }),
    ...(start > 0 ? { 'content-range': file.contentRange ?? `bytes ${start}-${total - 1}/${total}` } : {}),
  };
}

async function sendBody(file: ServedFile, body: Buffer, response: ServerResponse): Promise<void> {
  const { cut, stall } = file;
  const fault = stall && isDue(stall) ? 'stall' : cut && isDue(cut) ? 'cut' : undefined;
  const most = fault === 'stall' ? stall!.afterBytes : fault === 'cut' ? cut!.afterBytes : body.length;
  const sent = body.subarray(0, most);
  for (let at = 0; at < sent.length && !response.destroyed; at += file.pieceBytes ?? sent.length) {
    await write(response, sent.subarray(at, at + (file.pieceBytes ?? sent.length)));
  }
  if (fault === 'stall') return void response.flushHeaders();
  const isShort = file.contentLength !== undefined && file.contentLength !== null && file.contentLength !== body.length;
  if (fault === 'cut' || isShort) response.socket?.destroySoon();
  else response.end();
}

/** Resolves a turn of the event loop after the piece has left this process, or when the connection has gone. */
async function write(response: ServerResponse, piece: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('close', done);
      setImmediate(resolve);
    };
    response.once('close', done);
    response.write(piece, done);
  });
}

function isDue(fault: { times?: number }): boolean {
  if (fault.times === undefined) return true;
  fault.times -= 1;
  return fault.times >= 0;
}

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0xff;
  return copy;
}
