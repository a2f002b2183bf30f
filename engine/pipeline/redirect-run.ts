import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { runs } from '#engine/db/schema.ts';
import { getRun } from '#engine/jobs/run-store.ts';

/** Sends the files of a run to another folder from now on. The rest of its request is looked at when the run goes on. Throws NOT_FOUND. */
export function redirectRun(db: StudioDb, runId: string, outDir: string): void {
  const request = { ...(getRun(db, runId).request as object), outDir };
  db.transaction(() => db.orm.update(runs).set({ request, outDir }).where(eq(runs.id, runId)).run());
}
