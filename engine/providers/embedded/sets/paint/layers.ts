/** Layer geometry: how far pictures reach beyond the canvas, and the manifest fields of a layer at rest. */
import type { FractionRect, SetLayer, Stage } from '../set-types.ts';
import { clamp } from './math.ts';

/** Beyond each side of the canvas for layers that the camera moves against the product's plane. */
export const OVERSCAN = 0.1;
/** How far wall and floor overlap, so that parallax never opens a gap between them. */
const SEAM_OVERLAP = 0.16;

/** The whole canvas and `margin` around it. */
export function fullRect(margin = OVERSCAN): FractionRect {
  return { x: -margin, y: -margin, width: 1 + 2 * margin, height: 1 + 2 * margin };
}

/** The canvas from its overscanned top to a little below the horizon; all of it when the floor is out of sight. */
export function wallRect(stage: Stage): FractionRect {
  const bottom = clamp(stage.horizon + SEAM_OVERLAP, 0.1, 1 + OVERSCAN);
  return { x: -OVERSCAN, y: -OVERSCAN, width: 1 + 2 * OVERSCAN, height: bottom + OVERSCAN };
}

/** From just above the horizon to the overscanned bottom. */
export function floorRect(stage: Stage): FractionRect {
  const top = clamp(stage.horizon - 0.02, -OVERSCAN, 0.9);
  return { x: -OVERSCAN, y: top, width: 1 + 2 * OVERSCAN, height: 1 + OVERSCAN - top };
}

/** A layer without motion of its own. */
export function stillLayer(name: string, rect: FractionRect, picture: SetLayer['picture'], depth: number): SetLayer {
  return {
    name,
    rect,
    picture,
    depth,
    blend: 'normal',
    isForeground: false,
    motion: { kind: 'none', x: 0, y: 0, periodFrames: 300, phase: 0 },
    opacity: 1,
  };
}
