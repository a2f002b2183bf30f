import type { AdProject, Transition } from '#core/project/schema.ts';
import { EditRefusal } from './edit-refusal.ts';
import { clamp, LIMITS, openScene, settle, withScene } from './rules.ts';

/** What a new transition takes when nobody says how long: half a second. */
export const USUAL_TRANSITION_FRAMES = 15;

/** Sets how a scene gives way to the next. Both overlap by the transition, so the film gets shorter by it. */
export function setTransition(project: AdProject, sceneId: string, kind: Transition['kind'], frames = USUAL_TRANSITION_FRAMES): AdProject {
  const scene = openScene(project, sceneId);
  if (project.scenes.at(-1) === scene) throw new EditRefusal('nothingThere');
  const durationFrames = kind === 'cut' ? 0 : clamp(Math.round(frames), 1, LIMITS.maxTransitionFrames);
  return settle(withScene(project, sceneId, () => ({ ...scene, transition: { kind, durationFrames } })));
}
