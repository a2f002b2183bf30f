/** Takes a data folder back in time: steps of some kinds are forgotten, with their artifacts; what they were made from stays. */
import { inArray } from '#engine/db/drizzle.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { runs, runSteps, stepArtifacts, steps } from '#engine/db/schema.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';

/** What checking and packing leave behind, after the film stands. */
export const CHECKING = ['fidelity', 'delivery'] as const;
/** Drawing and joining as well: before the first segment. */
export const RENDERING = ['segment', 'still', 'rendition', ...CHECKING] as const;

export async function forgetSteps(dataDir: string, kinds: readonly string[]): Promise<void> {
  const db = openStudioDb(dataDir);
  try {
    const keys = db.orm.select({ key: steps.key }).from(steps).where(inArray(steps.kind, [...kinds])).all().map((row) => row.key);
    const hashes = db.orm.select({ hash: stepArtifacts.hash }).from(stepArtifacts).where(inArray(stepArtifacts.stepKey, keys)).all().map((row) => row.hash);
    db.transaction(() => {
      db.orm.delete(runSteps).run();
      db.orm.delete(runs).run();
      db.orm.delete(steps).where(inArray(steps.key, keys)).run();
    });
    const store = openArtifactStore(dataDir);
    for (const hash of hashes) await store.remove(hash);
  } finally {
    await db.close();
  }
}
