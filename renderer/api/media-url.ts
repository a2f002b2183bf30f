/** Addresses of pictures, sounds and films that the engine serves. */
import type { SourceDescription } from '#core/composition/film.ts';
import { engine } from './connection.ts';

let key = '';

/** Fetches the key that media addresses carry; called once the engine answers. */
export async function openMedia(): Promise<void> {
  key = (await engine.system.about()).mediaKey;
}

/** The key itself, for workers, which build their addresses on their own. */
export function mediaKey(): string {
  return key;
}

/** An artifact as it is; players may ask for ranges. `name` is what a download would be called. */
export function mediaUrl(hash: string, name = ''): string {
  return address(`/media/artifact/${hash}`, name ? { name } : {});
}

/** A picture scaled down to fit `width` pixels (WebP), for posters and lists. */
export function thumbnailUrl(hash: string, width: 160 | 320 | 640 | 1280): string {
  return address(`/media/thumbnail/${hash}`, { w: String(width) });
}

/** A source picture of a frame plan, made as the export makes it (PNG), at `scale` of its size (1, or less for a lighter preview). */
export function sourceUrl(description: SourceDescription, scale = 1): string {
  return address('/media/source', { d: JSON.stringify(description), s: String(scale) });
}

/** A picture that comes with the program, e.g. `soda-can.jpg`. */
export function sampleUrl(name: string): string {
  return address(`/media/sample/${name}`, {});
}

function address(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams({ ...query, k: key })}`;
}
