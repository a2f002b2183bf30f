/** Step `fidelity`: finished video and cut-out → how true the product is. */
import type { Film } from '#engine/compositing/film.ts';
import type { FidelityReport } from '#engine/compositing/fidelity/measure-fidelity.ts';
import type { CheckFidelityPayload } from '#engine/compositing/tasks/check-fidelity.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { fidelitySamples } from '../fidelity-samples.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

export type FidelityData = FidelityReport;

type Params = Pick<CheckFidelityPayload, 'ratio' | 'samples' | 'cutouts'>;

export function fidelityStep(film: Film, rendition: StepSpec): StepSpec {
  const cutouts = Object.fromEntries(film.products.flatMap(({ id, cutout, analysis }) => (cutout && analysis ? [[id, { hash: cutout.hash, bounds: analysis.bounds }]] : [])));
  const params: Params = { ratio: film.ratio, samples: fidelitySamples(film), cutouts };
  const key = stepKey({ kind: 'fidelity', version: 1, params, inputs: [rendition.key] });
  return { key, kind: 'fidelity', stage: 'RENDERING', name: `fidelity ${film.ratio}`, lane: 'io', deps: [rendition.key], params, weight: 0.5 };
}

/** Data: `FidelityReport`. */
export function createFidelityHandler({ dataDir, pool, ffmpegPath }: Services): StepHandler {
  return async ({ step, input, signal, report }) => {
    const video = input(step.deps[0] ?? '').artifacts['video'];
    if (!video) throw new Error('the rendition step left no video');
    const payload: CheckFidelityPayload = { dataDir, ...(step.params as Params), videoHash: video.hash, ffmpegPath: await ffmpegPath() };
    const data = await pool.run<FidelityReport>({ module: taskModule('compositing/tasks/check-fidelity.ts'), payload }, { signal, onProgress: report });
    return { artifacts: {}, data, provider: 'embedded' };
  };
}
