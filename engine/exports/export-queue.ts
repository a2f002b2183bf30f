/**
 * The queue of exports: one at a time, oldest first, each a run of its own (`purpose: 'export'`) whose steps are the pipeline's. Rows say what
 * there is to do, so a program that dies in the middle goes on at its next start; nothing that a step finished is made again.
 */
import { EventPublisher } from '@orpc/server';
import { placementById } from '#core/placements/placements.ts';
import { findInconsistencies } from '#core/project/consistency.ts';
import { AdgenError } from '#core/contract/errors.ts';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import type { AdProject } from '#core/project/schema.ts';
import { stat } from 'node:fs/promises';
import { createRun, getRun } from '#engine/jobs/run-store.ts';
import type { Engine } from '#engine/main.ts';
import { createRunContext } from '#engine/pipeline/run-advert.ts';
import { readRequest, renderRequestSchema } from '#engine/pipeline/run-request.ts';
import { wishesOf } from '#engine/previews/make-film.ts';
import { readStoredDocument } from '#engine/projects/stored-document.ts';
import { makeFolder } from '#engine/storage/make-folder.ts';
import { checkOutputFolder } from './check-output-folder.ts';
import { changeExport, claimNext, deleteExport, deleteRun, findExport, getExportRow, insertExport, listOpen, requeueInterrupted } from './export-orders.ts';
import type { ExportChange, ExportRow, ExportView } from './export-orders.ts';
import { exportOrderSchema } from '#core/contract/exports.ts';
import { makeExport } from './make-export.ts';
import type { ExportTools } from './make-export.ts';
import { exportFileName, placeFile } from './place-file.ts';

export interface ExportQueue {
  /** Writes orders down and begins. Throws BAD_INPUT, NOT_FOUND, READ_ONLY, DISK_FULL; nothing is queued then. */
  start(projectId: string, orders: readonly ExportOrder[], outDir: string): Promise<string[]>;
  /** First all that have not ended, then every change, until `signal` aborts. */
  watch(projectId: string | undefined, signal: AbortSignal | undefined): AsyncGenerator<ExportView, void, void>;
  cancel(exportId: string): Promise<number>;
  /** The same order again, with the document as it is now. */
  retry(exportId: string): Promise<string>;
  forget(exportId: string): Promise<number>;
}

/** How often a run is asked how far it is. */
const LOOK_MS = 200;

