import type { Rect } from '#core/composition/layer.ts';

/** Where a frame shows a product. */
export interface ProductPlacement {
  /** The whole cut-out is mapped onto this rectangle, canvas pixels. */
  readonly productRect: Rect;
  /** Clockwise about the rectangle's middle. */
  readonly rotationDeg: number;
}
