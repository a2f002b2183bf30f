/** PyTorch's own package indexes: one per kind of GPU, each a plain page of links per package. */
import type { PackageFile } from './pypi.ts';

/** Files of `name` on the index; their sizes are asked for only when one is chosen. Empty when it does not have that package. Throws when it does not answer. */
export async function indexFiles(indexUrl: string, name: string): Promise<Omit<PackageFile, 'bytes'>[]> {
  const page = `${indexUrl}/${name}/`;
  const response = await fetch(page);
  if (response.status === 404 || response.status === 403) return [];
  if (!response.ok) throw new Error(`${page} answered ${response.status}.`);
  return parseIndexPage(await response.text(), page);
}

/** `<a href="…/torch-2.11.0%2Bcpu-….whl#sha256=…">`; a link without a hash is left out, because it cannot be pinned. */
export function parseIndexPage(html: string, page: string): Omit<PackageFile, 'bytes'>[] {
  return [...html.matchAll(/<a\s[^>]*?href="([^"#]+)#sha256=([0-9a-f]{64})"/g)].map(([, href = '', sha256 = '']) => {
    const url = new URL(href.replaceAll('&amp;', '&'), page).href;
    return { url, sha256, file: decodeURIComponent(url.split('/').at(-1) ?? '') };
  });
}

/** Bytes of a file, as its server says. */
export async function sizeOf(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD' });
  const bytes = Number(response.headers.get('content-length'));
  if (!response.ok || !(bytes > 0)) throw new Error(`${url} does not tell its size (${response.status}).`);
  return bytes;
}
