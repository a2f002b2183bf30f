/** Takes a data folder back to the moment before its first segment was drawn: backdrops, captions and sound stay. */
import { inArray } from 'drizzle-orm';
import { openStudioDb } from '#engine/db/open.ts';
import { runs, runSteps, stepArtifacts, steps } from '#engine/db/schema.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';

/** What drawing, joining, checking and packing leave behind. */
const RENDERING = ['segment', 'still', 'rendition', 'fidelity', 'delivery'];

export async function forgetRendering(dataDir: string): Promise<void> {
  const db = openStudioDb(dataDir);
  try {
    const keys = db.orm.select({ key: steps.key }).from(steps).where(inArray(steps.kind, RENDERING)).all().map((row) => row.key);
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
