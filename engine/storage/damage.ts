/**
 * Finds artifacts whose bytes have changed since they were stored (a failing disk, somebody's edit) before anything is made of
 * them or delivered. A damaged one is removed, because what is missing is made again. Reading everything that a run takes from
 * the store costs less than copying what it delivers.
 */
import type { StudioDb } from '../db/open.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Removes those among `hashes` that are damaged and returns them. Missing ones are nobody's damage. */
export async function removeDamaged(hashes: Iterable<string>, store: ArtifactStore): Promise<string[]> {
  const damaged: string[] = [];
  for (const hash of hashes) {
    if (!store.has(hash) || (await store.verify(hash))) continue;
    await store.remove(hash);
    damaged.push(hash);
  }
  return damaged;
}

/** True when something of a step's earlier result was damaged, and is gone now. */
export type ResultCheck = (stepKey: string) => Promise<boolean>;

/**
 * For one run: looks at each artifact once, however many steps have left it. Answers come in the order of the questions, so that
 * steps are submitted in the order in which they were asked for.
 */
export function createResultCheck(db: StudioDb, store: ArtifactStore): ResultCheck {
  const artifacts = db.prepare<[string], { hash: string }>('SELECT hash FROM step_artifacts WHERE step_key = ?');
  const seen = new Set<string>();
  const isDamaged = async (stepKey: string): Promise<boolean> => {
    const unseen = artifacts.all(stepKey).flatMap(({ hash }) => (seen.has(hash) ? [] : [hash]));
    for (const hash of unseen) seen.add(hash);
    return (await removeDamaged(unseen, store)).length > 0;
  };
  let last: Promise<unknown> = Promise.resolve();
  return (stepKey) => {
    const answer = last.then(() => isDamaged(stepKey));
    last = answer.catch(() => {}); // whoever asked is told
    return answer;
  };
}
