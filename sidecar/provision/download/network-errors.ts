/** What the network said, told apart: who is to blame and what to do. */
import { AdgenError } from '#core/contract/errors.ts';
import { provisionError } from '../failures.ts';

export interface Route {
  /** The server, as in its URL. */
  readonly host: string;
  /** The proxy between, if there is one. */
  readonly proxy?: string;
}

const OFFLINE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);
const CUT = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_CONSTANT', 'HPE_INVALID_EOF_STATE', 'HPE_CLOSED_CONNECTION', 'ERR_STREAM_PREMATURE_CLOSE']);

/** An error of a request or of its answer's body. What is no error of a network comes back as it is. */
export function toNetworkError(error: unknown, { host, proxy }: Route): unknown {
  if (error instanceof AdgenError) return error;
  const failure = error as NodeJS.ErrnoException & { readonly statusCode?: number };
  const { code = '' } = failure;
  const options = { data: { host, code }, cause: error };
  if (code === 'ERR_PROXY_TUNNEL') return proxyRefuses(proxy ?? 'The proxy', host, failure);
  const isProxy = proxy !== undefined && isAbout(failure, proxy);
  if (isProxy) return provisionError('NET_PROXY', `The proxy ${proxy} cannot be reached (${code}).`, options);
  if (OFFLINE.has(code)) return provisionError('NET_OFFLINE', `${host} cannot be found or reached (${code}).`, options);
  if (code === 'ECONNREFUSED') return provisionError('NET_OFFLINE', `${host} refuses connections.`, options);
  if (code === 'ETIMEDOUT') return provisionError('NET_STALL', `${host} does not answer.`, options);
  if (isTls(code)) return provisionError('NET_TLS', `The certificate of ${host} is not trusted (${code}).`, options);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return provisionError('NET_TLS', `${host} does not speak proper https (${code}).`, options);
  if (CUT.has(code) || code.startsWith('HPE_')) return provisionError('NET_CUT', `The connection to ${host} was cut (${code}).`, options);
  return error;
}

/** Nothing came for `stallMs`. */
export function stalled(host: string, stallMs: number): AdgenError {
  return provisionError('NET_STALL', `${host} sent nothing for ${stallMs / 1000} s.`, { data: { host } });
}

/** The body ended before its end. */
export function cutShort(host: string): AdgenError {
  return provisionError('NET_CUT', `The connection to ${host} was cut before the end of the file.`, { data: { host } });
}

function proxyRefuses(proxy: string, host: string, { statusCode }: { readonly statusCode?: number }): AdgenError {
  const data = { host, status: statusCode };
  if (statusCode === 407) return provisionError('NET_PROXY', `The proxy ${proxy} asks for a login.`, { data });
  if (statusCode !== undefined && statusCode >= 500) return provisionError('NET_OFFLINE', `The proxy ${proxy} cannot reach ${host} (${statusCode}).`, { data });
  return provisionError('NET_PROXY', `The proxy ${proxy} lets nobody through to ${host}${statusCode === undefined ? '' : ` (${statusCode})`}.`, { data });
}

/** A connection that failed on its way to the proxy names the proxy's address, not the server's. */
function isAbout(error: object, proxy: string): boolean {
  const { hostname, address, port } = error as { hostname?: string; address?: string; port?: number };
  const url = new URL(`http://${proxy}`);
  const name = url.hostname.replaceAll(/^\[|\]$/g, '');
  return hostname === name || (address === name && String(port) === (url.port || '80')) || (name === 'localhost' && String(port) === url.port && (address === '127.0.0.1' || address === '::1'));
}

const isTls = (code: string): boolean => /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS/.test(code);
