/** The engine of an open studio, asked past its page. */
import type { Studio } from '#scripts/browser/studio.ts';

/** A REST answer. Throws when it is a refusal. */
export async function askStudio({ url }: Pick<Studio, 'url'>, path: string): Promise<Response> {
  const { origin, hash } = new URL(url);
  const response = await fetch(`${origin}/api${path}`, { headers: { authorization: `Bearer ${hash.slice(1)}` } });
  if (!response.ok) throw new Error(`${path} was refused: ${response.status} ${await response.text()}`);
  return response;
}
