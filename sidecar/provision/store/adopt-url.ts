/** Somebody's running ComfyUI: asked who it is, never started, never stopped. */
import { AdgenError } from '#core/contract/errors.ts';
import { createCalls } from '#sidecar/client/calls.ts';
import { createHttp } from '#sidecar/client/http.ts';

/** The address in one spelling. Throws BAD_INPUT for what is none. Pure. */
export function serverAddress(text: string): string {
  const url = URL.parse(text.trim());
  const isServer = url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isServer) throw new AdgenError('BAD_INPUT', `"${text}" is not the address of a server. Name one like http://127.0.0.1:8188.`, { data: { reason: 'NOT_COMFYUI' } });
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Throws BAD_INPUT or PROVIDER_UNAVAILABLE when nothing answers, something else answers, or the certificate or the version will not do. */
export async function checkServer(url: string): Promise<void> {
  await createCalls(createHttp(url)).identify(undefined);
}
