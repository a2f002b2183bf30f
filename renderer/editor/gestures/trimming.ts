import { sceneSpans } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { trimCaptionEnd, trimCaptionStart } from '../caption-edits.ts';
import type { CaptionRef } from '../caption-edits.ts';
import { keyOf } from '../clip-key.ts';
import { rollCut, trimSceneEnd, trimSceneStart } from '../scene-edits.ts';
import { extentOf } from '../selection.ts';
import { Snapper, snapPoints } from '../snapping.ts';
import { Editing } from './gesture.ts';
import type { Draft, GestureHost, Pointer } from './gesture.ts';

/** An edge of a scene is being moved. Rippling: the film gets longer or shorter. Rolling: the neighbour gets what this scene gives. */
export class TrimmingScene extends Editing {
  readonly cursor = 'ew-resize';
  readonly #sceneId: string;
  readonly #edge: 'start' | 'end';
  readonly #isRolling: boolean;
  readonly #edgeFrame: number;
  readonly #snapper: Snapper;

  constructor(host: GestureHost, origin: Pointer, sceneId: string, edge: 'start' | 'end', isRolling: boolean) {
    super(host, origin, 'trimScene');
    this.#sceneId = sceneId;
    this.#edge = edge;
    this.#isRolling = isRolling;
    const extent = extentOf(this.start, keyOf.scene(sceneId));
    this.#edgeFrame = (edge === 'start' ? extent?.startFrame : extent?.endFrame) ?? 0;
    const own = this.start.scenes.find((scene) => scene.id === sceneId)?.captions.map((caption) => keyOf.caption(sceneId, caption.id)) ?? [];
    // Later cuts move along when the end is trimmed, so only what stays is worth catching on.
    const points = snapPoints(this.start, { playhead: host.playhead, without: own }).filter((point) => point.frame !== this.#edgeFrame && (isRolling || point.kind === 'playhead' || point.kind === 'second' || point.kind === 'marker' || point.frame < this.#edgeFrame));
    this.#snapper = new Snapper(host.isSnapping ? points : []);
  }

  protected draftFor(pointer: Pointer): Draft {
    const { frame, point } = this.#snapper.snap(this.#edgeFrame + pointer.frame - this.origin.frame, pointer.pxPerFrame, pointer.isSnappingOff);
    const frames = frame - this.#edgeFrame;
    const project = frames === 0 ? this.start : this.#trimmed(frames);
    return { project, keys: [keyOf.scene(this.#sceneId)], snappedTo: point, frames: lengthOf(project, this.#sceneId) - lengthOf(this.start, this.#sceneId), ...this.#edgeOf(project) };
  }

  // The scene's first or last frame that no transition covers.
  #edgeOf(project: AdProject): Pick<Draft, 'lookAt'> {
    const span = sceneSpans(project).find(({ scene }) => scene.id === this.#sceneId);
    return span ? { lookAt: this.#edge === 'start' ? span.startFrame + span.overlapIn : span.endFrame - span.overlapOut - 1 } : {};
  }

  #trimmed(frames: number): AdProject {
    if (!this.#isRolling) return this.#edge === 'end' ? trimSceneEnd(this.start, this.#sceneId, frames) : trimSceneStart(this.start, this.#sceneId, frames);
    const spans = sceneSpans(this.start);
    const index = spans.findIndex(({ scene }) => scene.id === this.#sceneId) - (this.#edge === 'start' ? 1 : 0);
    const left = spans[index];
    return left ? rollCut(this.start, left.scene.id, frames) : trimSceneStart(this.start, this.#sceneId, frames);
  }
}

/** An edge of a caption is being moved. */
export class TrimmingCaption extends Editing {
  readonly cursor = 'ew-resize';
  readonly #ref: CaptionRef;
  readonly #edge: 'start' | 'end';
  readonly #edgeFrame: number;
  readonly #snapper: Snapper;

  constructor(host: GestureHost, origin: Pointer, ref: CaptionRef, edge: 'start' | 'end') {
    super(host, origin, 'trimCaption');
    this.#ref = ref;
    this.#edge = edge;
    const key = keyOf.caption(ref.sceneId, ref.captionId);
    const extent = extentOf(this.start, key);
    this.#edgeFrame = (edge === 'start' ? extent?.startFrame : extent?.endFrame) ?? 0;
    this.#snapper = new Snapper(host.isSnapping ? snapPoints(this.start, { playhead: host.playhead, without: [key] }) : []);
  }

  protected draftFor(pointer: Pointer): Draft {
    const { frame, point } = this.#snapper.snap(this.#edgeFrame + pointer.frame - this.origin.frame, pointer.pxPerFrame, pointer.isSnappingOff);
    const frames = frame - this.#edgeFrame;
    const trim = this.#edge === 'start' ? trimCaptionStart : trimCaptionEnd;
    const project = frames === 0 ? this.start : trim(this.start, this.#ref, frames);
    const key = keyOf.caption(this.#ref.sceneId, this.#ref.captionId);
    const extent = extentOf(project, key);
    return { project, keys: [key], snappedTo: point, frames, ...(extent ? { lookAt: this.#edge === 'start' ? extent.startFrame : extent.endFrame - 1 } : {}) };
  }
}

function lengthOf(project: AdProject, sceneId: string): number {
  return project.scenes.find((scene) => scene.id === sceneId)?.durationFrames ?? 0;
}
