/** Where models come from: Hugging Face, or a mirror of it that the user names, with the user's token for just that server. */

const HUB_HOST = 'huggingface.co';

export interface Hub {
  /** A mirror, as `HF_ENDPOINT` names it. */
  readonly url?: string;
  /** As `HF_TOKEN` holds it. */
  readonly token?: string;
}

/** From the variables that Hugging Face's own tools read. */
export function hubFrom(env: Readonly<Record<string, string | undefined>>): Hub {
  const { HF_ENDPOINT: url = '', HF_TOKEN: token = '' } = env;
  return { ...(url === '' ? {} : { url }), ...(token === '' ? {} : { token }) };
}

/** The address to ask and the headers for its origin. Other servers than the hub get neither mirror nor token. */
export function addressOf(url: string, hub: Hub = {}): { readonly url: string; readonly headers?: Readonly<Record<string, string>> } {
  const original = new URL(url);
  if (original.host !== HUB_HOST) return { url };
  const mirrored = hub.url === undefined ? url : `${hub.url.replace(/\/+$/, '')}${original.pathname}${original.search}`;
  return { url: mirrored, ...(hub.token === undefined ? {} : { headers: { authorization: `Bearer ${hub.token}` } }) };
}
