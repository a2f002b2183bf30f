/**
 * A gesture is a pointer that is down. It is entered with the document as it is, shows drafts while the pointer moves, and is left in one of
 * two ways: `finish` makes one edit of it, `cancel` puts everything back. Every gesture is a small class named by what is being done; none
 * knows a screen, so tests drive them as the timeline does.
 */
import type { AdProject } from '#core/project/schema.ts';
import type { ClipKey } from '../clip-key.ts';
import type { SnapPoint } from '../snapping.ts';

/** Where the pointer is: on the project clock (with fraction), in pixels of the tracks, and which keys hold. */
export interface Pointer {
  readonly frame: number;
  readonly x: number;
  readonly y: number;
  readonly pxPerFrame: number;
  /** Alt: edges do not catch. */
  readonly isSnappingOff: boolean;
  /** Shift: adds to the selection, or holds a direction. */
  readonly isExtending: boolean;
}

/** What a gesture shows while it lasts. */
export interface Draft {
  /** The document as it would be; null = unchanged. */
  readonly project: AdProject | null;
  /** Which clips are being dragged, under their keys in the draft. */
  readonly keys: readonly ClipKey[];
  /** What an edge has caught on. */
  readonly snappedTo: SnapPoint | null;
  /** How far the gesture has come, for the label beside the pointer: frames, signed. */
  readonly frames: number;
  /** Rectangle of a marquee, in pixels of the tracks. */
  readonly marquee?: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** The frame that shows what is being changed; missing: wherever one is looking. */
  readonly lookAt?: number;
  /** Where scenes would be put in: the index they would come before. */
  readonly dropIndex?: number;
}

/** What a gesture may ask of the editor that it happens in. */
export interface GestureHost {
  readonly project: AdProject;
  /** Frames of the playhead, for snapping. */
  readonly playhead: number;
  readonly isSnapping: boolean;
  show(draft: Draft): void;
  /** Makes one edit of it, a single step of undo. */
  commit(label: EditName, project: AdProject, keys: readonly ClipKey[]): void;
  select(keys: readonly ClipKey[]): void;
  seek(frame: number): void;
  /** Clips that a rectangle touches. */
  clipsIn(rect: NonNullable<Draft['marquee']>): readonly ClipKey[];
}

/** Names of the edits that gestures make: keys of `strings/en/edits.ts`. */
export type EditName =
  | 'trimScene' | 'slipScene' | 'moveScene' | 'moveCaption' | 'trimCaption' | 'transition' | 'trimMusic' | 'fade' | 'moveVoice' | 'trimVoice' | 'moveMarker' | 'moveKeyframe';

/** One pointer that is down. */
export interface Gesture {
  /** The shape of the pointer while it lasts, as in CSS. */
  readonly cursor: string;
  move(pointer: Pointer): void;
  finish(): void;
  cancel(): void;
}

/** Base of gestures that end in one edit: keeps the last draft and makes it so, or not. */
export abstract class Editing implements Gesture {
  abstract readonly cursor: string;
  protected readonly host: GestureHost;
  /** The document when the pointer went down: every draft is made from it, so that nothing adds up. */
  protected readonly start: AdProject;
  protected readonly origin: Pointer;
  readonly #label: EditName;
  #draft: Draft | undefined;

  constructor(host: GestureHost, origin: Pointer, label: EditName) {
    this.host = host;
    this.start = host.project;
    this.origin = origin;
    this.#label = label;
  }

  /** The draft for a pointer; undefined leaves the last one. */
  protected abstract draftFor(pointer: Pointer): Draft | undefined;

  move(pointer: Pointer): void {
    const draft = this.draftFor(pointer);
    if (!draft) return;
    this.#draft = draft;
    this.host.show(draft);
  }

  finish(): void {
    const draft = this.#draft;
    this.host.show(NOTHING);
    if (draft?.project && draft.project !== this.start) this.host.commit(this.#label, draft.project, draft.keys);
  }

  cancel(): void {
    this.#draft = undefined;
    this.host.show(NOTHING);
  }
}

export const NOTHING: Draft = { project: null, keys: [], snappedTo: null, frames: 0 };
