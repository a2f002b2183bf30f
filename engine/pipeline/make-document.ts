/**
 * The first half of a run: photos and brief → AdProject document. Photos are ingested and cut out, the plan is made with what
 * the cut-out learned, and the parts are put together. The document is a function of the request alone (plus when it was first
 * made), so the same request is the same project.
 */
import { createHash } from 'node:crypto';
import { planEmbedded } from '#core/planning/plan-embedded.ts';
import type { PlanRequest, PlanResult } from '#core/planning/types.ts';
import { adProjectSchema, SCHEMA_VERSION } from '#core/project/schema.ts';
import type { AdProject, Product, Rendition } from '#core/project/schema.ts';
import { formatRatioForFile } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { SKETCHED } from '#engine/projects/project-store.ts';
import { canonicalJson } from '#engine/jobs/step-key.ts';
import { cutOutPhoto } from './cut-out-photo.ts';
import type { MakeRequest } from './run-request.ts';
import type { RunContext } from './run-context.ts';
import { planStep } from './steps/plan-step.ts';

/** Frames per second of the project clock. */
const FPS = 30;

/** @param createdMs when this project was first made */
export async function makeDocument(request: MakeRequest, run: RunContext, createdMs: number): Promise<AdProject> {
  const products = await cutOutProducts(request, run);
  const plan = await planAdvert(request, products, run);
  return assembleDocument(request, products, plan.result, plan.provider, createdMs);
}

/**
 * What is kept of a request whose run ended before it could cut out and plan: its brief, brand and photos, with scenes that a plan without
 * products would have. A run that is resumed puts the real one in its place.
 */
export function sketchDocument(request: MakeRequest, createdMs: number): AdProject {
  const { photos, brief, brand, durationFrames, sceneCount, seed } = request;
  const products = photos.map(({ asset, name }, index): Product => ({ id: `product_${index + 1}`, name: name || brief.productName, photo: asset }));
  const plan = planEmbedded({ brief, brand, products: [], durationFrames, fps: FPS, sceneCount, seed });
  const productId = products[0]?.id ?? '';
  const scenes = plan.scenes.map((scene) => (scene.placement ? { ...scene, placement: { ...scene.placement, productId } } : scene));
  return assembleDocument(request, products, { ...plan, scenes }, SKETCHED, createdMs);
}

/** The id that a request always gets; a nonce in it makes another project of the same words and photos. */
export function projectIdOf(request: MakeRequest): string {
  const { outDir: _outDir, ...content } = request;
  return `p_${createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 20)}`;
}

async function cutOutProducts(request: MakeRequest, run: RunContext): Promise<Product[]> {
  const made = await Promise.all(request.photos.map((photo, index) => cutOutPhoto({ productId: `product_${index + 1}`, photo, provider: request.cutoutProvider, fallbackName: request.brief.productName }, run)));
  return made.map(({ product }) => product);
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
