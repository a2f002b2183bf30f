/**
 * Where the ids of running ffmpeg processes are written down, so that the next start can end those that a killed
 * program left behind. The host sets a journal; without one (tests, benches) nothing is recorded.
 */
export interface ChildJournal {
  add(pid: number, command: string): void;
  remove(pid: number): void;
}

let journal: ChildJournal | undefined;

/** Sets the journal of this thread; `undefined` takes it away. */
export function setChildJournal(next: ChildJournal | undefined): void {
  journal = next;
}

export function childJournal(): ChildJournal | undefined {
  return journal;
}
