/** One step of undo as the page knows it: usually one edit of the engine's journal, more when the engine did not merge what we merged. */
import type { ProjectDiff } from '#core/project/diff.ts';

/** Mutable on purpose: the engine's ids come later than the edit. */
export interface HistoryEntry {
  readonly label: string;
  /** What turns the document before it into the one after it. */
  diff: ProjectDiff;
  isUndone: boolean;
  /** Ids in the engine's journal, oldest first; empty until it has answered. */
  engineIds: number[];
  /** Sent with the edit, unique to this entry: the engine can merge only what is one step here. */
  readonly mergeKey?: string;
  /** What the caller named the gesture, and when it was last extended. */
  readonly gesture?: string;
  extendedMs: number;
}

/** An edit on its way to the journal. `diff` is what it does to the document, also for undo and redo. */
export interface PendingOperation {
  readonly kind: 'edit' | 'undo' | 'redo';
  readonly entry: HistoryEntry;
  diff: ProjectDiff;
  /** It was tried: the journal may have it though no answer came, so it must not grow any more. */
  isSent?: boolean;
}

/** A pending operation as it is kept for a page that was killed: just what it changes. */
export interface UnsentEdit {
  readonly label: string;
  readonly diff: ProjectDiff;
}
