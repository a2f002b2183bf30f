/** The `media` procedures of the contract; bytes go over HTTP, see `media-server.ts`. */
import { basename, isAbsolute } from 'node:path';
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { derivedFilesOf } from './derived-files.ts';
import { peaksOf, summarisePeaks } from './peaks.ts';
import { takeIn } from './take-in.ts';

/** The `media` procedures of the contract. */
export function mediaApi({ engine: { services } }: ApiTools) {
  return {
    importPath: os.media.importPath.handler(async ({ input: { path, purpose } }) => {
      if (!isAbsolute(path)) throw new AdgenError('BAD_INPUT', `"${path.slice(0, 200)}" is not an absolute path. Name the file from the root of its disk.`);
      return await takeIn({ path, name: basename(path), purpose, isOurs: false }, services);
    }),
    waveform: os.media.waveform.handler(async ({ input: { hash, buckets } }) => {
      if (!services.store.has(hash)) throw new AdgenError('NOT_FOUND', 'This sound is no longer in the store.');
      const { peaks, durationSeconds } = await peaksOf(hash, services.store.pathOf(hash), derivedFilesOf(services.dataDir), services.ffmpegPath);
      return { peaks: summarisePeaks(peaks, buckets), durationSeconds };
    }),
  };
}
