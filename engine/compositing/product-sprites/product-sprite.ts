/** A picture that goes with a product: where it lies is relative to the product's box, in units of the box's height. */
import type { Rect } from '#core/composition/layer.ts';
import type { Raster } from '../raster.ts';

export interface ProductSprite {
  readonly raster: Raster;
  readonly rect: Rect;
}

/** Shadows are never quite black: some light always comes round. */
export const SHADOW_COLOUR: readonly [number, number, number] = [18, 14, 13];
