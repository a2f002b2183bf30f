/** The `cutouts` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `cutouts` procedures of the contract. */
export function cutoutsApi(_tools: ApiTools) {
  return {
    make: os.cutouts.make.handler(() => notYet('cutouts.make')),
    correct: os.cutouts.correct.handler(() => notYet('cutouts.correct')),
  };
}
