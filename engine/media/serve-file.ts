/** Sends one file that never changes: whole, in one range, or not at all when the client has it. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { parseRange } from './parse-range.ts';
import { sniffMedia } from './sniff-media.ts';

/** What is sent and how it is called. */
export interface ServedFile {
  readonly path: string;
  /** Of its bytes: the file of an address never changes. */
  readonly etag: string;
  /** What a download would be called. */
  readonly name?: string;
}

/** On every answer with bytes: nothing that is served can run, whatever it holds. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

/** Answers 200, 206, 304, 404 or 416. A client that hangs up ends the reading, nothing else. */
export async function serveFile(request: IncomingMessage, response: ServerResponse, { path, etag, name }: ServedFile): Promise<void> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return void response.writeHead(404, { ...SAFE, 'cache-control': 'no-store' }).end();
  try {
    await sendOpen(request, response, file, { path, etag, ...(name ? { name } : {}) });
  } finally {
    await file.close();
  }
}

async function sendOpen(request: IncomingMessage, response: ServerResponse, file: FileHandle, { path, etag, name }: ServedFile): Promise<void> {
  const { size } = await file.stat();
  const tag = `"${etag}"`;
  const headers = { ...SAFE, etag: tag, 'accept-ranges': 'bytes', 'cache-control': 'private, max-age=31536000, immutable' };
  if (matches(request.headers['if-none-match'], tag)) return void response.writeHead(304, headers).end();
  const isStale = request.headers['if-range'] !== undefined && request.headers['if-range'] !== tag;
  const range = parseRange(isStale ? undefined : request.headers.range, size);
  if (range.kind === 'unsatisfiable') return void response.writeHead(416, { ...SAFE, 'content-range': `bytes */${size}` }).end();
  const { mime } = await typeOf(file);
  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, size - 1];
  response.writeHead(range.kind === 'part' ? 206 : 200, {
    ...headers,
    'content-type': mime,
    'content-length': size === 0 ? 0 : end - start + 1,
    ...(range.kind === 'part' ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    ...(name || mime === 'application/octet-stream' ? { 'content-disposition': disposition(name ?? 'file', mime) } : {}),
  });
  if (request.method === 'HEAD' || size === 0) return void response.end();
  await pipeline(createReadStream(path, { start, end, highWaterMark: 256 * 1024 }), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && !response.destroyed) throw error; // the client has gone: players do that at every seek
  });
}

function matches(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag);
}

async function typeOf(file: FileHandle) {
  const head = new Uint8Array(64);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return sniffMedia(head.subarray(0, bytesRead));
}

/** RFC 8187: the plain name for old clients, the real one in UTF-8. Unknown bytes are only ever saved. */
function disposition(name: string, mime: string): string {
  const short = name.slice(0, 200);
  const plain = short.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${mime === 'application/octet-stream' ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(short.toWellFormed()).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`;
}
