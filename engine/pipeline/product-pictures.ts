/** The pictures that belong to products in every ratio: shadows, reflection and light wrap, and the logo's shape. */
import sharp from 'sharp';
import type { ProductFacts, ProductPart } from '#core/composition/facts.ts';
import { AdgenError } from '#core/contract/errors.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import type { ProductPictures } from './film-builder.ts';
import type { RunContext } from './run-context.ts';
import { spritesStep } from './steps/sprites-step.ts';
import type { SpritesData } from './steps/sprites-step.ts';

/** Throws BAD_INPUT when a product of the document has not been cut out, NOT_FOUND when its cut-out is gone from the store. */
export async function makeProductPictures(project: AdProject, run: RunContext): Promise<ProductPictures> {
  const facts: Record<string, ProductFacts> = {};
  const parts: Record<string, Partial<Record<ProductPart, AssetRef>>> = {};
  const used = new Set(project.scenes.flatMap((scene) => scene.placement?.productId ?? []));
  await Promise.all(
    project.products.filter((product) => used.has(product.id)).map(async (product) => {
      if (!product.cutout || !product.mask || !product.analysis) throw new AdgenError('BAD_INPUT', `Product "${product.name || product.id}" has no cut-out in this document. Let its run go on, or make the advert from its photo first.`);
      if (![product.cutout, product.mask].every(({ hash }) => run.services.store.has(hash))) throw new AdgenError('NOT_FOUND', `The cut-out of "${product.name || product.id}" is no longer in the data folder. Put the folder's files back, open a delivery of this advert, or make it anew from the photo.`);
      const { artifacts, data } = await run.step(spritesStep(product, project.style.light));
      facts[product.id] = (data as SpritesData).facts;
      parts[product.id] = artifacts as Partial<Record<ProductPart, AssetRef>>;
    }),
  );
  const logoAspect = project.brand.logo ? await aspectOf(run.services.store.pathOf(project.brand.logo)) : undefined;
  return { facts, parts, ...(logoAspect === undefined ? {} : { logoAspect }) };
}

async function aspectOf(path: string): Promise<number> {
  const { width, height } = await sharp(path).metadata();
  return width / height;
}
