/** Fetches pictures of the engine and decodes them, in the worker. */
import type { PictureRequest } from './picture-cache.ts';
import type { SourceRequest } from './plan-pictures.ts';

/** A loader for one key of the engine's media. */
export function pictureLoader(keyNow: () => string): (request: PictureRequest, signal: AbortSignal) => Promise<ImageBitmap> {
  return async (request, signal) => {
    const { description, scale } = request as SourceRequest;
    const query = new URLSearchParams({ d: JSON.stringify(description), s: String(scale), k: keyNow() });
    const response = await fetch(`/media/source?${query}`, { signal });
    if (!response.ok) throw new Error(await sentenceOf(response));
    return await createImageBitmap(await response.blob(), { colorSpaceConversion: 'none' });
  };
}

async function sentenceOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { message } = JSON.parse(text) as { message?: string };
    if (message) return message;
  } catch {
    // not JSON: whatever answered was not the engine, so its text says nothing to a user
  }
  return `A picture could not be read (${response.status}).`;
}
