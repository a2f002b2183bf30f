/** Step `still`: one frame of a film → a JPEG. */
import { fingerprintSegment } from '#engine/compositing/segment-fingerprint.ts';
import type { Film } from '#core/composition/film.ts';
import type { RenderStillPayload } from '#engine/compositing/tasks/render-still.ts';
import { formatRatioForFile } from '#core/project/ratio.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { drawWithFallback, FILM_WAYS } from '../draw-with-fallback.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

type Params = Pick<RenderStillPayload, 'frame'> & { readonly fileName: string };

export function stillStep(film: Film, frame: number, services: Services): StepSpec {
  const key = stepKey({ kind: 'still', version: 2, params: {}, inputs: [fingerprintSegment(film, frame, 1)] });
  const params: Params = { frame, fileName: `still_${formatRatioForFile(film.ratio)}.jpg` };
  services.films.set(params, film);
  return { key, kind: 'still', stage: 'COMPOSITING', name: `still ${film.ratio}`, lane: 'io', deps: [], params, weight: 0.5, isShown: true };
}

/** Artifacts: `still`. Data: which frame it shows. */
export function createStillHandler(services: Services): StepHandler {
  return async (context) => {
    const { step, signal, report } = context;
    const params = step.params as Params;
    const film = services.films.get(params);
    if (!film) throw new Error(`no film for ${step.name}`);
    const { frame, fileName } = params;
    const ffmpegPath = await services.ffmpegPath();
    const { value, fallback } = await drawWithFallback(film, FILM_WAYS, context, (drawn) => {
      const payload: RenderStillPayload = { dataDir: services.dataDir, film: drawn, frame, ffmpegPath };
      return services.pool.run<{ path: string }>({ module: taskModule('compositing/tasks/render-still.ts'), payload }, { signal, onProgress: report });
    });
    const still = await services.store.putFile(value.path, fileName, 'image/jpeg', { move: true });
    return { artifacts: { still }, data: { frame }, provider: 'embedded', fallback };
  };
}
