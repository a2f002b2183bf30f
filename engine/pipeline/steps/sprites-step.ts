/** Step `sprites`: cut-out and light → the product's shadows, reflection and light wrap. */
import type { ProductFacts, ProductPart } from '#core/composition/facts.ts';
import type { AssetRef, Light, Product } from '#core/project/schema.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { MakeSpritesPayload, MadeSprites } from '#engine/compositing/tasks/make-sprites.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly product: Pick<Product, 'cutout' | 'mask' | 'shadow' | 'analysis'>;
  readonly light: Light;
}

/** What composition needs to know about a product. */
export interface SpritesData {
  readonly facts: ProductFacts;
}

export function spritesStep(product: Product, light: Light): StepSpec {
  const params: Params = { product: { cutout: product.cutout, mask: product.mask, shadow: product.shadow, analysis: product.analysis }, light };
  const inputs = [product.cutout?.hash, product.mask?.hash, product.shadow?.hash];
  return {
    key: stepKey({ kind: 'sprites', version: 2, params: { light, analysis: product.analysis }, inputs }),
    kind: 'sprites', stage: 'EXTRACTING_PRODUCT', name: `${product.id} shadows`, lane: 'io', deps: [], params, weight: 0.5,
  };
}

/** Artifacts: one per `ProductPart` that exists. Data: `SpritesData`. */
export function createSpritesHandler({ dataDir, pool }: Services): StepHandler {
  return async ({ step, signal, report }) => {
    const params = step.params as Params;
    const payload: MakeSpritesPayload = { dataDir, ...params };
    const made = await pool.run<MadeSprites>({ module: taskModule('compositing/tasks/make-sprites.ts'), payload }, { signal, onProgress: report });
    const artifacts: Partial<Record<ProductPart, AssetRef>> = made.pictures;
    const data: SpritesData = { facts: made.facts };
    return { artifacts: artifacts as Record<string, AssetRef>, data, provider: 'embedded' };
  };
}
