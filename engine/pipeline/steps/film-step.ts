/** Step `film`: one ratio drawn as a whole, at another rate or by another encoder than the renditions of a run. Made for exports. */
import { createHash } from 'node:crypto';
import { outputFrameCount, projectFrameAt } from '#core/placements/rates.ts';
import type { Film } from '#core/composition/film.ts';
import { totalFrames } from '#core/composition/timeline.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { compileExportOptions } from '#engine/compositing/encode/export-encoders.ts';
import { fingerprintFrames } from '#engine/compositing/segment-fingerprint.ts';
import type { RenderFilmPayload } from '#engine/compositing/tasks/render-film.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

/** How a film is to be encoded. */
export type FilmEncoding = Pick<RenderFilmPayload, 'timebase' | 'rate' | 'encoderId' | 'bitsPerSecond'>;

/** Raise with `segment-step`'s when the compositor draws the same plan differently. */
const COMPOSITOR_VERSION = 2;

export function filmStep(film: Film, encoding: FilmEncoding, services: Services): StepSpec {
  const { timebase, rate, encoderId, bitsPerSecond } = encoding;
  const count = outputFrameCount(totalFrames(film), rate, timebase);
  const moments = Array.from({ length: count }, (_, index) => projectFrameAt(index, rate, timebase));
  const options = createHash('sha256').update(JSON.stringify(compileExportOptions(encoderId, rate, bitsPerSecond))).digest('hex');
  const key = stepKey({ kind: 'film', version: COMPOSITOR_VERSION, params: { options, count }, inputs: [fingerprintFrames(film, moments)] });
  const params: FilmEncoding = { ...encoding };
  services.films.set(params, film);
  return { key, kind: 'film', stage: 'RENDERING', name: `film ${film.ratio} by ${encoderId}`, lane: 'cpu', deps: [], params, weight: count / 25, ...(encoderId === 'libx264' ? {} : { maxAttempts: 1 }) };
}

/** Artifacts: `video`, without sound. Data: its length in frames. */
export function createFilmHandler(services: Services): StepHandler {
  return async ({ step, signal, report }) => {
    const params = step.params as FilmEncoding;
    const film = services.films.get(params);
    if (!film) throw new AdgenError('INTERNAL', `no film for ${step.name}`);
    const payload: RenderFilmPayload = { dataDir: services.dataDir, film, ...params, ffmpegPath: await services.ffmpegPath() };
    const { path, frameCount } = await services.renderPool.run<{ path: string; frameCount: number }>({ module: taskModule('compositing/tasks/render-film.ts'), payload }, { signal, onProgress: report });
    const video = await services.store.putFile(path, `film_${film.ratio.replace(':', 'x')}.mp4`, 'video/mp4', { move: true });
    return { artifacts: { video }, data: { frameCount }, provider: 'embedded' };
  };
}
