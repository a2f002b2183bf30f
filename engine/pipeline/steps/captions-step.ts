/** Step `captions`: the words of one scene in one ratio → pictures, coloured for the backdrop that they stand on. */
import type { AssetRef, StyleSpec } from '#core/project/schema.ts';
import { describeSource } from '#core/composition/film.ts';
import type { Film } from '#core/composition/film.ts';
import type { MadeCaption, MakeCaptionsPayload } from '#engine/compositing/tasks/make-captions.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { evaluate } from '#core/composition/evaluate.ts';
import { drawWithFallback, MEASURING_WAYS } from '../draw-with-fallback.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly sceneId: string;
  readonly style: MakeCaptionsPayload['style'];
  readonly language: string;
}

/** What the step made, by the caption's id: two scenes that show the same share it, whatever they are called. */
export interface CaptionsData {
  readonly captions: Record<string, MadeCaption>;
}

/** @param film the scene's backdrop and product; other scenes' facts may still be missing */
export function captionsStep(film: Film, sceneId: string, style: StyleSpec, language: string, services: Services): StepSpec {
  const scene = film.scenes.find((candidate) => candidate.id === sceneId);
  if (!scene) throw new RangeError(`no scene ${sceneId}`);
  const alone: Film = { ...film, scenes: [{ ...scene, captions: [] }], captions: {} };
  const { textOnDark, textOnLight, accent, fonts, palette } = style;
  const params: Params = { sceneId, style: { textOnDark, textOnLight, accent, fonts, palette }, language };
  const words = scene.captions.map(({ id, role, text, position, look }) => ({ id, role, text, position, ...(look ? { look } : {}) }));
  const key = stepKey({ kind: 'captions', version: 6, params: { ratio: film.ratio, words, style: params.style, language, isEndCard: scene.isEndCard, ...clipSlip(film, scene) }, inputs: [sceneContent(alone)] });
  services.films.set(params, { ...film, scenes: [scene], captions: {} });
  return { key, kind: 'captions', stage: 'COMPOSITING', name: `${sceneId} captions ${film.ratio}`, lane: 'io', deps: [], params, weight: 0.6 };
}

/** Plans do not tell which part of a clip stands behind the words. */
function clipSlip({ facts }: Film, scene: Film['scenes'][number]): { slip?: number } {
  return facts.backdrops[scene.id]?.kind === 'clip' && scene.backdrop.startFrame ? { slip: scene.backdrop.startFrame } : {};
}

/** The scene's pixels without words, as data: the plan of a few moments with what its sources are made of. */
function sceneContent(film: Film): unknown {
  const [scene] = film.scenes;
  return [0.25, 0.6, 0.95].map((part) => {
    const plan = evaluate(film, film.ratio, Math.min((scene?.durationFrames ?? 1) - 1, Math.round(part * (scene?.durationFrames ?? 1))), film.facts);
    return plan.from.layers.map((layer) => ({ ...layer, source: describeSource(film, layer) }));
  });
}

/** Artifacts: one picture per caption. Data: `CaptionsData`. */
export function createCaptionsHandler(services: Services): StepHandler {
  return async (context) => {
    const { step, signal, report } = context;
    const params = step.params as Params;
    const film = services.films.get(params);
    if (!film) throw new Error(`no film for ${step.name}`);
    const { sceneId, style, language } = params;
    const ffmpegPath = await services.ffmpegPath();
    const { value, fallback } = await drawWithFallback(film, MEASURING_WAYS, context, (drawn) => {
      const payload: MakeCaptionsPayload = { dataDir: services.dataDir, film: drawn, sceneId, style, language, ffmpegPath };
      return services.pool.run<CaptionsData>({ module: taskModule('compositing/tasks/make-captions.ts'), payload }, { signal, onProgress: report });
    });
    const { captions } = value;
    const artifacts: Record<string, AssetRef> = Object.fromEntries(Object.entries(captions).map(([key, made]) => [key, made.picture]));
    return { artifacts, data: { captions } satisfies CaptionsData, provider: 'embedded', fallback };
  };
}
