/** A chat-completions server on loopback for tests: each request is answered by the next behaviour in the list. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server saw of one request. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly model?: string; readonly messages?: { readonly role: string; readonly content: string }[]; readonly response_format?: { readonly type: string } };
}

/** How the server treats one request; one that does nothing hangs. */
export type Behaviour = (response: ServerResponse, request: SeenRequest) => void;

/** A running server; close it, or the test process lives on. */
export interface ChatServer {
  readonly baseUrl: string;
  readonly seen: SeenRequest[];
  /** Replaces the list; the last behaviour repeats. */
  behave(...behaviours: Behaviour[]): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startChatServer(): Promise<ChatServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let queue: Behaviour[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const entry: SeenRequest = { path: request.url ?? '', headers: request.headers, body: text === '' ? {} : (JSON.parse(text) as SeenRequest['body']) };
      seen.push(entry);
      const behaviour = queue.length > 1 ? queue.shift() : queue[0];
      behaviour?.(response, entry);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    behave: (...behaviours) => {
      seen.length = 0;
      queue = behaviours;
    },
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}

/** A well-formed completion with this content. */
export function says(content: unknown, extra: Record<string, unknown> = {}): Behaviour {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return json(200, { id: 'c', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }], usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 }, ...extra });
}

/** Any status with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** An error body as OpenAI sends it. */
export function fails(status: number, message: string, headers: Record<string, string> = {}, code: string | null = null): Behaviour {
  return json(status, { error: { message, type: 'error', code, param: null } }, headers);
}
