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

/** One export as the contract shows it. Throws NOT_FOUND. */
export function viewExport(db: StudioDb, id: string): ExportView {
  const row = getExportRow(db, id);
  const project = db.orm.select({ name: projects.name }).from(projects).where(eq(projects.id, row.projectId)).get();
  return toView(row, project?.name ?? '');
}

/** What is to be done, oldest first. */
export function nextQueued(db: StudioDb): ExportRow | undefined {
  return db.orm.select().from(exportOrders).where(eq(exportOrders.state, 'queued')).orderBy(asc(exportOrders.createdMs), asc(exportOrders.id)).limit(1).get();
}

/** Those that have not ended, oldest first. */
export function listOpen(db: StudioDb): ExportView[] {
  return db.orm.select({ id: exportOrders.id }).from(exportOrders).where(inArray(exportOrders.state, ['queued', 'running'])).orderBy(asc(exportOrders.createdMs), asc(exportOrders.id)).all().map(({ id }) => viewExport(db, id));
}

/** What a dead process was at goes back into the queue. */
export function requeueInterrupted(db: StudioDb): void {
  db.transaction(() => db.orm.update(exportOrders).set({ state: 'queued', progress: 0 }).where(eq(exportOrders.state, 'running')).run());
}

/** Takes it off the list with its run; the user's file stays. Returns how many rows went. */
export function deleteExport(db: StudioDb, id: string): number {
  const row = getExportRow(db, id);
  return db.transaction(() => {
    const { changes } = db.orm.delete(exportOrders).where(eq(exportOrders.id, id)).run();
    if (row.runId) db.orm.delete(runs).where(and(eq(runs.id, row.runId), eq(runs.purpose, 'export'))).run();
    return changes;
  });
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
    id: row.id, projectId: row.projectId, projectName, order: exportOrderSchema.parse(row.order), state: row.state, progress: row.progress, runId: row.runId, file: row.file, path: row.path,
    sizeBytes: report?.sizeBytes ?? null, encoder: report?.encoder ?? null, findings: [...(report?.findings ?? [])], error: row.error && { code: row.error.code, message: row.error.message }, createdMs: row.createdMs, endedMs: row.endedMs,
  };
}
