/** Edits of the product's keyframes. Frames count from the start of the scene. */
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, PlacementKeyframe } from '#core/project/schema.ts';
import { EditRefusal } from './edit-refusal.ts';
import { putKeyframe } from './keyframes.ts';
import { clamp, LIMITS, openScene, withScene } from './rules.ts';

/** The keyframes of one ratio of one scene. */
export interface KeyframesRef {
  readonly sceneId: string;
  readonly ratio: Ratio;
}

/** Holds a pose at a frame; the one that is there gives way. */
export function setKeyframe(project: AdProject, ref: KeyframesRef, key: PlacementKeyframe): AdProject {
  const { durationFrames } = openScene(project, ref.sceneId);
  const keys = keyframesOf(project, ref);
  const frame = clamp(Math.round(key.frame), 0, durationFrames - 1);
  if (keys.length >= LIMITS.maxKeyframes && !keys.some((other) => other.frame === frame)) throw new EditRefusal('tooManyKeyframes');
  return withKeyframes(project, ref, putKeyframe(keys, { ...key, frame }));
}

/** Puts a keyframe on another frame; it stops beside its neighbours. */
export function moveKeyframe(project: AdProject, ref: KeyframesRef, frame: number, toFrame: number): AdProject {
  const { durationFrames } = openScene(project, ref.sceneId);
  const keys = keyframesOf(project, ref);
  const index = keys.findIndex((key) => key.frame === frame);
  const key = keys[index];
  if (!key) throw new EditRefusal('nothingThere');
  const least = (keys[index - 1]?.frame ?? -1) + 1;
  const most = Math.max(least, Math.min((keys[index + 1]?.frame ?? durationFrames) - 1, durationFrames - 1));
  return withKeyframes(project, ref, keys.map((other) => (other === key ? { ...key, frame: clamp(Math.round(toFrame), least, most) } : other)));
}

/** Takes keyframes away; without any the ratio is laid out automatically again. */
export function deleteKeyframes(project: AdProject, ref: KeyframesRef, frames: readonly number[]): AdProject {
  openScene(project, ref.sceneId);
  return withKeyframes(project, ref, keyframesOf(project, ref).filter((key) => !frames.includes(key.frame)));
}

/** The keyframes, in order. */
export function keyframesOf(project: AdProject, { sceneId, ratio }: KeyframesRef): PlacementKeyframe[] {
  const keys = project.scenes.find((scene) => scene.id === sceneId)?.placement?.keyframes[ratio] ?? [];
  return [...keys].sort((a, b) => a.frame - b.frame);
}

function withKeyframes(project: AdProject, { sceneId, ratio }: KeyframesRef, keys: PlacementKeyframe[]): AdProject {
  return withScene(project, sceneId, (scene) => {
    if (!scene.placement) throw new EditRefusal('nothingThere');
    const { [ratio]: _, ...others } = scene.placement.keyframes;
    return { ...scene, placement: { ...scene.placement, keyframes: keys.length > 0 ? { ...others, [ratio]: keys } : others } };
  });
}
