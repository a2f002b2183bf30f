import type { Scene } from '../project/schema.ts';

/** How far into its own time a scene's backdrop is when the scene begins (its slip), project frames. */
export function slipOf(scene: Pick<Scene, 'backdrop'>): number {
  return scene.backdrop.startFrame ?? 0;
}

/**
 * Which frame of its clip a scene shows. A slip beyond the clip's end shows its last frame.
 * @param frame frames since the scene's start
 */
export function clipFrameAt(scene: Pick<Scene, 'backdrop'>, clip: { readonly durationFrames: number }, frame: number): number {
  return frame + Math.min(slipOf(scene), Math.max(0, clip.durationFrames - 1));
}
