/** Step `cutout`: upright photo → cut-out, mask, the photo's own shadow, and what they say about light and stance. */
import { readFile } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef, ProductAnalysis } from '#core/project/schema.ts';
import type { CutOutProductPayload, CutOutProductResult } from '#engine/cutout/cut-out-product.ts';
import { explain, HOPELESS, isPassing } from '#engine/jobs/run-chain.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { Fallback, GenerationRecord, StepHandler, StepOutput, StepSpec } from '#engine/jobs/types.ts';
import { generatorCall } from '#engine/providers/provider-call.ts';
import type { GenerationChoice, GeneratorCall } from '#engine/providers/types.ts';
import { isGenerated } from '../generation-key.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';
import { warmUp } from '../warm-up.ts';

const VERSION = 3;

export type CutoutChoice = CutOutProductPayload['provider'];

interface Params {
  readonly provider: CutoutChoice;
  readonly onnxModel?: { readonly path: string; readonly hash: string };
  /** A ComfyUI that may be asked, or why it cannot. */
  readonly workflow?: GenerationChoice;
}

/** What the step says about the product. */
export interface CutoutData {
  readonly method: string;
  readonly analysis: ProductAnalysis;
  readonly notes: readonly string[];
}

/** `onnxModel.hash` enters the key: another model makes another mask. */
export function cutoutStep(productId: string, ingest: StepSpec, params: Params): StepSpec {
  const asked = params.workflow && { workflow: params.workflow };
  return {
    key: stepKey({ kind: 'cutout', version: VERSION, params: { provider: params.provider, model: params.onnxModel?.hash, ...(isGenerated(asked) ? { workflow: params.workflow } : {}) }, inputs: [ingest.key] }),
    kind: 'cutout', stage: 'EXTRACTING_PRODUCT', name: `${productId} cut-out`, lane: isGenerated(asked) ? 'gpu' : 'cpu', deps: [ingest.key], params, weight: 5, isShown: true,
  };
}

/** Artifacts: `cutout`, `mask`, and `shadow` when it could be separated. Data: `CutoutData`. */
export function createCutoutHandler(services: Services): StepHandler {
  const { store, pool } = services;
  return async (context) => {
    const { step, input, signal, report } = context;
    const params = step.params as Params;
    const upright = input(step.deps[0] ?? '').artifacts['upright'];
    if (!upright) throw new Error('the ingest step left no upright photo');
    const generated: GenerationRecord[] = [];
    const asked = await askComfy(store.pathOf(upright), params, services, generatorCall(services, context, generated));
    const payload: CutOutProductPayload = { uprightPath: store.pathOf(upright), provider: params.provider, ...(asked.maskPng ? { comfyMaskPng: asked.maskPng } : {}), ...(params.onnxModel ? { onnxModelPath: params.onnxModel.path } : {}) };
    warmUp(services, signal);
    const result = await pool.run<CutOutProductResult>({ module: taskModule('cutout/tasks/cut-out.ts'), payload }, { signal, onProgress: report, isDisposable: true });
    return { ...(await keepCutout(result, store)), fallback: [...asked.givenUp.map((each) => ({ ...each, to: result.method })), ...result.fallback], generated };
  };
}

/** The pictures of a cut-out in the store, and what it says. */
export async function keepCutout(result: Omit<CutOutProductResult, 'fallback'>, store: Services['store']): Promise<Pick<StepOutput, 'artifacts' | 'data' | 'provider'>> {
  const size = { width: result.width, height: result.height };
  const cutout = { ...(await store.putBytes(result.cutoutPng, 'product_masked.png', 'image/png')), ...size };
  const mask = { ...(await store.putBytes(result.maskPng, 'product_mask.png', 'image/png')), ...size };
  const shadow: Record<string, AssetRef> = result.shadowPng ? { shadow: { ...(await store.putBytes(result.shadowPng, 'product_shadow.png', 'image/png')), ...size } } : {};
  const data: CutoutData = { method: result.method, analysis: result.analysis, notes: result.notes };
  return { artifacts: { cutout, mask, ...shadow }, data, provider: result.method };
}

/** The mask, when there is a ComfyUI that can make one. In the `auto` chain its failure is written down and the next link is asked. */
async function askComfy(uprightPath: string, { provider, workflow }: Params, { comfy }: Services, call: GeneratorCall): Promise<{ maskPng?: Uint8Array; givenUp: Omit<Fallback, 'to'>[] }> {
  if (!comfy || !workflow) return { givenUp: [] };
  const { makeCutoutMask } = await import('#engine/providers/comfyui/cutout-mask.ts'); // only where there is a ComfyUI
  try {
    return { maskPng: await makeCutoutMask(await readFile(uprightPath), workflow, comfy, call), givenUp: [] };
  } catch (error) {
    if (call.signal.aborted || provider === 'comfyui' || !(error instanceof AdgenError) || HOPELESS.has(error.code)) throw error;
    return { givenUp: [{ from: 'comfyui', ...explain(error), ...(isPassing(error) ? { isPassing: true } : {}) }] };
  }
}
