/** The editor without a screen, for tests: a document, its history as diffs, and a pointer that drives the gestures as the timeline does. */
import { applyDiff, diffProject, isEmptyDiff, reverseDiff } from '#core/project/diff.ts';
import type { ProjectDiff } from '#core/project/diff.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { ClipKey } from './clip-key.ts';
import { EditRefusal } from './edit-refusal.ts';
import type { RefusalReason } from './edit-refusal.ts';
import { NOTHING } from './gestures/gesture.ts';
import type { Draft, Gesture, GestureHost, Pointer } from './gestures/gesture.ts';

/** What a test may say about the pointer; the rest is as on a timeline at ten pixels per frame. */
type PointerState = Partial<Pointer> & { readonly frame: number };

/** One document under edit. */
export class TestEditor implements GestureHost {
  project: AdProject;
  playhead = 0;
  isSnapping = false;
  selected: readonly ClipKey[] = [];
  draft: Draft = NOTHING;
  commits: string[] = [];
  readonly #undone: ProjectDiff[] = [];
  readonly #done: ProjectDiff[] = [];

  constructor(project: AdProject) {
    this.project = adProjectSchema.parse(project);
  }

  /** Makes an edit, as a step of undo. Answers why it was refused; undefined when it was made. */
  edit(change: (project: AdProject) => AdProject): RefusalReason | undefined {
    try {
      this.#put(change(this.project));
      return undefined;
    } catch (error) {
      if (error instanceof EditRefusal) return error.reason;
      throw error;
    }
  }

  /** Steps that can be taken back. */
  get steps(): number {
    return this.#done.length;
  }

  undo(): boolean {
    const diff = this.#done.pop();
    if (!diff) return false;
    this.project = applyDiff(this.project, reverseDiff(diff));
    this.#undone.push(diff);
    return true;
  }

  redo(): boolean {
    const diff = this.#undone.pop();
    if (!diff) return false;
    this.project = applyDiff(this.project, diff);
    this.#done.push(diff);
    return true;
  }

  /** A pointer at a frame. */
  at(state: PointerState): Pointer {
    return { x: state.frame * 10, y: 0, pxPerFrame: 10, isSnappingOff: false, isExtending: false, ...state };
  }

  /** Presses at a frame, goes through others, and lets go. */
  drag(begin: (pointer: Pointer) => Gesture, from: number, ...through: readonly number[]): Gesture {
    const gesture = begin(this.at({ frame: from }));
    for (const frame of through) gesture.move(this.at({ frame }));
    gesture.finish();
    return gesture;
  }

  show(draft: Draft): void {
    this.draft = draft;
  }

  commit(label: string, project: AdProject, keys: readonly ClipKey[]): void {
    this.commits.push(label);
    this.selected = keys;
    this.#put(project);
  }

  select(keys: readonly ClipKey[]): void {
    this.selected = keys;
  }

  seek(frame: number): void {
    this.playhead = Math.max(0, Math.min(frame, this.project.durationFrames - 1));
  }

  clipsIn(): readonly ClipKey[] {
    return [];
  }

  #put(next: AdProject): void {
    const parsed = adProjectSchema.parse(next);
    const diff = diffProject(this.project, parsed);
    if (isEmptyDiff(diff)) return;
    this.project = parsed;
    this.#done.push(diff);
    this.#undone.length = 0;
  }
}
