/** Decides which layers belong to the deep, dithered backdrop: everything up to the product, or up to the last soft layer. Pure. */
import type { Layer } from '#core/composition/layer.ts';
import type { PictureTraits } from './source-picture.ts';

export function countBackdropLayers(items: readonly { readonly layer: Layer; readonly traits: PictureTraits }[]): number {
  const product = items.findIndex(({ layer }) => layer.sampling === 'exact');
  if (product >= 0) return product;
  return items.findLastIndex(({ layer, traits }) => layer.blend !== 'normal' || traits.kind !== 'raster' || traits.isOpaque) + 1;
}
