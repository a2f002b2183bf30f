/**
 * Where scenes stand on the project clock. Neighbouring scenes overlap by the length of the transition between them:
 * start(i) = Σ (duration(j) − overlap(j)) for j < i.
 */
import type { AdProject, Scene, Transition } from '../project/schema.ts';

/** A scene's place on the project clock, in frames. */
export interface SceneSpan {
  readonly scene: Scene;
  readonly index: number;
  readonly startFrame: number;
  /** First frame after the scene. */
  readonly endFrame: number;
  /** Frames shared with the scene before and with the one after. */
  readonly overlapIn: number;
  readonly overlapOut: number;
  /** The transition that leads into the scene; missing for the first. */
  readonly entersBy?: Transition['kind'];
}

/** A stretch of film that is encoded on its own: one scene alone, or two scenes in transition. */
export interface Segment {
  readonly kind: 'body' | 'transition';
  /** Index of the (first) scene. */
  readonly sceneIndex: number;
  readonly startFrame: number;
  readonly frameCount: number;
}

/** Frames that a scene shares with its successor: none for a cut, never more than either scene can spare. */
function overlapAfter(scenes: readonly Scene[], index: number): number {
  const scene = scenes[index];
  const next = scenes[index + 1];
  if (!scene || !next || scene.transition.kind === 'cut') return 0;
  return Math.min(scene.transition.durationFrames, Math.floor(scene.durationFrames / 2), Math.floor(next.durationFrames / 2));
}

/** All scenes with their spans, in order. */
export function sceneSpans(project: Pick<AdProject, 'scenes'>): SceneSpan[] {
  const spans: SceneSpan[] = [];
  let startFrame = 0;
  project.scenes.forEach((scene, index) => {
    const overlapOut = overlapAfter(project.scenes, index);
    const overlapIn = spans[index - 1]?.overlapOut ?? 0;
    const before = project.scenes[index - 1];
    spans.push({ scene, index, startFrame, endFrame: startFrame + scene.durationFrames, overlapIn, overlapOut, ...(before ? { entersBy: before.transition.kind } : {}) });
    startFrame += scene.durationFrames - overlapOut;
  });
  return spans;
}

/** Length of the film in frames, as its scenes make it. */
export function totalFrames(project: Pick<AdProject, 'scenes'>): number {
  return sceneSpans(project).at(-1)?.endFrame ?? 0;
}

/** The film cut into bodies and transitions, in order, without gaps or overlaps; empty bodies are left out. */
export function segmentsOf(project: Pick<AdProject, 'scenes'>): Segment[] {
  const segments: Segment[] = [];
  for (const span of sceneSpans(project)) {
    const start = span.startFrame + span.overlapIn;
    const end = span.endFrame - span.overlapOut;
    if (end > start) segments.push({ kind: 'body', sceneIndex: span.index, startFrame: start, frameCount: end - start });
    if (span.overlapOut > 0) segments.push({ kind: 'transition', sceneIndex: span.index, startFrame: end, frameCount: span.overlapOut });
  }
  return segments;
}

/** The scenes on screen at a frame: one, or two during a transition (earlier one first). Clamped to the film. */
export function spansAt(spans: readonly SceneSpan[], frame: number): SceneSpan[] {
  const last = spans.at(-1);
  if (!last) return [];
  const at = Math.min(Math.max(frame, 0), last.endFrame - 1);
  return spans.filter((span) => at >= span.startFrame && at < span.endFrame);
}
