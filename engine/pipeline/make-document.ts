/**
 * The first half of a run: photos and brief → AdProject document. Photos are ingested and cut out, the plan is made with what
 * the cut-out learned, and the parts are put together. The document is a function of the request alone (plus when it was first
 * made), so the same request is the same project.
 */
import { createHash } from 'node:crypto';
import type { PlanRequest, PlanResult } from '#core/planning/types.ts';
import { adProjectSchema, SCHEMA_VERSION } from '#core/project/schema.ts';
import type { AdProject, Product, Rendition } from '#core/project/schema.ts';
import { formatRatioForFile } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { canonicalJson } from '#engine/jobs/step-key.ts';
import type { StepSpec } from '#engine/jobs/types.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import type { MakeRequest } from './run-request.ts';
import type { RunContext } from './run-context.ts';
import { cutoutStep } from './steps/cutout-step.ts';
import type { CutoutData } from './steps/cutout-step.ts';
import { ingestStep } from './steps/ingest-step.ts';
import type { IngestData } from './steps/ingest-step.ts';
import { planStep } from './steps/plan-step.ts';
import { onnxModelOf } from './onnx-model.ts';

/** Frames per second of the project clock. */
const FPS = 30;

/** @param createdMs when this project was first made */
export async function makeDocument(request: MakeRequest, run: RunContext, createdMs: number): Promise<AdProject> {
  const products = await cutOutProducts(request, run);
  const plan = await planAdvert(request, products, run);
  return assembleDocument(request, products, plan.result, plan.provider, createdMs);
}

/** The id that a request always gets. */
export function projectIdOf(request: MakeRequest): string {
  const { outDir: _outDir, ...content } = request;
  return `p_${createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 20)}`;
}

async function cutOutProducts(request: MakeRequest, run: RunContext): Promise<Product[]> {
  const model = await onnxModelOf(run.services);
  return Promise.all(
    request.photos.map(async ({ asset, name }, index) => {
      const id = `product_${index + 1}`;
      const ingest = ingestStep(id, asset);
      const { data: photo } = await run.step(ingest);
      const { notes: remarks, hasAlpha } = photo as IngestData;
      for (const note of remarks) run.notice(`${asset.name}: ${note}`);
      const provider = request.cutoutProvider;
      const isForComfy = provider === 'comfyui' || (provider === 'auto' && !hasAlpha);
      const specWith = (workflow?: GenerationChoice): StepSpec => cutoutStep(id, ingest, { provider, ...(model ? { onnxModel: model } : {}), ...(workflow ? { workflow } : {}) });
      const cutout = specWith(isForComfy ? await run.choose('cutout', (choice) => specWith(choice).key) : undefined);
      const { artifacts, data } = await run.step(cutout);
      const { method, analysis, notes } = data as CutoutData;
      for (const note of notes) run.notice(`${asset.name}: ${note}`);
      return { id, name: name || request.brief.productName, photo: asset, cutout: artifacts['cutout'], mask: artifacts['mask'], shadow: artifacts['shadow'], method, analysis };
    }),
  );
}

async function planAdvert(request: MakeRequest, products: readonly Product[], run: RunContext): Promise<{ result: PlanResult; provider: string }> {
  const planRequest: PlanRequest = {
    brief: request.brief,
    brand: request.brand,
    products: products.flatMap(({ id, name, analysis }) => (analysis ? [{ id, name, analysis }] : [])),
    durationFrames: request.durationFrames,
    fps: FPS,
    sceneCount: request.sceneCount,
    seed: request.seed,
  };
  const output = await run.step(planStep(planRequest, run.policy, run.services));
  return { result: output.data as PlanResult, provider: output.provider ?? 'embedded' };
}

function assembleDocument(request: MakeRequest, products: Product[], plan: PlanResult, provider: string, createdMs: number): AdProject {
  const document = {
    schemaVersion: SCHEMA_VERSION,
    id: projectIdOf(request),
    name: request.brief.productName || products[0]?.name || 'Untitled advert',
    createdMs,
    seed: request.seed,
    timebase: { num: FPS, den: 1 },
    durationFrames: request.durationFrames,
    brief: request.brief,
    brand: request.brand,
    products,
    style: plan.style,
    scenes: plan.scenes,
    soundtrack: plan.soundtrack,
    renditions: request.ratios.flatMap(renditionsOf),
    planning: { provider, structure: plan.structure, droppedClaims: plan.droppedClaims },
  };
  return adProjectSchema.parse(document);
}

function renditionsOf(ratio: Ratio): Rendition[] {
  const file = formatRatioForFile(ratio);
  return [{ id: `video_${file}`, kind: 'video', ratio }, { id: `still_${file}`, kind: 'still', ratio }];
}
