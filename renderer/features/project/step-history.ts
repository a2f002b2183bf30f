/**
 * The steps of undo that the page holds: everything undone and the newest of the others. The journal has all of them, so the page lets the
 * oldest go, and takes them back as undo comes near.
 */
import type { HistoryEntry } from './history-entry.ts';

/** When so few steps are left to undo, older ones are fetched: more than a held key takes back before they are here. */
const NEAR = 40;

/** Steps in the order in which they were made; those that are undone come last. */
export class StepHistory {
  #entries: readonly HistoryEntry[];
  #hasOlder: boolean;
  readonly #most: number;

  /** `most` steps are held of those that are not undone. */
  constructor(entries: readonly HistoryEntry[], hasOlder: boolean, most: number) {
    this.#entries = entries;
    this.#hasOlder = hasOlder;
    this.#most = most;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** The newest step that can be taken back. */
  get undoable(): HistoryEntry | undefined {
    return this.#entries.findLast((entry) => !entry.isUndone);
  }

  /** The oldest step that was taken back. */
  get redoable(): HistoryEntry | undefined {
    return this.#entries.find((entry) => entry.isUndone);
  }

  /** The edit of the journal before which older steps are wanted now, if they are. */
  get wantedBefore(): number | undefined {
    const left = this.#entries.findIndex((entry) => entry.isUndone);
    return this.#hasOlder && left !== -1 && left < NEAR ? this.#entries[0]?.engineIds[0] : undefined;
  }

  /** Adds steps that were just made. What was undone is gone; the oldest that the journal has are let go. */
  add(...made: readonly HistoryEntry[]): void {
    const entries = [...this.#entries.filter((entry) => !entry.isUndone), ...made];
    const spare = entries.slice(0, Math.max(0, entries.length - this.#most));
    const unsent = spare.findIndex(({ engineIds }) => engineIds.length === 0);
    const gone = unsent === -1 ? spare.length : unsent;
    this.#entries = entries.slice(gone);
    this.#hasOlder ||= gone > 0;
  }

  /** Takes a step out that has come to nothing. */
  remove(entry: HistoryEntry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  /** Adds the steps before all that are held. */
  addOlder(older: readonly HistoryEntry[], hasOlder: boolean): void {
    this.#entries = [...older, ...this.#entries];
    this.#hasOlder = hasOlder;
  }
}
