/** Keyframes of one ratio of one scene: a list that is sorted by frame. Positions between two follow the first one's easing, as the composition does it. */
import { ease, mix } from '#core/composition/easing.ts';
import type { Placement, PlacementKeyframe } from '#core/project/schema.ts';

const FIELDS = ['x', 'y', 'scale', 'rotationDeg', 'opacity', 'shadow', 'reflection'] as const;

/** The pose at a frame as a keyframe of its own; undefined when there is none at all. */
export function keyframeAt(keyframes: readonly PlacementKeyframe[], frame: number): PlacementKeyframe | undefined {
  const to = keyframes.find((key) => key.frame > frame) ?? keyframes.at(-1);
  const from = keyframes.findLast((key) => key.frame <= frame) ?? to;
  if (!from || !to) return undefined;
  const t = to.frame > from.frame ? ease(from.ease, (frame - from.frame) / (to.frame - from.frame)) : 1;
  const values = Object.fromEntries(FIELDS.map((field) => [field, mix(from[field], to[field], t)]));
  return { ...from, ...values, frame };
}

/** A list with one keyframe put in; one at the same frame gives way. */
export function putKeyframe(keyframes: readonly PlacementKeyframe[], key: PlacementKeyframe): PlacementKeyframe[] {
  return [...keyframes.filter((other) => other.frame !== key.frame), key].sort((a, b) => a.frame - b.frame);
}

/** Everything later by so many frames. What would be before the scene becomes one keyframe at its start. */
export function shiftKeyframes(keyframes: readonly PlacementKeyframe[], frames: number): PlacementKeyframe[] {
  if (frames === 0) return [...keyframes];
  const shifted = keyframes.filter((key) => key.frame + frames >= 0).map((key) => ({ ...key, frame: key.frame + frames }));
  const atStart = keyframeAt(keyframes, -frames);
  const isCut = keyframes.some((key) => key.frame + frames < 0) && shifted[0]?.frame !== 0;
  return isCut && atStart ? [{ ...atStart, frame: 0 }, ...shifted] : shifted;
}

/** What the part before a frame needs: its keyframes and the next one, so that it moves as before. */
export function keyframesUntil(keyframes: readonly PlacementKeyframe[], frame: number): PlacementKeyframe[] {
  const next = keyframes.findIndex((key) => key.frame >= frame);
  return next === -1 ? [...keyframes] : keyframes.slice(0, next + 1);
}

/** A placement with the keyframes of every ratio changed. A ratio without any left is laid out automatically again. */
export function mapKeyframes(placement: Placement, change: (keyframes: readonly PlacementKeyframe[]) => PlacementKeyframe[]): Placement {
  const entries = Object.entries(placement.keyframes).map(([ratio, keys]) => [ratio, change([...keys].sort((a, b) => a.frame - b.frame))] as const);
  return { ...placement, keyframes: Object.fromEntries(entries.filter(([, keys]) => keys.length > 0)) };
}
