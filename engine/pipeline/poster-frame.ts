/** Which frame of a film makes the still: the product at rest with its headline, in the scene that presents it best. */
import { CAPTION_IN_FRAMES, CAPTION_OUT_FRAMES } from '#core/composition/captions.ts';
import { settleFrame } from '#core/composition/camera.ts';
import { ENTRANCE_FRAMES } from '#core/composition/placement.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import type { AdProject, ScenePurpose } from '#core/project/schema.ts';

const RANK: readonly ScenePurpose[] = ['product', 'hook', 'benefit', 'proof', 'callToAction', 'mood', 'problem'];

/** A frame number of the film. */
export function choosePosterFrame(project: Pick<AdProject, 'scenes'>): number {
  const spans = sceneSpans(project);
  const best = [...spans].sort((a, b) => score(b) - score(a))[0];
  return best ? best.startFrame + restFrame(best) : 0;
}

function score({ scene }: SceneSpan): number {
  const hasProduct = scene.placement && scene.placement.intent !== 'absent' ? 100 : 0;
  const hasHeadline = scene.captions.some((caption) => caption.role === 'headline') ? 20 : 0;
  return hasProduct + hasHeadline + (scene.isEndCard ? -30 : 0) - RANK.indexOf(scene.purpose);
}

/** A frame of the scene at which nothing moves any more and all captions are on; the middle of what is left. */
export function restFrame({ scene, overlapIn, overlapOut }: SceneSpan): number {
  const from = Math.max(settleFrame(scene), ENTRANCE_FRAMES, overlapIn, ...scene.captions.map((caption) => caption.startFrame + CAPTION_IN_FRAMES));
  const to = Math.min(scene.durationFrames - overlapOut, ...scene.captions.map((caption) => caption.endFrame - CAPTION_OUT_FRAMES)) - 1;
  return Math.max(0, Math.min(scene.durationFrames - 1, to > from ? Math.round((from + to) / 2) : Math.min(from, scene.durationFrames - overlapOut - 1)));
}
