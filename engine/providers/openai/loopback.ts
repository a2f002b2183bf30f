import { isLoopbackHost } from '#core/lib/loopback.ts';

/** True when a URL points at this machine, so that asking it does not leave it. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}
