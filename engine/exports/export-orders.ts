/** Orders for files as rows. The row is the truth: what was running when the program died is queued again at the next start. */
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import { exportOrderSchema } from '#core/contract/exports.ts';
import type { exportSchema } from '#core/contract/exports.ts';
import type { ExportOrder, Finding } from '#core/placements/preflight/finding.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { and, asc, desc, eq, inArray } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { exportOrders, projects, runs } from '#engine/db/schema.ts';
import { getRun } from '#engine/jobs/run-store.ts';
import type { ExportData } from '#engine/pipeline/steps/export-step.ts';

/** An export as the contract shows it. */
export type ExportView = z.infer<typeof exportSchema>;
export type ExportRow = typeof exportOrders.$inferSelect;

/** What is known about a finished file; kept with its order. */
export interface ExportReport {
  readonly sizeBytes: number;
  readonly encoder: string;
  readonly findings: readonly Finding[];
  readonly data: ExportData;
  /** Which document it was made from. */
  readonly revision: number;
}

export type ExportChange = Partial<Pick<ExportRow, 'state' | 'progress' | 'file' | 'path' | 'endedMs' | 'runId' | 'outDir'>> & { readonly report?: ExportReport | null; readonly error?: unknown };

/** Writes an order down. */
export function insertExport(db: StudioDb, order: { readonly projectId: string; readonly order: ExportOrder; readonly outDir: string; readonly runId: string }, now: () => number = Date.now): string {
  const id = uuidv7();
  db.transaction(() => db.orm.insert(exportOrders).values({ id, ...order, state: 'queued', createdMs: now() }).run());
  return id;
}

/** Throws NOT_FOUND. */
export function getExportRow(db: StudioDb, id: string): ExportRow {
  const row = db.orm.select().from(exportOrders).where(eq(exportOrders.id, id)).get();
  if (!row) throw new AdgenError('NOT_FOUND', `There is no export ${id.slice(0, 80)}; it may have been taken off the list.`);
  return row;
}

export function changeExport(db: StudioDb, id: string, { error, ...change }: ExportChange): void {
  const failure = error === undefined ? {} : { error: error === null ? null : serializeError(error) };
  db.transaction(() => db.orm.update(exportOrders).set({ ...change, ...failure }).where(eq(exportOrders.id, id)).run());
}

/** Newest first. */
export function listExports(db: StudioDb, { projectId, limit = 100 }: { readonly projectId?: string; readonly limit?: number }): ExportView[] {
  const rows = db.orm.select({ row: exportOrders, name: projects.name }).from(exportOrders).innerJoin(projects, eq(projects.id, exportOrders.projectId))
    .where(projectId === undefined ? undefined : eq(exportOrders.projectId, projectId)).orderBy(desc(exportOrders.createdMs), desc(exportOrders.id)).limit(limit).all();
  return rows.map(({ row, name }) => toView(row, name));
}

/** One export as the contract shows it; undefined when it was removed with its project. */
export function findExport(db: StudioDb, id: string): ExportView | undefined {
  const row = db.orm.select().from(exportOrders).where(eq(exportOrders.id, id)).get();
  if (!row) return undefined;
  const project = db.orm.select({ name: projects.name }).from(projects).where(eq(projects.id, row.projectId)).get();
  return toView(row, project?.name ?? '');
}

/** Takes the oldest that waits; two processes on one data folder never take the same. */
export function claimNext(db: StudioDb): ExportRow | undefined {
  return db.transaction(() => {
    const row = db.orm.select().from(exportOrders).where(eq(exportOrders.state, 'queued')).orderBy(asc(exportOrders.createdMs), asc(exportOrders.id)).limit(1).get();
    if (row) db.orm.update(exportOrders).set({ state: 'running', progress: 0, error: null, report: null }).where(eq(exportOrders.id, row.id)).run();
    return row;
  });
}

/** Those that have not ended, oldest first. */
export function listOpen(db: StudioDb): ExportView[] {
  return db.orm.select({ id: exportOrders.id }).from(exportOrders).where(inArray(exportOrders.state, ['queued', 'running'])).orderBy(asc(exportOrders.createdMs), asc(exportOrders.id)).all().flatMap(({ id }) => findExport(db, id) ?? []);
}

/** What a dead process was at goes back into the queue; a living one's stays with it. */
export function requeueInterrupted(db: StudioDb): void {
  db.transaction(() => {
    for (const { id, runId } of db.orm.select().from(exportOrders).where(eq(exportOrders.state, 'running')).all()) {
      const run = runId ? getRun(db, runId) : undefined;
      const isAtWork = run !== undefined && run.startedMs !== null && run.endedMs === null && !run.isInterrupted;
      if (!isAtWork) db.orm.update(exportOrders).set({ state: 'queued', progress: 0 }).where(eq(exportOrders.id, id)).run();
    }
  });
}

/** Takes it off the list with its run; the user's file stays. Returns how many rows went. */
export function deleteExport(db: StudioDb, id: string): number {
  const row = getExportRow(db, id);
  return db.transaction(() => {
    const { changes } = db.orm.delete(exportOrders).where(eq(exportOrders.id, id)).run();
    deleteRun(db, row.runId);
    return changes;
  });
}

/** Removes the run of an export that is made anew. */
export function deleteRun(db: StudioDb, runId: string | null): void {
  if (runId) db.orm.delete(runs).where(and(eq(runs.id, runId), eq(runs.purpose, 'export'))).run();
}

/** The report of a finished export. */
export function reportOf(row: ExportRow): ExportReport | null {
  return row.report as ExportReport | null;
}

/** The finished file of an export. Throws CONFLICT while there is none. */
export function finishedFile(row: ExportRow): AssetRef {
  if (row.state !== 'succeeded' || !row.file) throw new AdgenError('CONFLICT', 'This export has no finished file. Export it again first.');
  return row.file;
}

function toView(row: ExportRow, projectName: string): ExportView {
  const report = reportOf(row);
  return {
    id: row.id, projectId: row.projectId, projectName, order: exportOrderSchema.parse(row.order), state: row.state, progress: row.progress, runId: row.runId, file: row.file, path: row.state === 'succeeded' ? row.path : null,
    sizeBytes: report?.sizeBytes ?? null, encoder: report?.encoder ?? null, findings: [...(report?.findings ?? [])], error: row.error && { code: row.error.code, message: row.error.message }, createdMs: row.createdMs, endedMs: row.endedMs,
  };
}
