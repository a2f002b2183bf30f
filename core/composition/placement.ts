/**
 * Where the product stands at a frame: the automatic layout with its entrance, or the user's keyframes.
 */
import { canvasSize } from '../project/ratio.ts';
import type { Ratio } from '../project/ratio.ts';
import type { Placement, PlacementKeyframe } from '../project/schema.ts';
import { ease, mix } from './easing.ts';
import type { Rect } from './layer.ts';

/** A product on the canvas before the camera looks at it. */
export interface ProductPose {
  readonly rect: Rect;
  readonly rotationDeg: number;
  readonly opacity: number;
  readonly shadow: number;
  readonly reflection: number;
  /** 0 = standing on the floor; more = lifted, canvas heights (shadows soften and fade). */
  readonly lift: number;
}

/** Length of an entrance, frames. */
export const ENTRANCE_FRAMES = 20;
const FADE_FRAMES = 9;
const LIFT = 0.022;

/**
 * The product's pose at a frame of its scene.
 * @param rest the automatic layout's rectangle, whole pixels
 * @param aspect width ÷ height of the product's tight box, which `rest` has been rounded from
 * @param frame frames since the scene's start
 * @param isWhole the product is there from frame 0 and only moves; else it fades in as it comes
 */
export function poseAt(placement: Placement, rest: Rect, aspect: number, ratio: Ratio, frame: number, isWhole: boolean): ProductPose {
  const keyframes = placement.keyframes[ratio];
  return keyframes ? poseFromKeyframes(keyframes, aspect, ratio, frame) : entrancePose(placement, rest, ratio, frame, isWhole);
}

function entrancePose(placement: Placement, rest: Rect, ratio: Ratio, frame: number, isWhole: boolean): ProductPose {
  const canvas = canvasSize(ratio);
  const away = 1 - ease('easeOut', frame / ENTRANCE_FRAMES);
  const fade = isWhole || placement.entrance === 'none' ? 1 : Math.min(1, frame / FADE_FRAMES);
  const pose = { rect: rest, rotationDeg: 0, opacity: fade, shadow: placement.shadow, reflection: placement.reflection, lift: 0 };
  switch (placement.entrance) {
    case 'none':
    case 'fade':
      return pose;
    case 'settle':
      return { ...pose, rect: { ...rest, y: rest.y - away * LIFT * canvas.height }, lift: away * LIFT };
    case 'rise':
      return { ...pose, rect: { ...rest, y: rest.y + away * 0.05 * canvas.height } };
    case 'slideLeft':
      return { ...pose, rect: { ...rest, x: rest.x + away * 0.22 * canvas.width } };
    case 'slideRight':
      return { ...pose, rect: { ...rest, x: rest.x - away * 0.22 * canvas.width } };
  }
}

function poseFromKeyframes(keyframes: readonly PlacementKeyframe[], aspect: number, ratio: Ratio, frame: number): ProductPose {
  const sorted = [...keyframes].sort((a, b) => a.frame - b.frame);
  const after = sorted.findIndex((key) => key.frame > frame);
  const to = after === -1 ? sorted.at(-1) : sorted[after];
  const from = after === -1 ? to : (sorted[after - 1] ?? to);
  if (!from || !to) throw new RangeError('a placement with keyframes needs at least one');
  const t = to.frame > from.frame ? ease(from.ease, (frame - from.frame) / (to.frame - from.frame)) : 1;
  const at = (field: 'x' | 'y' | 'scale' | 'rotationDeg' | 'opacity' | 'shadow' | 'reflection'): number => mix(from[field], to[field], t);
  const canvas = canvasSize(ratio);
  const height = at('scale') * canvas.height;
  const width = height * aspect;
  const rect = { x: at('x') * canvas.width - width / 2, y: at('y') * canvas.height - height, width, height };
  const isAtRest = t === 0 || t === 1 || (from.x === to.x && from.y === to.y && from.scale === to.scale);
  return {
    rect: isAtRest ? snap(rect) : rect,
    rotationDeg: at('rotationDeg'),
    opacity: at('opacity'),
    shadow: at('shadow'),
    reflection: at('reflection'),
    lift: 0,
  };
}

/** Whole pixels: a product that stands still is drawn pixel for pixel. */
function snap(rect: Rect): Rect {
  return { x: Math.round(rect.x), y: Math.round(rect.y), width: Math.max(1, Math.round(rect.width)), height: Math.max(1, Math.round(rect.height)) };
}
