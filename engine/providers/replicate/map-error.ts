/** From whatever the client throws to an error that says what to do, and whether trying again may help. The key never enters a message. */
import { AdgenError } from '#core/contract/errors.ts';

/** As the client's errors carry it; the class itself is not exported. */
interface WithResponse {
  readonly response: Response;
}

/** @param doing e.g. `making a backdrop` */
export function mapError(error: unknown, doing: string): Error {
  if (error instanceof AdgenError || (error instanceof Error && error.name === 'AbortError')) return error;
  const known = rootOf(error);
  if (known instanceof AdgenError) return known;
  if (hasResponse(error)) return ofStatus(error.response, doing);
  return unavailable(`Replicate cannot be reached while ${doing} (${codeOf(known)}). Check the network.`);
}

function ofStatus({ status, headers }: Response, doing: string): AdgenError {
  switch (status) {
    case 401: case 403: return rejected('Replicate refused the key. Enter a valid one under "Keys & cloud" in the settings, or remove it.');
    case 402: return rejected('The Replicate account has no credit left. Top it up, or remove the key under "Keys & cloud" in the settings.');
    case 404: return rejected(`Replicate no longer has the model that was asked for while ${doing}. Update this program.`);
    case 429: return unavailable('Replicate asks to slow down (429).', retryAfterMs(headers));
    default: return status >= 500 ? unavailable(`Replicate has an internal problem (${status}) while ${doing}.`) : rejected(`Replicate refused the request while ${doing} (${status}).`);
  }
}

const unavailable = (message: string, retryAfter?: number): AdgenError => new AdgenError('PROVIDER_UNAVAILABLE', message, { isTransient: true, data: retryAfter === undefined ? {} : { retryAfterMs: retryAfter } });
const rejected = (message: string): AdgenError => new AdgenError('PROVIDER_REJECTED', message);

function hasResponse(error: unknown): error is WithResponse {
  return typeof error === 'object' && error !== null && 'response' in error && error.response instanceof Response;
}

function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds * 1000, 60_000) : undefined;
}

function rootOf(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error && current.cause !== undefined; depth++) current = current.cause;
  return current;
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown } | undefined)?.code ?? (error instanceof Error ? error.name : 'unknown'));
}
