import { and, eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { steps } from '#engine/db/schema.ts';
import type { StepOutput } from '#engine/jobs/types.ts';
import { collectAssetHashes } from '#engine/storage/asset-hashes.ts';
import type { Services } from './services.ts';

/** The result of a step that has been made, if all its files are still there. */
export function readFinishedStep(db: StudioDb, { store }: Pick<Services, 'store'>, key: string): StepOutput | undefined {
  const row = db.orm.select().from(steps).where(and(eq(steps.key, key), eq(steps.state, 'succeeded'))).get();
  if (!row?.outputs) return undefined;
  for (const hash of collectAssetHashes([row.outputs.artifacts, row.outputs.data])) if (!store.has(hash)) return undefined;
  return { ...row.outputs, ...(row.provider ? { provider: row.provider } : {}), ...(row.fallback ? { fallback: row.fallback } : {}) };
}
