/** Photo → product: ingest and cut-out, or the cut-out with the user's own mask. The same steps before there is a project and in its first run. */
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef, Product } from '#core/project/schema.ts';
import type { StepOutput, StepSpec } from '#engine/jobs/types.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import { onnxModelOf } from './onnx-model.ts';
import type { RunContext } from './run-context.ts';
import type { MakeRequest } from './run-request.ts';
import { correctionStep } from './steps/correction-step.ts';
import { cutoutStep } from './steps/cutout-step.ts';
import type { CutoutChoice, CutoutData } from './steps/cutout-step.ts';
import { ingestStep } from './steps/ingest-step.ts';
import type { IngestData } from './steps/ingest-step.ts';

/** A photo of a request, and how it is to be cut out. */
export interface PhotoToCutOut {
  readonly productId: string;
  readonly photo: MakeRequest['photos'][number];
  readonly provider: CutoutChoice;
  /** Of the product, when the photo has none of its own. */
  readonly fallbackName: string;
}

/** A product, and its photo as it is shown. */
export interface CutOutPhoto {
  readonly product: Product;
  readonly upright: AssetRef;
}

/** What the user should know goes to the run's notices. */
export async function cutOutPhoto({ productId, photo, provider, fallbackName }: PhotoToCutOut, run: RunContext): Promise<CutOutPhoto> {
  const { asset, name, mask } = photo;
  const ingest = ingestStep(productId, asset);
  const { data, artifacts } = await run.step(ingest);
  const { notes, hasAlpha } = data as IngestData;
  for (const note of notes) run.notice(`${asset.name}: ${note}`);
  const made = mask ? await run.step(correctionStep(productId, ingest, mask)) : await cutOut(productId, ingest, provider, hasAlpha, run);
  const { method, analysis, notes: remarks } = made.data as CutoutData;
  for (const note of remarks) run.notice(`${asset.name}: ${note}`);
  const upright = artifacts['upright'];
  if (!upright) throw new AdgenError('INTERNAL', 'The photo step left no upright photo.');
  return { upright, product: { id: productId, name: name || fallbackName, photo: asset, cutout: made.artifacts['cutout'], mask: made.artifacts['mask'], shadow: made.artifacts['shadow'], method, analysis } };
}

async function cutOut(productId: string, ingest: StepSpec, provider: CutoutChoice, hasAlpha: boolean, run: RunContext): Promise<StepOutput> {
  const model = await onnxModelOf(run.services);
  const isForComfy = provider === 'comfyui' || (provider === 'auto' && !hasAlpha);
  const specWith = (workflow?: GenerationChoice): StepSpec => cutoutStep(productId, ingest, { provider, ...(model ? { onnxModel: model } : {}), ...(workflow ? { workflow } : {}) });
  return await run.step(specWith(isForComfy ? await run.choose('cutout', (choice) => specWith(choice).key) : undefined));
}
