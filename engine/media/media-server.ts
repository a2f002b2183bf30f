/**
 * Files over HTTP: artifacts and pictures made from them go out, the user's files come in. What stands behind it: `serve-file.ts` sends,
 * `derive-pictures.ts` makes, `receive-upload.ts` and `take-in.ts` take in. Who may ask has been checked by the HTTP server.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import type { Engine } from '../main.ts';
import { derivedFilesOf } from './derived-files.ts';
import type { DerivedFiles } from './derived-files.ts';
import { makeSourcePicture, makeThumbnail, THUMBNAIL_WIDTHS } from './derive-pictures.ts';
import { receiveUpload } from './receive-upload.ts';
import { serveFile } from './serve-file.ts';

/** Answers requests that the HTTP server has let through: Host, Origin, token or media key are checked. */
export interface MediaServer {
  /** `GET /media/…`, with ranges. */
  read(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** `POST /upload?purpose=…&name=…`. */
  upload(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Pictures that come with the program, by the name in the address. */
const SAMPLES: Readonly<Record<string, string>> = { 'soda-can.jpg': 'soda-can.jpg' };
const SAMPLE_FOLDER = new URL('../../resources/samples/', import.meta.url);

/** The statuses of the contract's errors; anything else is a failure of ours. */
const STATUSES: Readonly<Record<string, number>> = { BAD_INPUT: 400, NOT_FOUND: 404, CONFLICT: 409, DISK_FULL: 507, READ_ONLY: 403, MISSING_TOOL: 503 };

/** Serves the artifact store of an engine, and nothing outside it. */
export function createMediaServer(engine: Engine): MediaServer {
  const files = derivedFilesOf(engine.services.dataDir);
  return {
    async read(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, { code: 'BAD_INPUT', message: 'Media can only be read.' });
      await orSay(response, () => route(request, response, engine, files));
    },
    async upload(request, response) {
      await orSay(response, async () => answer(response, 200, await receiveUpload(request, engine.services)), request);
    },
  };
}

async function route(request: IncomingMessage, response: ServerResponse, { services }: Engine, files: DerivedFiles): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  const [, , kind = '', id = ''] = url.pathname.split('/');
  switch (kind) {
    case 'artifact': {
      const name = url.searchParams.get('name');
      return await serveFile(request, response, { path: services.store.pathOf(id), etag: id, ...(name ? { name } : {}) });
    }
    case 'thumbnail':
      return await serveFile(request, response, await makeThumbnail(id, widthOf(url), files, services));
    case 'source':
      return await serveFile(request, response, await makeSourcePicture(url.searchParams, files, services));
    case 'sample':
      return await serveFile(request, response, samplePath(id));
    default:
      throw new AdgenError('NOT_FOUND', 'There is no such media.');
  }
}

function widthOf(url: URL): number {
  const width = Number(url.searchParams.get('w'));
  if (!THUMBNAIL_WIDTHS.some((known) => known === width)) throw new AdgenError('BAD_INPUT', `A thumbnail is ${THUMBNAIL_WIDTHS.join(', ')} pixels wide.`);
  return width;
}

function samplePath(name: string): { path: string; etag: string } {
  const file = Object.hasOwn(SAMPLES, name) ? SAMPLES[name] : undefined;
  if (!file) throw new AdgenError('NOT_FOUND', 'There is no such sample.');
  return { path: fileURLToPath(new URL(file, SAMPLE_FOLDER)), etag: `sample-${name}` };
}

/** Turns an error into an answer, as long as none has begun. What is left of an upload is let run out, or the client would never read the answer. */
async function orSay(response: ServerResponse, work: () => Promise<void>, upload?: IncomingMessage): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const { code, message } = serializeError(error);
    const status = STATUSES[code] ?? 500;
    answer(response, status, { code: STATUSES[code] ? code : 'FAILED', message: code === 'INTERNAL' ? `Something broke: ${message}` : message });
    upload?.resume();
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(JSON.stringify(body));
}