/** Goes on with what an earlier process left, at once. */
export function createExportQueue(engine: Engine, tools: ExportTools): ExportQueue {
  const { db, closing } = engine;
  const news = new EventPublisher<{ change: ExportView }>({ maxBufferedEvents: 1000 });
  const canceled = new Set<string>();
  let working: { readonly id: string; readonly work: Promise<void> } | undefined;

  /** One that was removed with its project is nobody's news. */
  const tell = (id: string): void => {
    const view = findExport(db, id);
    if (view) news.publish('change', view);
  };
  const change = (id: string, how: ExportChange): void => {
    changeExport(db, id, how);
    tell(id);
  };
  const begin = (): void => {
    if (working || closing.aborted) return;
    const row = claimNext(db);
    if (!row) return;
    tell(row.id);
    const work = workOn(row).finally(() => {
      working = undefined;
      begin();
    });
    working = { id: row.id, work };
  };

  const workOn = async (row: ExportRow): Promise<void> => {
    const { id } = row;
    try {
      await exportOne(row);
    } catch (error) {
      // Closing leaves the row as it is: the next start goes on with it.
      if (closing.aborted || (isAbort(error) && !canceled.has(id))) return;
      const state = canceled.has(id) ? 'canceled' : 'failed';
      if (row.runId) await engine.queue.endRun(row.runId, state === 'canceled' ? { state } : { state, error: error instanceof Error ? error : new Error(String(error)) });
      change(id, { state, endedMs: Date.now(), error: state === 'canceled' ? null : error });
    } finally {
      canceled.delete(id);
    }
  };

  const exportOne = async ({ id, runId, projectId, outDir, order: raw }: ExportRow): Promise<void> => {
    if (!runId) throw new AdgenError('CONFLICT', 'What this export was to be made from is gone. Export it again.');
    const order = exportOrderSchema.parse(raw);
    const request = readRequest(getRun(db, runId));
    if (request.kind !== 'render') throw new AdgenError('CONFLICT', 'This export was begun by another version of AdGen Studio. Export it again.');
    engine.queue.startRun(runId);
    engine.queue.expectWeight(runId, expectedWeight(request.document));
    const timer = setInterval(() => tellProgress(id, runId), LOOK_MS);
    try {
      const run = createRunContext(runId, request, [], engine);
      const made = await makeExport(request.document, order, run, tools);
      const path = await placeFile(made.file, outDir, exportFileName(request.document.name, order), id, engine.services.store);
      const { size } = await stat(path);
      await engine.queue.endRun(runId, { state: 'succeeded' });
      const { revision } = readRevision(projectId);
      change(id, { state: 'succeeded', progress: 1, file: made.file, path, endedMs: Date.now(), report: { sizeBytes: size, encoder: made.encoder, findings: made.findings, data: made.data, revision } });
    } finally {
      clearInterval(timer);
    }
  };

  const tellProgress = (id: string, runId: string): void => {
    if (closing.aborted) return;
    const view = findExport(db, id);
    if (view?.state !== 'running') return;
    const progress = getRun(db, runId).progress * 0.98; // the last part is the file in its folder
    if (progress > view.progress + 0.002) change(id, { progress });
  };

  const readRevision = (projectId: string): { revision: number } => {
    try {
      return readStoredDocument(db, projectId);
    } catch {
      return { revision: -1 }; // the project was removed meanwhile; its file is finished all the same
    }
  };

  const queueOrder = (project: AdProject, order: ExportOrder, outDir: string): { runId: string } => {
    const rendition = { id: 'export', kind: 'video' as const, ratio: order.ratio };
    const { isOffline, engine: wish, workflows } = wishesOf(db, project.id);
    const request = renderRequestSchema.parse({ kind: 'render', document: { ...project, renditions: [rendition] }, isOffline, engine: wish, workflows, outDir });
    return { runId: createRun(db, { projectId: project.id, request, outDir, purpose: 'export' }).id };
  };

  requeueInterrupted(db);
  begin();
  return {
    async start(projectId, orders, outDir) {
      const { document } = readStoredDocument(db, projectId);
      assertSound(document);
      for (const order of orders) placementById(order.placementId);
      await checkOutputFolder(outDir);
      makeFolder(outDir);
      const ids = db.transaction(() => orders.map((order) => insertExport(db, { projectId, order, outDir, ...queueOrder(document, order, outDir) })));
      ids.forEach(tell);
      begin();
      return ids;
    },
    async *watch(projectId, signal) {
      const isMeant = (view: ExportView): boolean => projectId === undefined || view.projectId === projectId;
      const live = news.subscribe('change', { ...(signal ? { signal } : {}), maxBufferedEvents: 1000 });
      try {
        yield* listOpen(db).filter(isMeant);
        for await (const view of live) if (isMeant(view)) yield view;
      } catch (error) {
        if (!signal?.aborted) throw error;
      }
    },
    async cancel(exportId) {
      const row = getExportRow(db, exportId);
      if (row.state === 'queued') {
        change(exportId, { state: 'canceled', endedMs: Date.now() });
        return 1;
      }
      if (row.state !== 'running' || working?.id !== exportId || !row.runId) return 0;
      canceled.add(exportId);
      await engine.queue.cancelRun(row.runId);
      await working.work;
      return 1;
    },
    async retry(exportId) {
      const row = getExportRow(db, exportId);
      if (row.state === 'queued' || row.state === 'running') throw new AdgenError('CONFLICT', 'This export is still under way.');
      const { document } = readStoredDocument(db, row.projectId);
      assertSound(document);
      const order = exportOrderSchema.parse(row.order);
      makeFolderIfOurs(row.outDir);
      change(exportId, { state: 'queued', progress: 0, error: null, report: null, endedMs: null, file: null, path: null, ...queueOrder(document, order, row.outDir) });
      deleteRun(db, row.runId);
      begin();
      return exportId;
    },
    async forget(exportId) {
      const row = getExportRow(db, exportId);
      if (row.state === 'running') throw new AdgenError('CONFLICT', 'This export is under way. Cancel it first.');
      return deleteExport(db, exportId);
    },
  };

  /** A folder that is gone stays gone until the user brings it back; asking for a retry does not make it on another disk. */
  function makeFolderIfOurs(outDir: string): void {
    if (outDir.startsWith(engine.services.dataDir)) makeFolder(outDir);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || (error instanceof AdgenError && error.code === 'CANCELED'));
}

function assertSound(project: AdProject): void {
  const [problem] = findInconsistencies(project);
  if (problem) throw new AdgenError('BAD_INPUT', `This project cannot be exported: ${problem.path.join('.')}: ${problem.message}.`);
}

/** What the steps of an export weigh together, near enough for a bar. */
function expectedWeight({ scenes, durationFrames }: AdProject): number {
  return 6 + scenes.length * 1.1 + durationFrames / 20;
}
