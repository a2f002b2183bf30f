/** Edges of transitions, fades and the voice are being moved. */
import type { AdProject } from '#core/project/schema.ts';
import { keyOf } from '../clip-key.ts';
import type { ClipKey } from '../clip-key.ts';
import { setFade, trimVoice } from '../sound-edits.ts';
import { setTransition } from '../transition-edits.ts';
import { Editing } from './gesture.ts';
import type { Draft, EditName, GestureHost, Pointer } from './gesture.ts';

type Change = (project: AdProject, frames: number) => AdProject;

/** A figure that grows with the way of the pointer. `direction` −1: to the left makes it larger. */
class Adjusting extends Editing {
  readonly cursor = 'ew-resize';
  readonly #key: ClipKey;
  readonly #change: Change;
  readonly #direction: 1 | -1;

  constructor(host: GestureHost, origin: Pointer, label: EditName, key: ClipKey, change: Change, direction: 1 | -1) {
    super(host, origin, label);
    this.#key = key;
    this.#change = change;
    this.#direction = direction;
  }

  protected draftFor(pointer: Pointer): Draft {
    const frames = Math.round(pointer.frame - this.origin.frame) * this.#direction;
    return { project: frames === 0 ? this.start : this.#change(this.start, frames), keys: [this.#key], snappedTo: null, frames };
  }
}

/** The length of a transition: its left edge is held by the end of the scene before. */
export class StretchingTransition extends Adjusting {
  constructor(host: GestureHost, origin: Pointer, sceneId: string, edge: 'start' | 'end') {
    const { kind, durationFrames } = host.project.scenes.find((scene) => scene.id === sceneId)?.transition ?? { kind: 'cut', durationFrames: 0 };
    super(host, origin, 'transition', keyOf.transition(sceneId), (project, frames) => setTransition(project, sceneId, kind, durationFrames + frames), edge === 'start' ? -1 : 1);
  }
}

/** The fade at the beginning or the end of the music. */
export class Fading extends Adjusting {
  constructor(host: GestureHost, origin: Pointer, end: 'in' | 'out') {
    const { fadeInFrames = 0, fadeOutFrames = 0 } = host.project.soundtrack;
    super(host, origin, 'fade', keyOf.music(), (project, frames) => setFade(project, end, (end === 'in' ? fadeInFrames : fadeOutFrames) + frames), end === 'in' ? 1 : -1);
  }
}

/** The beginning of the voice is cut off, or brought back. */
export class TrimmingVoice extends Adjusting {
  constructor(host: GestureHost, origin: Pointer) {
    super(host, origin, 'trimVoice', keyOf.voice(), trimVoice, 1);
  }
}
