/** Somebody else's server, by its address: it is used as it is, never started, stopped or restarted. */
import { isLoopbackHost } from '#core/lib/loopback.ts';
import type { SidecarAccess } from './types.ts';
import { unledServer } from './unled-server.ts';

/** @param url as the user gave it; who answers there is the client's question */
export function externalSidecar(url: string): SidecarAccess {
  return {
    ...unledServer(),
    kind: 'external',
    needsNetwork: !(URL.canParse(url) && isLoopbackHost(new URL(url).hostname)),
    async connect(signal) {
      signal.throwIfAborted();
      return { url };
    },
  };
}
