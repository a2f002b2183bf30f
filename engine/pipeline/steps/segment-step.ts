/** Step `segment`: one stretch of film in one ratio → encoded frames. Its key is the fingerprint of what is on screen. */
import { fingerprintSegment } from '#engine/compositing/segment-fingerprint.ts';
import type { Film } from '#core/composition/film.ts';
import { FINAL_ENCODE } from '#engine/compositing/encode/settings.ts';
import type { RenderSegmentPayload } from '#engine/compositing/tasks/render-segment.ts';
import type { Segment } from '#core/composition/timeline.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { drawWithFallback, FILM_WAYS } from '../draw-with-fallback.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

/** Raise when the compositor draws the same plan differently. */
const COMPOSITOR_VERSION = 2;

type Params = Pick<RenderSegmentPayload, 'startFrame' | 'frameCount'>;

export function segmentStep(film: Film, segment: Segment, services: Services): StepSpec {
  const { startFrame, frameCount } = segment;
  const key = stepKey({ kind: 'segment', version: COMPOSITOR_VERSION, params: { encode: FINAL_ENCODE }, inputs: [fingerprintSegment(film, startFrame, frameCount)] });
  const params: Params = { startFrame, frameCount };
  services.films.set(params, film);
  const scene = film.scenes[segment.sceneIndex]?.id ?? '';
  const name = segment.kind === 'body' ? `${scene} ${film.ratio}` : `${scene} transition ${film.ratio}`;
  return { key, kind: 'segment', stage: 'RENDERING', name, lane: 'cpu', deps: [], params, weight: frameCount / 25, isShown: true };
}

/** Artifacts: `segment`. Data: its length in frames. */
export function createSegmentHandler(services: Services): StepHandler {
  return async (context) => {
    const { step, signal, report } = context;
    const params = step.params as Params;
    const film = services.films.get(params);
    if (!film) throw new Error(`no film for ${step.name}`);
    const ffmpegPath = await services.ffmpegPath();
    const { value, fallback } = await drawWithFallback(film, FILM_WAYS, context, (drawn) => {
      const payload: RenderSegmentPayload = { dataDir: services.dataDir, film: drawn, ...params, ffmpegPath };
      return services.renderPool.run<{ path: string }>({ module: taskModule('compositing/tasks/render-segment.ts'), payload }, { signal, onProgress: report });
    });
    const segment = await services.store.putFile(value.path, `${step.name}.mp4`, 'video/mp4', { move: true });
    return { artifacts: { segment }, data: { frameCount: params.frameCount }, provider: 'embedded', fallback };
  };
}
