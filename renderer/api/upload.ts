/** Takes a file of the user's into the store: by its path where there is one, else by sending its bytes. */
import type { z } from 'zod';
import type { MEDIA_PURPOSES, mediaSchema } from '#core/contract/media.ts';
import { engine, launchToken } from './connection.ts';

/** What a taken-in file came to. */
export type Media = z.infer<typeof mediaSchema>;

/** Rejects with an Error whose message is a sentence for the user. */
export async function upload(file: File, purpose: (typeof MEDIA_PURPOSES)[number], signal?: AbortSignal): Promise<Media> {
  const path = window.adgen?.pathOf(file);
  if (path) return await engine.media.importPath({ path, purpose }, { signal });
  const query = new URLSearchParams({ purpose, name: file.name });
  const response = await fetch(`/upload?${query}`, { method: 'POST', body: file, headers: { authorization: `Bearer ${launchToken}` }, ...(signal ? { signal } : {}) });
  const answer = (await response.json()) as Media & { message?: string };
  if (!response.ok) throw new Error(answer.message ?? `The file was refused (${response.status}).`);
  return answer;
}
