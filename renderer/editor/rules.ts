/** What every document that leaves the editor keeps to: limits, and what follows from the scenes (film length, transition lengths). */
import { sceneSpans, totalFrames } from '#core/composition/timeline.ts';
import { findInconsistencies } from '#core/project/consistency.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject, Scene } from '#core/project/schema.ts';
import { EditRefusal } from './edit-refusal.ts';

/** Limits of the schema, and the shortest caption that can be read at all. */
export const LIMITS = {
  minSceneFrames: 6, maxSceneFrames: 30 * 120, maxScenes: 40, minFilmFrames: 30, maxFilmFrames: 30 * 60 * 10,
  minCaptionFrames: 6, maxCaptions: 12, maxMarkers: 200, maxKeyframes: 200, maxTransitionFrames: 90,
} as const;

/** Lets everything that follows from the scenes follow. Throws EditRefusal when no film is left, or too long a one. */
export function settle(project: AdProject): AdProject {
  if (project.scenes.length === 0) throw new EditRefusal('lastScene');
  if (project.scenes.length > LIMITS.maxScenes) throw new EditRefusal('tooManyScenes');
  const scenes = settleTransitions(project.scenes);
  const durationFrames = totalFrames({ scenes });
  if (durationFrames < LIMITS.minFilmFrames) throw new EditRefusal('filmTooShort');
  if (durationFrames > LIMITS.maxFilmFrames) throw new EditRefusal('filmTooLong');
  return { ...project, scenes, durationFrames };
}

/** Film length that these scenes would make. */
export function filmFrames(scenes: readonly Scene[]): number {
  return totalFrames({ scenes: settleTransitions(scenes) });
}

// A transition takes at most half of either scene, and a cut takes nothing.
function settleTransitions(scenes: readonly Scene[]): Scene[] {
  return scenes.map((scene, index) => {
    const next = scenes[index + 1];
    const { kind, durationFrames } = scene.transition;
    const most = next ? Math.min(Math.floor(scene.durationFrames / 2), Math.floor(next.durationFrames / 2)) : LIMITS.maxTransitionFrames;
    const frames = kind === 'cut' ? 0 : Math.min(durationFrames, most);
    return frames === durationFrames ? scene : { ...scene, transition: { kind, durationFrames: frames } };
  });
}

/** The scene, or a refusal when it is not there or locked. */
export function openScene(project: AdProject, sceneId: string): Scene {
  const scene = project.scenes.find((candidate) => candidate.id === sceneId);
  if (!scene) throw new EditRefusal('nothingThere');
  if (scene.isLocked === true) throw new EditRefusal('locked');
  return scene;
}

/** The document with one scene changed. */
export function withScene(project: AdProject, sceneId: string, change: (scene: Scene) => Scene): AdProject {
  return { ...project, scenes: project.scenes.map((scene) => (scene.id === sceneId ? change(scene) : scene)) };
}

/** An id that is not taken: `scene_4`. */
export function freshId(prefix: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  for (let number = known.size + 1; ; number += 1) if (!known.has(`${prefix}_${number}`)) return `${prefix}_${number}`;
}

/** A number within limits. */
export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** What is wrong with a document as the editor leaves it; empty for a sound one. For tests. */
export function checkInvariants(project: AdProject): string[] {
  const parsed = adProjectSchema.safeParse(project);
  const captions = sceneSpans(project).flatMap(({ scene }) => scene.captions.filter(({ startFrame, endFrame }) => startFrame < 0 || endFrame <= startFrame || endFrame > scene.durationFrames).map((caption) => `caption ${caption.id} of ${scene.id} is outside of its scene`));
  const keyframes = project.scenes.flatMap((scene) => Object.values(scene.placement?.keyframes ?? {}).flatMap((keys) => keys.slice(1).filter((key, index) => key.frame <= (keys[index]?.frame ?? -1)).map((key) => `keyframe ${key.frame} of ${scene.id} is out of order`)));
  const markerIds = (project.markers ?? []).map((marker) => marker.id);
  return [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ...findInconsistencies(project).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...captions, ...keyframes,
    ...(new Set(markerIds).size === markerIds.length ? [] : ['a marker id is used twice']),
  ];
}
