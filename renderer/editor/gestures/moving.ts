/** Clips are being moved: along the time, or (scenes) to another place in the order. */
import { sceneSpans } from '#core/composition/timeline.ts';
import { moveCaption } from '../caption-edits.ts';
import { nudgeClips } from '../clip-edits.ts';
import { keyOf, parseClipKey } from '../clip-key.ts';
import type { ClipKey } from '../clip-key.ts';
import { EditRefusal } from '../edit-refusal.ts';
import { moveScenes } from '../scene-edits.ts';
import { extentOf } from '../selection.ts';
import { Snapper, snapPoints } from '../snapping.ts';
import { Editing } from './gesture.ts';
import type { Draft, EditName, GestureHost, Pointer } from './gesture.ts';

/** Captions, keyframes, markers or the voice: along the time, several at once. `grabbed` is the one under the pointer, its edges catch. */
export class MovingClips extends Editing {
  readonly cursor = 'grabbing';
  readonly #keys: readonly ClipKey[];
  readonly #grabbed: ClipKey;
  readonly #from: { readonly startFrame: number; readonly endFrame: number };
  readonly #snapper: Snapper;

  constructor(host: GestureHost, origin: Pointer, grabbed: ClipKey, keys: readonly ClipKey[]) {
    super(host, origin, nameOf(grabbed));
    this.#grabbed = grabbed;
    this.#keys = keys;
    this.#from = extentOf(this.start, grabbed) ?? { startFrame: 0, endFrame: 0 };
    this.#snapper = new Snapper(host.isSnapping ? snapPoints(this.start, { playhead: host.playhead, without: keys }) : []);
  }

  protected draftFor(pointer: Pointer): Draft | undefined {
    const { startFrame, endFrame } = this.#from;
    const by = pointer.frame - this.origin.frame;
    const isSpan = this.#grabbed.startsWith('caption');
    const snapped = isSpan ? this.#snapper.snapSpan(startFrame + by, endFrame + by, pointer.pxPerFrame, pointer.isSnappingOff) : this.#snapper.snap(startFrame + by, pointer.pxPerFrame, pointer.isSnappingOff);
    const frames = snapped.frame - startFrame;
    try {
      return { ...this.#moved(frames), snappedTo: snapped.point, frames };
    } catch (error) {
      if (error instanceof EditRefusal) return undefined; // over a scene that takes nothing: it stays where it last could be
      throw error;
    }
  }

  #moved(frames: number): Pick<Draft, 'project' | 'keys'> {
    if (frames === 0) return { project: this.start, keys: this.#keys };
    const clip = parseClipKey(this.#grabbed);
    if (this.#keys.length > 1 || clip?.kind !== 'caption') return nudgeClips(this.start, this.#keys, frames);
    const moved = moveCaption(this.start, clip, this.#from.startFrame + frames);
    return { project: moved.project, keys: [keyOf.caption(moved.ref.sceneId, moved.ref.captionId)] };
  }
}

/** Scenes are being put somewhere else in the order. */
export class ReorderingScenes extends Editing {
  readonly cursor = 'grabbing';
  readonly #sceneIds: readonly string[];

  constructor(host: GestureHost, origin: Pointer, sceneIds: readonly string[]) {
    super(host, origin, 'moveScene');
    this.#sceneIds = sceneIds;
  }

  protected draftFor(pointer: Pointer): Draft {
    const spans = sceneSpans(this.start);
    const before = spans.findIndex(({ startFrame, endFrame }) => pointer.frame < (startFrame + endFrame) / 2);
    const dropIndex = before === -1 ? spans.length : before;
    const moved = moveScenes(this.start, this.#sceneIds, dropIndex);
    const isSame = moved.scenes.every((scene, index) => scene.id === this.start.scenes[index]?.id);
    return { project: isSame ? this.start : moved, keys: this.#sceneIds.map(keyOf.scene), snappedTo: null, frames: Math.round(pointer.frame - this.origin.frame), dropIndex };
  }
}

function nameOf(key: ClipKey): EditName {
  switch (parseClipKey(key)?.kind) {
    case 'keyframe':
      return 'moveKeyframe';
    case 'marker':
      return 'moveMarker';
    case 'voice':
      return 'moveVoice';
    case 'music':
      return 'trimMusic';
    default:
      return 'moveCaption';
  }
}
