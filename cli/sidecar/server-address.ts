/** The address of a ComfyUI as a user gives it, and who answers there. */
import { createCalls } from '#sidecar/client/calls.ts';
import { createHttp } from '#sidecar/client/http.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';
import { usage } from '../parse-options.ts';

/** What may be shown of a server; its features hold the nonce of ours. */
export type ServerFacts = Omit<EngineIdentity, 'features'>;

/** `http://host:port`, also with a path in front of ComfyUI's own. `what` names the option or argument. Throws BAD_INPUT. */
export function parseServerUrl(text: string, what: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw usage(`${what} takes an address such as http://127.0.0.1:8188, not "${text}".`);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}

/** Who answers there. Rejects with one sentence when it is nobody, no ComfyUI, a too old one, or another than ours. */
export async function identify(url: string, nonce?: string): Promise<ServerFacts> {
  const { features: _features, ...facts } = await createCalls(createHttp(url)).identify(nonce);
  return facts;
}

/** The server's own list of nodes, as it came. */
export async function fetchObjectInfo(url: string): Promise<unknown> {
  return await createCalls(createHttp(url)).objectInfo();
}
