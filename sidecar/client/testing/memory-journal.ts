/** A journal that forgets with the process; it outlives the clients of one test. */
import type { JobJournal, JournalEntry } from '../journal.ts';

export function createMemoryJournal(): JobJournal & { readonly entries: ReadonlyMap<string, JournalEntry> } {
  const entries = new Map<string, JournalEntry>();
  return {
    entries,
    get: async (key) => entries.get(key),
    put: async (entry) => void entries.set(entry.key, entry),
    remove: async (key) => void entries.delete(key),
  };
}
