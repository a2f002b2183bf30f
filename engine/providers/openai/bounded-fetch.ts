/**
 * The only door through which the OpenAI client reaches the network. It sends three headers and no more (the client would
 * add telemetry and headers from the environment), follows no redirect (a key must not travel on), and reads the whole
 * body under a size limit while the caller's signal still counts, which the client itself stops watching after the headers.
 */
import { AdgenError } from '#core/contract/errors.ts';

const SENT_HEADERS = ['authorization', 'content-type', 'accept'];

/** A `fetch` for one host. Throws AdgenError PROVIDER_REJECTED for a redirect or a body over `maxBytes`. */
export function createBoundedFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    const given = new Headers(init?.headers);
    const headers = new Headers(SENT_HEADERS.flatMap((name): [string, string][] => (given.has(name) ? [[name, given.get(name) ?? '']] : [])));
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new AdgenError('PROVIDER_REJECTED', `${hostOf(input)} redirects to another address, which is not followed. Set the base URL to the final address.`);
    }
    const body = await readBounded(response, maxBytes, hostOf(input));
    return new Response(body.length === 0 ? null : body, { status: response.status, headers: response.headers });
  };
}

async function readBounded(response: Response, maxBytes: number, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AdgenError('PROVIDER_REJECTED', `${host} answered with more than ${Math.round(maxBytes / 1024)} KiB, which cannot be a plan. Check that the base URL is that of an OpenAI-compatible server.`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function hostOf(input: Parameters<typeof fetch>[0]): string {
  return new URL(input instanceof Request ? input.url : String(input)).host;
}
