/** Step `fidelity`: finished video and cut-out → how true the product is. */
import type { Rect } from '#core/composition/layer.ts';
import type { Film } from '#engine/compositing/film.ts';
import type { FidelityReport } from '#engine/compositing/fidelity/measure-fidelity.ts';
import type { CheckFidelityPayload } from '#engine/compositing/tasks/check-fidelity.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { fidelitySamples } from '../fidelity-samples.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

/** The report, and where the product stands in the frames that were compared, so that anyone can measure again. */
export interface FidelityData extends FidelityReport {
  readonly placements: readonly { readonly frameIndex: number; readonly productId: string; readonly productRect: Rect }[];
}

type Params = Pick<CheckFidelityPayload, 'ratio' | 'samples' | 'cutouts'>;

export function fidelityStep(film: Film, rendition: StepSpec): StepSpec {
  const cutouts = Object.fromEntries(film.products.flatMap(({ id, cutout, analysis }) => (cutout && analysis ? [[id, { hash: cutout.hash, bounds: analysis.bounds }]] : [])));
  const params: Params = { ratio: film.ratio, samples: fidelitySamples(film), cutouts };
  const key = stepKey({ kind: 'fidelity', version: 3, params, inputs: [rendition.key] });
  return { key, kind: 'fidelity', stage: 'RENDERING', name: `fidelity ${film.ratio}`, lane: 'io', deps: [rendition.key], params, weight: 0.5 };
}

/** Data: `FidelityData`. */
export function createFidelityHandler({ dataDir, pool, ffmpegPath }: Services): StepHandler {
  return async ({ step, input, signal, report }) => {
    const video = input(step.deps[0] ?? '').artifacts['video'];
    if (!video) throw new Error('the rendition step left no video');
    const payload: CheckFidelityPayload = { dataDir, ...(step.params as Params), videoHash: video.hash, ffmpegPath: await ffmpegPath() };
    const measured = await pool.run<FidelityReport>({ module: taskModule('compositing/tasks/check-fidelity.ts'), payload }, { signal, onProgress: report });
    const placements = payload.samples.map(({ frameIndex, productId, productRect }) => ({ frameIndex, productId, productRect }));
    const data: FidelityData = { ...measured, placements };
    return { artifacts: {}, data, provider: 'embedded' };
  };
}
