/** The `media` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `media` procedures of the contract. */
export function mediaApi(_tools: ApiTools) {
  return {
    importPath: os.media.importPath.handler(() => notYet('media.importPath')),
    waveform: os.media.waveform.handler(() => notYet('media.waveform')),
  };
}
