/** Plain requests to one engine. Every one has a time limit and a size limit; what goes wrong on the way is ENGINE_UNREACHABLE. */
import { engineError } from '#sidecar/protocol/failures.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when the body is none. */
  readonly body: unknown;
  /** The server said it would be JSON. */
  readonly isJson: boolean;
}

export interface HttpRequest {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Far above any answer that is meant for us; /object_info is below 1 MB, histories with large graphs a few. */
const JSON_MOST_BYTES = 128 * 1024 * 1024;

export type EngineHttp = ReturnType<typeof createHttp>;

export function createHttp(baseUrl: string) {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const url = (path: string): URL => new URL(path, base);
  return {
    baseUrl,
    url,
    /** Redirects are not followed: ComfyUI sends none. */
    async request(method: 'GET' | 'POST', path: string, { json, form, timeoutMs, signal }: HttpRequest): Promise<HttpAnswer> {
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const encoded = form && (await encodeForm(form));
        signal?.throwIfAborted();
        const response = await fetch(url(path), {
          method, redirect: 'manual', signal: signal ? AbortSignal.any([limit, signal]) : limit,
          ...(json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
          ...encoded,
        });
        const text = await readText(response);
        return { status: response.status, body: parseJson(text), isJson: /\bjson\b/.test(response.headers.get('content-type') ?? '') };
      } catch (error) {
        signal?.throwIfAborted();
        throw unreachable(baseUrl, error, limit.aborted ? timeoutMs : undefined);
      }
    },
  };
}

export function unreachable(baseUrl: string, error: unknown, timeoutMs?: number): Error {
  if (timeoutMs !== undefined) return engineError('ENGINE_UNREACHABLE', `${baseUrl} did not answer within ${timeoutMs / 1000} s.`, { cause: error });
  const code = codeOf(error);
  if (/CERT|SELF_SIGNED|SSL|TLS/.test(code)) return engineError('ENGINE_UNREACHABLE', `The certificate of ${baseUrl} is not trusted (${code}).`, { cause: error, action: 'Give that server a valid certificate, or use its http address.' });
  return engineError('ENGINE_UNREACHABLE', `${baseUrl} cannot be reached${code === '' ? '' : ` (${code})`}.`, { cause: error });
}

/** The status of an answer that should have been 200 with JSON, as an error; `what` names the request. */
export function badAnswer(what: string, answer: HttpAnswer): Error {
  const problem = answer.status === 200 ? 'with something that cannot be read' : `with status ${answer.status}`;
  return engineError('BAD_ANSWER', `The engine answered ${what} ${problem}.`);
}

/** In one piece: fetch writes the parts of a form in a function that nobody awaits, so that an abort on the way would end the process (nodejs/undici#5835). */
async function encodeForm(form: FormData): Promise<{ body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> {
  const encoded = new Response(form);
  return { body: new Uint8Array(await encoded.arrayBuffer()), headers: { 'content-type': encoded.headers.get('content-type') ?? '' } };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > JSON_MOST_BYTES) throw new RangeError(`the answer is longer than ${JSON_MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Of an error of `unreachable`: nobody listens there, so that waiting for an answer is in vain. */
export const isRefused = (error: unknown): boolean => error instanceof Error && codeOf(error.cause) === 'ECONNREFUSED';

function codeOf(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
