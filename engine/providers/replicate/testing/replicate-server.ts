/** For tests: a server that behaves like Replicate's API as far as it is used, and can be told to misbehave. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface PlayedReplicate {
  readonly baseUrl: string;
  /** `METHOD /path` of every request. */
  readonly requests: string[];
  /** Bodies of new predictions. */
  readonly created: { readonly input: Record<string, unknown> }[];
  readonly headersOfFiles: IncomingMessage['headers'][];
  /** Statuses of lookups, one by one; the last one stays. */
  states: string[];
  file: Buffer;
  /** Answers the next requests of a kind with this status instead. */
  failNext: { create?: number; get?: number[]; file?: number };
  output: unknown;
  error: string | null;
  close(): Promise<void>;
}

export const KEY = 'r8_test_key_of_the_test';

export async function playReplicate(): Promise<PlayedReplicate> {
  const played: PlayedReplicate = {
    baseUrl: '', requests: [], created: [], headersOfFiles: [], states: ['processing', 'succeeded'], file: Buffer.alloc(0), failNext: {}, output: undefined, error: null,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
  let looks = 0;
  const predictionOf = (status: string): object => ({ id: 'p1', status, error: status === 'failed' ? played.error : null, output: status === 'succeeded' ? (played.output ?? [`${played.baseUrl.replace('/v1', '')}/file`]) : null, metrics: { predict_time: 2.5 } });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    played.requests.push(`${method} ${url}`);
    const send = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url === '/file') {
      played.headersOfFiles.push(request.headers);
      return void response.writeHead(played.failNext.file ?? 200).end(played.file);
    }
    if (request.headers.authorization !== `Bearer ${KEY}`) return send(401, { title: 'Unauthenticated', detail: `the token ${request.headers.authorization} is wrong` });
    if (url.endsWith('/cancel')) return send(200, predictionOf('canceled'));
    if (method === 'POST') {
      if (played.failNext.create !== undefined) return send(played.failNext.create, { title: 'no' });
      played.created.push(JSON.parse(await text(request)) as { input: Record<string, unknown> });
      return send(201, predictionOf('starting'));
    }
    const failing = played.failNext.get?.shift();
    if (failing !== undefined) return send(failing, { title: 'no' });
    send(200, predictionOf(played.states[Math.min(looks++, played.states.length - 1)] ?? 'succeeded'));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(played, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
  return played;
}
