/** What the latest adverts' steps took on this machine, for `forecast-parts.ts`. */
import type { Ratio } from '#core/project/ratio.ts';
import { RATIOS } from '#core/project/ratio.ts';
import { and, desc, eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { runs, runSteps, steps } from '#engine/db/schema.ts';
import { megapixels } from './forecast-parts.ts';
import type { DoneStep } from './forecast-parts.ts';

/** Adverts that are looked back on. */
const LOOKED_AT = 6;

/** Steps that were really done by programs of ours, with the units that their time grows with; and what plans cost by whom. */
export function recentWork(db: StudioDb): { readonly steps: readonly DoneStep[]; readonly planCostUsd: Readonly<Record<string, number>> } {
  const latest = db.orm.select({ id: runs.id }).from(runs).where(and(eq(runs.purpose, 'advert'), eq(runs.state, 'succeeded'))).orderBy(desc(runs.createdMs), desc(runs.id)).limit(LOOKED_AT).all();
  const rows = latest.flatMap(({ id }) => readDone(db, id));
  return {
    steps: rows.flatMap(({ kind, name, startedMs, endedMs, provider, params, outputs }) => {
      if (startedMs === null || endedMs === null || provider === 'comfyui' || provider === 'own media') return [];
      return [{ kind, seconds: (endedMs - startedMs) / 1000, units: unitsOf(kind, name, params, outputs?.data) }];
    }),
    planCostUsd: Object.fromEntries(rows.flatMap(({ kind, provider, costUsd }) => (kind === 'plan' && provider !== null ? [[provider, costUsd] as const] : [])).toReversed()),
  };
}

function readDone(db: StudioDb, runId: string) {
  return db.orm
    .select({ kind: steps.kind, name: runSteps.name, startedMs: runSteps.startedMs, endedMs: runSteps.endedMs, provider: steps.provider, costUsd: steps.costUsd, params: runSteps.params, outputs: steps.outputs })
    .from(runSteps).innerJoin(steps, eq(steps.key, runSteps.stepKey))
    .where(and(eq(runSteps.runId, runId), eq(runSteps.isCacheHit, false), eq(runSteps.state, 'succeeded'))).all();
}

/** 0 where the journal does not say. */
function unitsOf(kind: string, name: string, params: unknown, data: unknown): number {
  const ratio = RATIOS.find((candidate): candidate is Ratio => name.endsWith(` ${candidate}`));
  switch (kind) {
    case 'segment':
      return ratio ? megapixels(ratio) * numberAt(data, 'frameCount') : 0;
    case 'backdrop':
    case 'still':
      return ratio ? megapixels(ratio) : 0;
    case 'music':
      return numberAt(params, 'request', 'durationSeconds');
    case 'mix':
      return numberAt(params, 'durationSeconds');
    default:
      return 1;
  }
}

function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = path.reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined), value);
  return typeof found === 'number' ? found : 0;
}
