/**
 * Step `fidelity`: one sample of a film, measured in the segment that shows it → how true the product is there. A rendition
 * joins its segments by stream copy, so a segment's frames are the delivered frames, bit for bit; measuring them there makes an
 * edit measure again only what it drew again. The report of a rendition is then put together without any work.
 */
import { segmentsOf } from '#core/composition/timeline.ts';
import type { Rect } from '#core/composition/layer.ts';
import type { Film } from '#core/composition/film.ts';
import { judgeFidelity } from '#engine/compositing/fidelity/judge-fidelity.ts';
import type { FidelityReport, SampleMeasurement } from '#engine/compositing/fidelity/judge-fidelity.ts';
import type { CheckFidelityPayload } from '#engine/compositing/tasks/check-fidelity.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { fidelitySamples } from '../fidelity-samples.ts';
import type { FilmSample } from '../fidelity-samples.ts';
import type { RunContext } from '../run-context.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

/** The report, and where the product stands in the frames that were compared, so that anyone can measure again. */
export interface FidelityData extends FidelityReport {
  readonly placements: readonly { readonly frameIndex: number; readonly productId: string; readonly productRect: Rect }[];
}

/** Measures a film. `segments`: its steps in order, each as soon as it is rendered. */
export async function checkFidelity(film: Film, segments: readonly Promise<StepSpec>[], run: RunContext): Promise<FidelityData> {
  const samples = fidelitySamples(film);
  const measurements = await Promise.all(
    samples.map(async (sample): Promise<SampleMeasurement> => {
      const { data } = await run.step(await fidelityStep(film, sample, segments));
      return { ...(data as SampleMeasurement), frameIndex: sample.frameIndex };
    }),
  );
  return { ...judgeFidelity(measurements), placements: samples.map(({ frameIndex, productId, productRect }) => ({ frameIndex, productId, productRect })) };
}

type Params = Pick<CheckFidelityPayload, 'ratio' | 'sample' | 'cutout'>;

async function fidelityStep(film: Film, { frameIndex, productId, sceneId, ...placement }: FilmSample, segments: readonly Promise<StepSpec>[]): Promise<StepSpec> {
  const places = segmentsOf(film);
  const index = places.findIndex(({ startFrame, frameCount }) => frameIndex >= startFrame && frameIndex < startFrame + frameCount);
  const [place, segment] = [places[index], await segments[index]];
  const product = film.products.find(({ id }) => id === productId);
  if (!place || !segment || !product?.cutout || !product.analysis) throw new Error(`nothing shows frame ${frameIndex} of ${film.ratio}`);
  const params: Params = { ratio: film.ratio, sample: { ...placement, frameIndex: frameIndex - place.startFrame }, cutout: { hash: product.cutout.hash, bounds: product.analysis.bounds } };
  const key = stepKey({ kind: 'fidelity', version: 4, params, inputs: [segment.key] });
  return { key, kind: 'fidelity', stage: 'RENDERING', name: `fidelity ${sceneId} ${film.ratio}`, lane: 'io', deps: [segment.key], params, weight: 0.2 };
}

/** Data: a `SampleMeasurement` whose frames count from the segment's beginning. Not on the threads that draw, which go on with the next ratio meanwhile. */
export function createFidelityHandler({ dataDir, pool, ffmpegPath }: Services): StepHandler {
  return async ({ step, input, signal, report }) => {
    const segment = input(step.deps[0] ?? '').artifacts['segment'];
    if (!segment) throw new Error('the segment step left no segment');
    const payload: CheckFidelityPayload = { dataDir, ...(step.params as Params), segmentHash: segment.hash, ffmpegPath: await ffmpegPath() };
    const data = await pool.run<SampleMeasurement>({ module: taskModule('compositing/tasks/check-fidelity.ts'), payload }, { signal, onProgress: report });
    return { artifacts: {}, data, provider: 'embedded' };
  };
}
