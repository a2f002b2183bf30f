/** From whatever the client throws to an error that says what to do, and whether trying again may help. Keys never enter a message. */
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { AdgenError } from '#core/contract/errors.ts';

/** Where a call went, for the message; the key only so that it can be taken out. */
export interface ErrorSituation {
  readonly host: string;
  readonly model: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  /** The caller's signal; when it is aborted the call was canceled, not failed. */
  readonly signal: AbortSignal;
}

/** An AdgenError (transient for 408, 409, 429, 5xx, time-outs and broken connections), or the AbortError of a cancel. */
export function mapError(error: unknown, situation: ErrorSituation): Error {
  if (situation.signal.aborted) return Object.assign(new Error('Planning was canceled.'), { name: 'AbortError' });
  const known = findAdgenError(error);
  if (known !== undefined) return known;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError || isNamed(error, 'TimeoutError') || isNamed(error, 'AbortError')) {
    return unavailable(`${situation.host} did not answer within ${situation.timeoutMs / 1000} s.`, error);
  }
  if (error instanceof APIError && typeof error.status === 'number') return mapStatus(error, error.status, situation);
  if (error instanceof SyntaxError) return rejected(`${situation.host} answered with something that is not JSON. Check that the base URL is that of an OpenAI-compatible server.`, error);
  if (error instanceof APIConnectionError || error instanceof TypeError || hasNetworkCode(error)) {
    return unavailable(`The connection to ${situation.host} failed or broke off (${redact(rootMessage(error), situation.apiKey)}). Check that the server runs and is reachable.`, error);
  }
  return error instanceof Error ? error : new Error(String(error));
}

function mapStatus(error: APIError, status: number, situation: ErrorSituation): AdgenError {
  const { host, model } = situation;
  const detail = redact(error.message, situation.apiKey).slice(0, 300);
  switch (status) {
    case 401: return rejected(`${host} refused the API key. Enter a valid key for this server, or take the endpoint out of the planning chain. (${detail})`, error);
    case 403: return rejected(`${host} does not allow this key to use the model "${model}". Choose another model or key. (${detail})`, error);
    case 404: return rejected(`${host} has no model "${model}", or the base URL is wrong (it usually ends in /v1). (${detail})`, error);
    case 429:
      if (error.code === 'insufficient_quota') return rejected(`The account at ${host} has no credit left. Top it up or choose another endpoint. (${detail})`, error);
      return unavailable(`${host} asks to slow down (429).`, error, retryAfterMs(error));
    case 408: case 409: return unavailable(`${host} could not take the request just now (${status}).`, error, retryAfterMs(error));
    default:
      return status >= 500 ? unavailable(`${host} has an internal problem (${status}): ${detail}`, error, retryAfterMs(error)) : rejected(`${host} refused the request: ${detail}`, error);
  }
}

function unavailable(message: string, error: unknown, retryAfter?: number): AdgenError {
  return new AdgenError('PROVIDER_UNAVAILABLE', message, { isTransient: true, data: retryAfter === undefined ? {} : { retryAfterMs: retryAfter }, cause: causeOf(error) });
}

function rejected(message: string, error: unknown): AdgenError {
  return new AdgenError('PROVIDER_REJECTED', message, { cause: causeOf(error) });
}

// The client's errors carry request headers and bodies; only name and status go on.
function causeOf(error: unknown): string {
  return error instanceof APIError ? `${error.constructor.name} ${error.status ?? ''}`.trim() : error instanceof Error ? error.name : 'unknown';
}

/** Milliseconds that the server asks to wait, from `retry-after-ms` or `retry-after` (seconds; dates are ignored), at most a minute. */
function retryAfterMs(error: APIError): number | undefined {
  const headers = error.headers as Headers | undefined;
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(milliseconds) ? milliseconds : seconds * 1000;
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, 60_000) : undefined;
}

/** Takes the key, and anything shaped like one, out of a text that a server sent. */
function redact(text: string, apiKey: string): string {
  const withoutKey = apiKey === '' ? text : text.replaceAll(apiKey, '[key]');
  return withoutKey.replace(/\b(sk|pk|key)-[A-Za-z0-9_*-]{6,}/g, '[key]').replace(/Bearer\s+\S+/gi, 'Bearer [key]');
}

function findAdgenError(error: unknown): AdgenError | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (current instanceof AdgenError) return current;
  }
  return undefined;
}

function isNamed(error: unknown, name: string): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (current.name === name) return true;
  }
  return false;
}

function hasNetworkCode(error: unknown): boolean {
  return error instanceof Error && /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|UND_ERR)/.test(String((error as { code?: unknown }).code ?? ''));
}

function rootMessage(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error && current.cause instanceof Error; depth++) current = current.cause;
  if (!(current instanceof Error)) return String(current);
  const { code } = current as { code?: unknown };
  return current.message || String(code ?? current.name);
}
