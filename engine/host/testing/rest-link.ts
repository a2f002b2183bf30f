/**
 * For tests: a client that knows only what any HTTP program would: methods and paths of the contract, query strings, JSON, and
 * server-sent events. Everything in a query is text, so this shows that inputs are coerced.
 */
import type { ClientLink } from '@orpc/client';
import { createORPCErrorFromJson, isORPCErrorJson } from '@orpc/client';
import type { AnyContractProcedure } from '@orpc/contract';
import { contract } from '#core/contract/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** @param origin e.g. `http://127.0.0.1:4711` */
export function createRestLink(origin: string, token: string): ClientLink<Record<never, never>> {
  return {
    async call(path, input, { signal, lastEventId }) {
      const { method = 'POST', path: template = '/' } = procedureAt(path)['~orpc'].route;
      const { url, rest } = fillPath(template, (input ?? {}) as Fields);
      const query = method === 'GET' ? `?${new URLSearchParams(Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])))}` : '';
      const hanging = new AbortController();
      const response = await fetch(`${origin}/api${url}${query}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
        signal: AbortSignal.any([hanging.signal, ...(signal ? [signal] : [])]),
        ...(method === 'GET' ? {} : { body: JSON.stringify(rest) }),
      });
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) return readEvents(response, hanging);
      const body: unknown = await response.json();
      if (response.ok) return body;
      throw isORPCErrorJson(body) ? createORPCErrorFromJson(body) : new Error(`status ${response.status}: ${JSON.stringify(body)}`);
    },
  };
}

function procedureAt(path: readonly string[]): AnyContractProcedure {
  return path.reduce((at: unknown, name) => (at as Fields)[name], contract) as AnyContractProcedure;
}

function fillPath(template: string, input: Fields): { url: string; rest: Fields } {
  const used = new Set<string>();
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    return encodeURIComponent(String(input[name]));
  });
  return { url, rest: Object.fromEntries(Object.entries(input).filter(([name]) => !used.has(name))) };
}

async function* readEvents(response: Response, hanging: AbortController): AsyncGenerator<unknown> {
  let text = '';
  try {
    for await (const chunk of (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = new Map(text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
        text = text.slice(end + 2);
        if (fields.get('event') === 'message') yield JSON.parse(fields.get('data') ?? 'null');
        if (fields.get('event') === 'done') return;
      }
    }
  } finally {
    hanging.abort();
  }
}
