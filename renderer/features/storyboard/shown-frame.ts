import type { SceneSpan } from '#core/composition/timeline.ts';

/** The frame that stands for a scene: late enough for its words and product to have come, before it gives way to the next. */
export function shownFrame({ scene, startFrame, overlapOut }: Pick<SceneSpan, 'scene' | 'startFrame' | 'overlapOut'>): number {
  return startFrame + Math.max(0, Math.min(Math.round(scene.durationFrames * 0.7), scene.durationFrames - overlapOut - 1));
}
