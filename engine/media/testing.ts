/** For tests: requests to the media server as a browser sends them, headers and all. */
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { mediaKeyOf } from '../host/http-server.ts';
import type { TestEngine } from '../host/testing/test-engine.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface MediaClient {
  /** `path` as it stands: nothing is decoded or resolved. */
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  upload(purpose: string, name: string, bytes: Uint8Array, headers?: Record<string, string>): Promise<{ status: number; answer: Record<string, unknown> & { asset: { hash: string; mime: string; name: string; width?: number; height?: number }; message: string } }>;
  /** A request whose answer the caller reads by itself. */
  open(path: string): Promise<{ request: ClientRequest; response: IncomingMessage }>;
}

export function createMediaClient({ host: { port, token } }: TestEngine): MediaClient {
  const key = mediaKeyOf(token);
  const withKey = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}k=${key}`;
  const send = (options: { path: string; method: string; headers: Record<string, string> }, body?: Uint8Array): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
        buffer(response).then((bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }), reject);
      });
      request.on('error', reject).end(body);
    });
  return {
    get: (path, headers = {}, method = 'GET') => send({ path: withKey(path), method, headers }),
    async upload(purpose, name, bytes, headers = {}) {
      const path = `/upload?${new URLSearchParams({ purpose, name })}`;
      const { status, body } = await send({ path, method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-length': String(bytes.length), ...headers } }, bytes);
      return { status, answer: JSON.parse(body.toString()) as never };
    },
    open: (path) =>
      new Promise((resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port, agent: false, path: withKey(path) }, (response) => resolve({ request, response }));
        request.on('error', reject).end();
      }),
  };
}
