/** The engine of an open studio, asked past its page: what is really kept. */
import type { AdProject } from '#core/project/schema.ts';
import type { Studio } from '#scripts/browser/studio.ts';

/** The JSON of a REST answer. Throws for a refusal. */
export async function askEngine<T>({ url }: Studio, path: string, body?: unknown): Promise<T> {
  const { origin, hash } = new URL(url);
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${origin}/api${path}`, { ...init, headers: { authorization: `Bearer ${hash.slice(1)}`, 'content-type': 'application/json' } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** A project's document as the journal has it. */
export async function documentOf(studio: Studio, projectId: string): Promise<AdProject> {
  return (await askEngine<{ document: AdProject }>(studio, `/projects/${projectId}`)).document;
}

/** The project that the page shows. */
export function shownProject({ page }: Studio): string {
  const id = /#\/projects\/([^/]+)\//.exec(page.url())?.[1];
  if (!id) throw new Error(`no project is shown at ${page.url().replace(/#[\w-]{20,}/, '#…')}`);
  return id;
}
