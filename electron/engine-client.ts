/** The engine from the shell's own side: over its local server, so that it survives a restart of the engine without anything being done. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { EngineClient } from '#engine/host/message-port.ts';
import type { EngineAddress } from './studio-scheme.ts';

/** Calls reject while no engine serves. */
export function connectEngine(address: () => EngineAddress | undefined): EngineClient {
  const client: EngineClient = createORPCClient(new RPCLink({
    url: () => `http://127.0.0.1:${address()?.port ?? 0}/rpc`,
    headers: () => ({ authorization: `Bearer ${address()?.token ?? ''}` }),
  }));
  return client;
}
