/** The `previews` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `previews` procedures of the contract. */
export function previewsApi(_tools: ApiTools) {
  return {
    film: os.previews.film.handler(() => notYet('previews.film')),
    sound: os.previews.sound.handler(() => notYet('previews.sound')),
  };
}
