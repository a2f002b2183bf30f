/**
 * Light of the backdrop that creeps round a product's edge: a tint of a few pixels just inside the contour, strongest towards
 * the top, never on the interior. It seats a cut-out in its scene without changing what fidelity measures.
 */
import { distanceInside } from './distance-inside.ts';
import type { Mask } from './grid.ts';
import type { ProductSprite } from './product-sprite.ts';

export interface LightWrapOptions {
  /** Mean colour behind the product, 8-bit sRGB. */
  readonly ambient: readonly [number, number, number];
  /** Mask pixels per canvas pixel at the largest size the product is shown; 1 = pixel for pixel. */
  readonly density?: number;
  /** 0..1 of the full strength. */
  readonly strength?: number;
}

/** Canvas pixels. */
const REACH = 4;
const STRONGEST = 0.3;

/** Same size as the mask crop. */
export function lightWrap(mask: Mask, { ambient, density = 1, strength = 1 }: LightWrapOptions): ProductSprite {
  const { width, height } = mask;
  const depth = distanceInside(width, height, (index) => (mask.data[index] as number) >= 128, Math.min(64, REACH * density + 2));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const towardsTop = 1 - 0.6 * (y / height) ** 2;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const near = 1 - (depth[at] as number) / (REACH * density);
      if (near <= 0 || (mask.data[at] as number) === 0) continue;
      const alpha = STRONGEST * strength * towardsTop * near * near * (mask.data[at] as number);
      data.set([...ambient, Math.min(STRONGEST * 255, alpha)], at * 4);
    }
  }
  return { raster: { width, height, data }, rect: { x: 0, y: 0, width: width / height, height: 1 } };
}
