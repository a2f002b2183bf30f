/** Step `correction`: upright photo and a mask that the user painted → what a cut-out leaves. */
import type { CorrectCutoutPayload } from '#engine/cutout/tasks/correct-cut-out.ts';
import type { CutOutProductResult } from '#engine/cutout/cut-out-product.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';
import { keepCutout } from './cutout-step.ts';

interface Params {
  readonly mask: AssetRef;
}

/** @param mask in its final form: 8-bit grey, size of the upright photo, feathered already */
export function correctionStep(productId: string, ingest: StepSpec, mask: AssetRef): StepSpec {
  const params: Params = { mask };
  return {
    key: stepKey({ kind: 'correction', version: 1, params: {}, inputs: [ingest.key, mask.hash] }),
    kind: 'correction', stage: 'EXTRACTING_PRODUCT', name: `${productId} cut-out`, lane: 'cpu', deps: [ingest.key], params, weight: 3,
  };
}

/** Artifacts and data as of step `cutout`. Throws BAD_INPUT when the mask does not fit. */
export function createCorrectionHandler({ store, pool }: Services): StepHandler {
  return async ({ step, input, signal, report }) => {
    const upright = input(step.deps[0] ?? '').artifacts['upright'];
    if (!upright) throw new Error('the ingest step left no upright photo');
    const payload: CorrectCutoutPayload = { uprightPath: store.pathOf(upright), maskPath: store.pathOf((step.params as Params).mask) };
    return await keepCutout(await pool.run<Omit<CutOutProductResult, 'fallback'>>({ module: taskModule('cutout/tasks/correct-cut-out.ts'), payload }, { signal, onProgress: report, isDisposable: true }), store);
  };
}
