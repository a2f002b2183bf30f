/**
 * How long generation takes on this user's machine, learned from what was generated there. Sizes are in units of the capability: a picture
 * or clip counts megapixels × frames, music counts seconds. Time is taken as proportional to size, which holds well enough between similar jobs.
 */
import { and, desc, eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { generations } from '#engine/db/schema.ts';

export interface GenerationKind {
  readonly workflowHash: string;
  /** As the server names it. */
  readonly device: string;
}

/** Jobs that a forecast looks back on. */
const LOOKED_AT = 15;

export function recordGeneration(db: StudioDb, kind: GenerationKind, made: { readonly size: number; readonly seconds: number }, now: () => number = Date.now): void {
  if (!(made.size > 0 && made.seconds > 0)) return;
  db.orm.insert(generations).values({ ...kind, ...made, atMs: now() }).run();
}

/** Seconds for a job of this size: the median of the latest ones, scaled. Undefined before the first one. */
export function forecastSeconds(db: StudioDb, { workflowHash, device }: GenerationKind, size: number): number | undefined {
  const rows = db.orm.select({ size: generations.size, seconds: generations.seconds }).from(generations)
    .where(and(eq(generations.workflowHash, workflowHash), eq(generations.device, device))).orderBy(desc(generations.id)).limit(LOOKED_AT).all();
  const rates = rows.map((row) => row.seconds / row.size).sort((a, b) => a - b);
  const median = rates[Math.floor(rates.length / 2)];
  return median === undefined ? undefined : median * size;
}
