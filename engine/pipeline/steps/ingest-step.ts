/** Step `ingest`: the product photo as it came → an upright 8-bit sRGB PNG. */
import type { AssetRef } from '#core/project/schema.ts';
import { ingestPhoto } from '#engine/cutout/ingest-photo.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly photo: AssetRef;
}

/** What the step says about the photo. */
export interface IngestData {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly notes: readonly string[];
}

/** @param hash of the photo file */
export function ingestKey(hash: string): string {
  return stepKey({ kind: 'ingest', version: 1, params: {}, inputs: [hash] });
}

export function ingestStep(productId: string, photo: AssetRef): StepSpec {
  const params: Params = { photo };
  return {
    key: ingestKey(photo.hash),
    kind: 'ingest', stage: 'PLANNING', name: `${productId} photo`, lane: 'io', deps: [], params, maxAttempts: 1, weight: 0.3,
  };
}

/** Artifacts: `upright`. Data: `IngestData`. */
export function createIngestHandler(services: Services): StepHandler {
  return async ({ step }) => {
    const { photo } = step.params as Params;
    const result = await ingestPhoto(services.store.pathOf(photo));
    const upright = { ...(await services.store.putBytes(result.png, 'product_upright.png', 'image/png')), width: result.width, height: result.height };
    const data: IngestData = { width: result.width, height: result.height, hasAlpha: result.hasAlpha, notes: result.notes };
    return { artifacts: { upright }, data, provider: 'embedded' };
  };
}
