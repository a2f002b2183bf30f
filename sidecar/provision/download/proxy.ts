/** Which proxy stands between this machine and a server, from the environment's variables. */
import type { ProxyEnv } from 'node:http';
import { provisionError } from '../failures.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Loopback is this machine: nothing is asked through a proxy there, and nothing needs encryption. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * What Node's agents take as `proxyEnv`, made from what users write: names in either case, `host:port` without a scheme, ALL_PROXY.
 * Undefined when there is no proxy. Throws NET_PROXY for a kind of proxy that Node does not speak, rather than going past it.
 */
export function proxySettings(env: Environment): ProxyEnv | undefined {
  const written = [env['https_proxy'], env['HTTPS_PROXY'], env['all_proxy'], env['ALL_PROXY']].find((value) => value !== undefined && value.trim() !== '');
  if (written === undefined) return undefined;
  const url = parseProxy(written.trim());
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'];
  return { https_proxy: url.href, ...(noProxy === undefined ? {} : { no_proxy: noProxy }) };
}

/** Host and port of the proxy, for sentences; never its login. */
export function proxyHost(settings: ProxyEnv | undefined): string | undefined {
  return settings?.https_proxy === undefined ? undefined : new URL(settings.https_proxy).host;
}

function parseProxy(written: string): URL {
  const url = URL.parse(written.includes('://') ? written : `http://${written}`);
  if (url === null || url.hostname === '') throw provisionError('NET_PROXY', 'The proxy in HTTPS_PROXY is no address.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw provisionError('NET_PROXY', `The proxy ${url.host} speaks ${url.protocol.slice(0, -1)}; only http and https proxies can be used.`);
  return url;
}
