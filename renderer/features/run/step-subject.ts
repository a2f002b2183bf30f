/** What a step of a run is about, from its kind and name (`engine/pipeline/steps/*`): which scene, which ratio. Pure. */
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** Both are missing where a step is about neither. */
export interface StepSubject {
  readonly sceneId?: string;
  readonly ratio?: Ratio;
  /** A segment that leads into the next scene; it belongs to the scene that it leaves. */
  readonly isTransition: boolean;
}

const SCENE_KINDS: ReadonlySet<string> = new Set(['backdrop', 'captions', 'segment', 'fidelity']);

/** `scene_1 backdrop 9:16`, `scene_1 9:16`, `scene_1 transition 9:16`, `fidelity scene_1 9:16`, `still 9:16`. Ids hold no spaces (schema). */
export function subjectOf({ kind, name }: { readonly kind: string; readonly name: string }): StepSubject {
  const words = name.split(' ');
  const ratio = RATIOS.find((candidate) => candidate === words.at(-1));
  const sceneId = SCENE_KINDS.has(kind) ? words[kind === 'fidelity' ? 1 : 0] : undefined;
  return { ...(ratio ? { ratio } : {}), ...(sceneId ? { sceneId } : {}), isTransition: kind === 'segment' && words.length === 3 && words[1] === 'transition' };
}
