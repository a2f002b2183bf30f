import { eq } from 'drizzle-orm';
import type { StudioDb } from '#engine/db/open.ts';
import { runs } from '#engine/db/schema.ts';
import { getRun } from '#engine/jobs/run-store.ts';
import { runRequestSchema } from './run-request.ts';

/** Sends the files of a run to another folder from now on. Throws NOT_FOUND. */
export function redirectRun(db: StudioDb, runId: string, outDir: string): void {
  const request = { ...runRequestSchema.parse(getRun(db, runId).request), outDir };
  db.transaction(() => db.orm.update(runs).set({ request, outDir }).where(eq(runs.id, runId)).run());
}
