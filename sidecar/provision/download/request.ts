/** One GET: through the proxy if there is one, along redirects, never from https to http, and with secrets only for their own server. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ProxyEnv } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { provisionError } from '../failures.ts';
import { createDirectBody } from './direct-body.ts';
import type { DirectBody } from './direct-body.ts';
import { stalled, toNetworkError } from './network-errors.ts';
import type { Route } from './network-errors.ts';
import { isLoopback, proxyHost, proxySettings } from './proxy.ts';
import type { Network } from './types.ts';

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface Get {
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
  /** Only for the origin of `url`. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

export interface Opened {
  readonly response: IncomingMessage;
  /** Who answered in the end. */
  readonly route: Route;
  /** Missing where a proxy stands between. */
  readonly direct?: DirectBody;
}

/** The answer after all redirects; its body has not been read. Throws NET_* and AbortError. */
export async function openUrl(get: Get): Promise<Opened> {
  const proxyEnv = proxySettings(get.network.proxyEnv ?? process.env);
  const first = parseUrl(get.url);
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    const route = routeOf(url, proxyEnv);
    const headers = url.origin === first.origin ? { ...get.headers, ...get.secretHeaders } : get.headers;
    const direct = route.proxy === undefined ? createDirectBody() : undefined;
    const response = await send({ url, headers, proxyEnv, route, direct }, get);
    if (!REDIRECTS.has(response.statusCode ?? 0)) return { response, route, direct };
    response.destroy();
    if (redirects === MOST_REDIRECTS) throw provisionError('NET_REDIRECT', `${first.host} sends from one address to the next without end.`, { data: { host: first.host } });
    url = nextUrl(url, response.headers.location);
  }
}

interface Hop {
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
  readonly proxyEnv?: ProxyEnv;
  readonly route: Route;
  readonly direct?: DirectBody;
}

function send({ url, headers, proxyEnv, route, direct }: Hop, { network, stallMs, signal }: Get): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const connection = direct === undefined ? { proxyEnv } : { onread: direct.onread };
    const request = url.protocol === 'https:'
      ? httpsRequest(url, { agent: new HttpsAgent({ ...connection, secureContext: trustOf(network.extraCaPem) }), headers, signal })
      : httpRequest(url, { agent: new HttpAgent(connection), headers, signal });
    request.on('socket', (socket) => direct?.attach(socket));
    const timer = setTimeout(() => request.destroy(stalled(route.host, stallMs)), stallMs);
    request.on('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    // Stays for good: after the answer has come, what goes wrong is told by its body as well.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(signal.aborted ? error : (toNetworkError(error, route) as Error));
    });
    request.end();
  });
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw provisionError('NET_REDIRECT', `"${text}" is no address to download from.`);
  if (!isAllowed(url)) throw provisionError('NET_REDIRECT', `${url.host} is to be asked without encryption, which is only done on this machine.`, { data: { host: url.host } });
  return url;
}

function nextUrl(from: URL, location: string | undefined): URL {
  const url = location === undefined ? null : URL.parse(location, from.href);
  if (url === null) throw provisionError('NET_REDIRECT', `${from.host} redirects to nowhere.`, { data: { host: from.host } });
  if (!isAllowed(url) || (from.protocol === 'https:' && url.protocol !== 'https:')) {
    throw provisionError('NET_REDIRECT', `${from.host} redirects to ${url.host} without encryption, which is refused.`, { data: { host: from.host } });
  }
  return url;
}

const isAllowed = (url: URL): boolean => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

function routeOf(url: URL, proxyEnv: ProxyEnv | undefined): Route {
  const proxy = isLoopback(url) ? undefined : proxyHost(proxyEnv);
  return { host: url.host, ...(proxy === undefined ? {} : { proxy }) };
}

const trusts = new Map<string, SecureContext>();

/** Node's own certificates, the system's (where companies put theirs) and the caller's. Put together once: it takes tens of milliseconds. */
function trustOf(extraCaPem = ''): SecureContext {
  const known = trusts.get(extraCaPem);
  if (known) return known;
  const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...(extraCaPem === '' ? [] : [extraCaPem])])];
  const trust = createSecureContext({ ca });
  trusts.set(extraCaPem, trust);
  return trust;
}
