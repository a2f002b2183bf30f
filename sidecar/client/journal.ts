/** What a client writes down before it acts, so that a job is found again after any crash, ours or the engine's. */
import type { CollectedFile } from './collect.ts';

export interface JournalEntry {
  readonly key: string;
  /** Another graph under the same key is another job. */
  readonly graphHash: string;
  readonly promptIds: readonly [string, ...string[]];
  /** sent: it may be on the server; done: its files are here. */
  readonly state: 'sent' | 'done';
  readonly files?: readonly CollectedFile[];
}

/** Kept by the owner of the client. `put` resolves when the entry would survive a power cut. */
export interface JobJournal {
  get(key: string): Promise<JournalEntry | undefined>;
  put(entry: JournalEntry): Promise<void>;
  remove(key: string): Promise<void>;
}
