/**
 * Runs as rows: making, listing, showing them, and asking for a cancel from any process. Works without a queue, so that
 * `adgen runs`, `show` and `cancel` need none. Only the queue moves a run from state to state.
 */
import { uuidv7 } from 'uuidv7';
import { AdgenError, type SerializedError } from '#core/contract/errors.ts';
import { and, asc, desc, eq, gt } from '../db/drizzle.ts';
import type { StudioDb } from '../db/open.ts';
import { processes, runEvents, runs, runSteps, steps } from '../db/schema.ts';
import { isAlive } from './process-liveness.ts';
import type { RunEvent } from './run-events.ts';
import type { Stage, StepRecord, StepState } from './types.ts';

/** A run as it is listed. */
export interface RunRecord {
  readonly id: string;
  readonly projectId: string | null;
  readonly stage: Stage;
  readonly state: StepState;
  /** 0..1. */
  readonly progress: number;
  /** JSON: what was asked for; the pipeline builds the same graph from it again. */
  readonly request: unknown;
  readonly outDir: string | null;
  readonly error: SerializedError | null;
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  /** The process that works on it, or the last one that did. */
  readonly ownerPid: number | null;
  readonly isCancelRequested: boolean;
  /** It has begun, has not ended, and its process is gone: it can be resumed. */
  readonly isInterrupted: boolean;
  /** `film` and `export` runs are made for a preview and for an export; whoever made them looks after them. */
  readonly purpose: RunPurpose;
}

export type RunPurpose = (typeof runs.$inferSelect)['purpose'];

export interface NewRun {
  readonly id?: string;
  readonly projectId?: string;
  readonly request: unknown;
  readonly outDir?: string;
  /** Default `advert`. */
  readonly purpose?: RunPurpose;
}

/** Writes a run down; it is `queued` until a queue starts it. */
export function createRun(db: StudioDb, run: NewRun, now: () => number = Date.now): RunRecord {
  const id = run.id ?? uuidv7();
  const row = { id, projectId: run.projectId ?? null, stage: 'PENDING', state: 'queued', request: run.request, outDir: run.outDir ?? null, createdMs: now(), purpose: run.purpose ?? 'advert' } as const;
  db.transaction(() => db.orm.insert(runs).values(row).run());
  return getRun(db, id);
}

/** Throws NOT_FOUND. */
export function getRun(db: StudioDb, id: string): RunRecord {
  const row = db.orm.select().from(runs).where(eq(runs.id, id)).get();
  if (row === undefined) throw new AdgenError('NOT_FOUND', `There is no run ${id.slice(0, 80)}. "adgen runs" lists the runs there are.`);
  return toRecord(db, row);
}

/** The adverts' runs, newest first; those for previews and exports are nobody's history. */
export function listRuns(db: StudioDb, options: { limit?: number; projectId?: string } = {}): RunRecord[] {
  const where = and(eq(runs.purpose, 'advert'), options.projectId === undefined ? undefined : eq(runs.projectId, options.projectId));
  const query = db.orm.select().from(runs).where(where).orderBy(desc(runs.createdMs), desc(runs.id));
  return query.limit(options.limit ?? 100).all().map((row) => toRecord(db, row));
}

/** The steps of a run in the order of their submission. A cache hit costs this run nothing. */
export function listRunSteps(db: StudioDb, runId: string): StepRecord[] {
  const rows = db.orm.select().from(runSteps).innerJoin(steps, eq(steps.key, runSteps.stepKey)).where(eq(runSteps.runId, runId)).orderBy(asc(runSteps.position)).all();
  return rows.map(({ run_steps: own, steps: shared }) => ({
    key: own.stepKey,
    kind: shared.kind,
    name: own.name,
    stage: own.stage,
    state: own.state,
    isCacheHit: own.isCacheHit,
    attempts: own.isCacheHit ? 0 : own.attempts,
    progress: own.progress,
    note: own.note ?? undefined,
    startedMs: own.startedMs ?? undefined,
    endedMs: own.endedMs ?? undefined,
    provider: shared.provider ?? undefined,
    fallback: shared.fallback ?? undefined,
    generated: shared.outputs?.generated,
    costUsd: own.isCacheHit ? 0 : shared.costUsd,
    error: own.error === null ? undefined : { code: own.error.code, message: own.error.message },
  }));
}

/** Whether a step with this key has a result. Its artifacts may have been removed since; the queue checks that itself. */
export function hasSucceeded(db: StudioDb, stepKey: string): boolean {
  const row = db.orm.select({ state: steps.state }).from(steps).where(eq(steps.key, stepKey)).get();
  return row?.state === 'succeeded';
}

/** Kept events after `afterId`, oldest first. */
export function readRunEvents(db: StudioDb, runId: string, afterId = 0, limit = 1000): RunEvent[] {
  const where = and(eq(runEvents.runId, runId), gt(runEvents.id, afterId));
  const rows = db.orm.select().from(runEvents).where(where).orderBy(asc(runEvents.id)).limit(limit).all();
  return rows.map((row) => ({ ...(row.payload as object), type: row.type, id: row.id, runId, atMs: row.atMs }) as RunEvent);
}

/**
 * Asks the process that works on a run to cancel it; a run that nobody works on is canceled at once. Returns what became of it:
 * `requested`, `canceled`, or `ended` when there was nothing left to cancel.
 */
export function requestCancel(db: StudioDb, runId: string, now: () => number = Date.now): 'requested' | 'canceled' | 'ended' {
  return db.transaction(() => {
    const run = getRun(db, runId);
    if (run.endedMs !== null) return 'ended';
    const isOwned = run.ownerPid !== null && !run.isInterrupted;
    const end = isOwned ? {} : ({ state: 'canceled', stage: 'CANCELED', endedMs: now() } as const);
    db.orm.update(runs).set({ isCancelRequested: true, ...end }).where(eq(runs.id, runId)).run();
    return isOwned ? 'requested' : 'canceled';
  });
}

function toRecord(db: StudioDb, row: typeof runs.$inferSelect): RunRecord {
  const { ownerId: _id, ownerStart: _start, ...record } = row;
  const isOpen = row.endedMs === null && row.startedMs !== null;
  return { ...record, isInterrupted: isOpen && !isOwnerAlive(db, row) };
}

function isOwnerAlive(db: StudioDb, { ownerId, ownerPid, ownerStart }: typeof runs.$inferSelect): boolean {
  if (ownerId === null || ownerPid === null) return false;
  const beat = db.orm.select({ atMs: processes.heartbeatMs }).from(processes).where(eq(processes.id, ownerId)).get();
  return beat !== undefined && isAlive({ pid: ownerPid, startToken: ownerStart ?? '' }, Date.now() - beat.atMs);
}
