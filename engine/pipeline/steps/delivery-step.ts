/** Step `delivery`: the finished files → one ZIP that can be sent on and imported back. */
import type { AdProject } from '#core/project/schema.ts';
import { deliveryEntries } from '#engine/exports/delivery-files.ts';
import { writeDeliveryZip } from '#engine/exports/delivery-zip.ts';
import type { Provenance } from '#engine/exports/provenance.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { FinishedAdvert } from '../render-document.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly project: AdProject;
  readonly advert: FinishedAdvert;
  readonly provenance: Provenance;
}

export function deliveryStep(project: AdProject, advert: FinishedAdvert, provenance: Provenance): StepSpec {
  const params: Params = { project, advert, provenance };
  const key = stepKey({ kind: 'delivery', version: 1, params });
  return { key, kind: 'delivery', stage: 'RENDERING', name: 'delivery', lane: 'io', deps: [], params, weight: 0.3 };
}

/** Artifacts: `delivery`. */
export function createDeliveryHandler({ store }: Services): StepHandler {
  return async ({ step }) => {
    const { project, advert, provenance } = step.params as Params;
    const path = store.tempPath('zip');
    await writeDeliveryZip(deliveryEntries(project, advert, provenance, store), path);
    return { artifacts: { delivery: await store.putFile(path, 'delivery.zip', 'application/zip', { move: true }) }, data: {}, provider: 'embedded' };
  };
}
