/**
 * Writes running ffmpeg processes down, so that the next start can end those that a killed program left behind. The host
 * says once where; the threads that it starts afterwards know it too. Without that (tests, benches) nothing is recorded.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { registerChild, unregisterChild } from '#engine/jobs/child-registry.ts';
import { identityOf, type ProcessIdentity } from '#engine/jobs/process-liveness.ts';

export interface ChildJournal {
  add(pid: number): void;
  remove(pid: number): void;
}

const DATA_DIR_KEY = 'adgen.childJournal.dataDir';
let ownJournal: ChildJournal | undefined;
const identities = new Map<number, ProcessIdentity>();

/** From now on children are journaled in this data folder, in this thread and in all that it starts. */
export function journalChildrenIn(dataDir: string): void {
  setEnvironmentData(DATA_DIR_KEY, dataDir);
}

/** Sets another journal for this thread; `undefined` takes it away. */
export function setChildJournal(journal: ChildJournal | undefined): void {
  ownJournal = journal;
}

export function childJournal(): ChildJournal | undefined {
  const dataDir = getEnvironmentData(DATA_DIR_KEY);
  return ownJournal ?? (typeof dataDir === 'string' ? journalOf(dataDir) : undefined);
}

function journalOf(dataDir: string): ChildJournal {
  return {
    add: (pid) => {
      const identity = identityOf(pid);
      if (!identity) return;
      identities.set(pid, identity);
      registerUnlessFull(identity, dataDir);
    },
    remove: (pid) => {
      const identity = identities.get(pid);
      identities.delete(pid);
      if (identity) unregisterChild(identity, dataDir);
    },
  };
}

/** The journal is the second line behind the parent-death signal: a full disk is ffmpeg's to report, with its own error. */
function registerUnlessFull(identity: ProcessIdentity, dataDir: string): void {
  try {
    registerChild(identity, dataDir);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['ENOSPC', 'EDQUOT', 'EROFS', 'DISK_FULL', 'READ_ONLY'].includes(code)) throw error;
  }
}
