/** Fetches pictures of the engine and decodes them, in the worker. */
import type { PictureRequest } from './picture-cache.ts';
import type { SourceRequest } from './plan-pictures.ts';

/** A loader for one key of the engine's media. */
export function pictureLoader(keyNow: () => string): (request: PictureRequest, signal: AbortSignal) => Promise<ImageBitmap> {
  return async (request, signal) => {
    const response = await fetch(addressOf(request as SourceRequest, keyNow()), { signal });
    if (!response.ok) throw new Error(await sentenceOf(response));
    return await createImageBitmap(await response.blob(), { colorSpaceConversion: 'none' });
  };
}

/** Of a clip, a picture to stand in for its frames, as wide as thumbnails are at most. */
function addressOf({ description, scale }: SourceRequest, k: string): string {
  if (description.kind === 'clip') return `/media/thumbnail/${description.hash}?${new URLSearchParams({ w: '640', k })}`;
  return `/media/source?${new URLSearchParams({ d: JSON.stringify(description), s: String(scale), k })}`;
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
