/**
 * Keyframes of a product in one ratio, as values: from the automatic layout on, moved, added, eased, taken to other ratios. Pure. A ratio without
 * keyframes is laid out automatically; the first change by hand writes that layout down, entrance included, and changes that.
 */
import { layoutOf } from '#core/composition/evaluate.ts';
import type { CompositionFacts } from '#core/composition/facts.ts';
import { ENTRANCE_FRAMES, poseAt } from '#core/composition/placement.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Easing, Placement, PlacementKeyframe, Scene } from '#core/project/schema.ts';
import { keyframeAt, putKeyframe } from '../../../editor/keyframes.ts';
import { wrapDegrees } from './gestures.ts';

/** The fields that a keyframe fixes. */
export type Pose = Omit<PlacementKeyframe, 'frame' | 'ease'>;

const FIELDS = ['x', 'y', 'scale', 'rotationDeg', 'opacity', 'shadow', 'reflection'] as const;
const LIMITS: Readonly<Record<(typeof FIELDS)[number], readonly [number, number]>> = { x: [-1, 2], y: [-1, 2], scale: [0.01, 4], rotationDeg: [-180, 180], opacity: [0, 1], shadow: [0, 1], reflection: [0, 1] };

/** What the automatic layout gives a scene, as keyframes; undefined when it shows no product. */
export function automaticKeyframes(scene: Scene, ratio: Ratio, facts: Pick<CompositionFacts, 'products' | 'logoAspect'>): PlacementKeyframe[] | undefined {
  const { placement } = scene;
  const aspect = placement && facts.products[placement.productId]?.aspect;
  const rest = layoutOf({ scene }, ratio, facts).product;
  if (!placement || !rest || aspect === undefined) return undefined;
  const automatic: Placement = { ...placement, keyframes: {} };
  const canvas = canvasSize(ratio);
  const keyAt = (frame: number): PlacementKeyframe => {
    const { rect, rotationDeg, opacity, shadow, reflection } = poseAt(automatic, rest, aspect, ratio, frame, true);
    return { frame, x: (rect.x + rect.width / 2) / canvas.width, y: (rect.y + rect.height) / canvas.height, scale: rect.height / canvas.height, rotationDeg, opacity, shadow, reflection, ease: 'easeOut' };
  };
  if (placement.entrance === 'none' || placement.entrance === 'fade' || scene.durationFrames <= ENTRANCE_FRAMES) return [{ ...keyAt(ENTRANCE_FRAMES), frame: 0 }];
  return [keyAt(0), keyAt(ENTRANCE_FRAMES)];
}

/** Those of the user, in order, else those of the automatic layout. */
export function keyframesOf(scene: Scene, ratio: Ratio, facts: Pick<CompositionFacts, 'products' | 'logoAspect'>): PlacementKeyframe[] | undefined {
  const own = scene.placement?.keyframes[ratio];
  return own ? [...own].sort((a, b) => a.frame - b.frame) : automaticKeyframes(scene, ratio, facts);
}

/** Where the product is at a frame, not rounded to pixels. */
export function poseOn(keys: readonly PlacementKeyframe[], frame: number): PlacementKeyframe {
  const key = keyframeAt(keys, frame);
  if (!key) throw new RangeError('a pose needs at least one keyframe');
  return clampKey(key);
}

/** What a hand does: shifted by fractions of the canvas, grown about the middle of the base, turned. */
export interface PoseChange {
  readonly dx?: number;
  readonly dy?: number;
  readonly scaleBy?: number;
  readonly rotateBy?: number;
}

/** Changes the keyframe at `frame`, or all of them when none stands there, so that the motion stays and its place changes. */
export function changeKeyframes(keys: readonly PlacementKeyframe[], frame: number, isWhole: boolean, { dx = 0, dy = 0, scaleBy = 1, rotateBy = 0 }: PoseChange): PlacementKeyframe[] {
  return mapKeys(keys, frame, isWhole, (key) => ({ ...key, x: key.x + dx, y: key.y + dy, scale: key.scale * scaleBy, rotationDeg: wrapDegrees(key.rotationDeg + rotateBy) }));
}

/** Sets fields of the keyframe at `frame`, or of all of them when none stands there. */
export function setOnKeyframes(keys: readonly PlacementKeyframe[], frame: number, isWhole: boolean, fields: Partial<Pose>): PlacementKeyframe[] {
  return mapKeys(keys, frame, isWhole, (key) => ({ ...key, ...fields }));
}

function mapKeys(keys: readonly PlacementKeyframe[], frame: number, isWhole: boolean, change: (key: PlacementKeyframe) => PlacementKeyframe): PlacementKeyframe[] {
  const isAlone = !isWhole && keys.some((key) => key.frame === frame);
  return keys.map((key) => (isAlone && key.frame !== frame ? key : clampKey(change(key))));
}

/** Fixes the pose of this moment in a keyframe of its own; nothing moves by that. */
export function addKeyframe(keys: readonly PlacementKeyframe[], frame: number): PlacementKeyframe[] {
  if (keys.some((key) => key.frame === frame)) return [...keys];
  return putKeyframe(keys, poseOn(keys, frame));
}

/** Without the keyframe at a frame; undefined when none is left, which is the automatic layout again. */
export function removeKeyframe(keys: readonly PlacementKeyframe[], frame: number): PlacementKeyframe[] | undefined {
  const left = keys.filter((key) => key.frame !== frame);
  return left.length > 0 ? left : undefined;
}

/** Sets how the motion goes on from the keyframe at or before a frame. */
export function setEasing(keys: readonly PlacementKeyframe[], frame: number, easing: Easing): PlacementKeyframe[] {
  const from = keys.findLast((key) => key.frame <= frame) ?? keys[0];
  return keys.map((key) => (key === from ? { ...key, ease: easing } : key));
}

/**
 * The keyframes of one ratio for another: what was changed against the automatic layout there is changed against it here, since the same place in
 * numbers would be another place to the eye.
 */
export function carryKeyframes(scene: Scene, from: Ratio, to: Ratio, facts: Pick<CompositionFacts, 'products' | 'logoAspect'>): PlacementKeyframe[] | undefined {
  const keys = scene.placement?.keyframes[from];
  const [source, target] = [automaticKeyframes(scene, from, facts)?.at(-1), automaticKeyframes(scene, to, facts)?.at(-1)];
  if (!keys || !source || !target) return undefined;
  return keys.map((key) => clampKey({ ...key, x: target.x + key.x - source.x, y: target.y + key.y - source.y, scale: (target.scale * key.scale) / source.scale }));
}

function clampKey(key: PlacementKeyframe): PlacementKeyframe {
  const pose = Object.fromEntries(FIELDS.map((field) => [field, Math.min(LIMITS[field][1], Math.max(LIMITS[field][0], round(key[field])))]));
  return { ...key, ...pose };
}

/** A ten-thousandth is a fifth of a pixel: documents stay readable. */
function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
