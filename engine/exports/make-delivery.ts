/** The delivery ZIP of a project as it is saved: renders what its document lists (all from the cache after a run) and packs it. */
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import { listRunSteps } from '#engine/jobs/run-store.ts';
import type { Engine } from '#engine/main.ts';
import { withHiddenRun } from '#engine/pipeline/hidden-run.ts';
import { renderDocument } from '#engine/pipeline/render-document.ts';
import { deliveryStep } from '#engine/pipeline/steps/delivery-step.ts';
import type { StepRecord } from '#engine/jobs/types.ts';
import { wishesOf } from '#engine/previews/make-film.ts';
import { makeProvenance } from './provenance.ts';

/** Rejects with what a step failed of, and with an AbortError. */
export async function makeDelivery(project: AdProject, engine: Engine, signal: AbortSignal): Promise<AssetRef> {
  return await withHiddenRun(wishesOf(engine.db, project.id), engine, signal, async (run) => {
    const seen: Pick<StepRecord, 'kind' | 'name' | 'provider' | 'generated'>[] = [];
    const step: typeof run.step = async (spec) => {
      const output = await run.step(spec);
      seen.push({ kind: spec.kind, name: spec.name, ...(output.provider ? { provider: output.provider } : {}), ...(output.generated ? { generated: output.generated } : {}) });
      return output;
    };
    const advert = await renderDocument(project, { ...run, step });
    const { artifacts } = await run.step(deliveryStep(project, advert, makeProvenance(project, seen)));
    const zip = artifacts['delivery'];
    if (!zip) throw new Error('the delivery step left no file');
    return zip;
  });
}

/** What was generated for these exports, as their runs tell; what several of them share stands once. */
export function provenanceOf(project: AdProject, runIds: readonly string[], engine: Engine): ReturnType<typeof makeProvenance> {
  const steps = new Map(runIds.flatMap((id) => listRunSteps(engine.db, id)).map((step) => [step.key, step]));
  return makeProvenance(project, [...steps.values()]);
}
