/** Who answers at an address, and what it can do. */
import { createCalls } from '#sidecar/client/calls.ts';
import { createHttp } from '#sidecar/client/http.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';

/** What may be shown of a server; its features hold the nonce of ours. */
export type ServerFacts = Omit<EngineIdentity, 'features'>;

/** Who answers there. Rejects with one sentence when it is nobody, no ComfyUI, a too old one, or another than ours. */
export async function identify(url: string, nonce?: string): Promise<ServerFacts> {
  const { features: _features, ...facts } = await createCalls(createHttp(url)).identify(nonce);
  return facts;
}

/** The server's own list of nodes, as it came. */
export async function fetchObjectInfo(url: string): Promise<unknown> {
  return await createCalls(createHttp(url)).objectInfo();
}
