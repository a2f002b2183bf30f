import { sceneSpans } from '#core/composition/timeline.ts';
import { keyOf } from '../clip-key.ts';
import { slipScene } from '../scene-edits.ts';
import { Editing } from './gesture.ts';
import type { Draft, GestureHost, Pointer } from './gesture.ts';

/** What a scene's backdrop shows is being moved while the scene stays. Pulled to the right, it begins earlier in its own time. */
export class Slipping extends Editing {
  readonly cursor = 'grabbing';
  readonly #sceneId: string;

  constructor(host: GestureHost, origin: Pointer, sceneId: string) {
    super(host, origin, 'slipScene');
    this.#sceneId = sceneId;
  }

  protected draftFor(pointer: Pointer): Draft {
    const frames = -Math.round(pointer.frame - this.origin.frame);
    const project = frames === 0 ? this.start : slipScene(this.start, this.#sceneId, frames);
    const startOf = (of: typeof project): number => of.scenes.find((scene) => scene.id === this.#sceneId)?.backdrop.startFrame ?? 0;
    const span = sceneSpans(project).find(({ scene }) => scene.id === this.#sceneId);
    const isSeen = span !== undefined && this.host.playhead >= span.startFrame && this.host.playhead < span.endFrame;
    return { project, keys: [keyOf.scene(this.#sceneId)], snappedTo: null, frames: startOf(project) - startOf(this.start), ...(span && !isSeen ? { lookAt: span.startFrame + span.overlapIn } : {}) };
  }
}
