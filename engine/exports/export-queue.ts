/**
 * The queue of exports: one at a time, oldest first, each a run of its own (`purpose: 'export'`) whose steps are the pipeline's. Rows say what
 * there is to do, so a program that dies in the middle goes on at its next start; nothing that a step finished is made again.
 */
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
import { createExportBook } from './export-book.ts';
import type { ExportBook } from './export-book.ts';
import { changeExport, deleteExport, deleteRun, findExport, insertExport, requeueInterrupted } from './export-orders.ts';
import type { ExportChange, ExportRow } from './export-orders.ts';
import { exportOrderSchema } from '#core/contract/exports.ts';
import { makeExport } from './make-export.ts';
import type { ExportTools } from './make-export.ts';
import { discardPart, exportFileName, placeFile } from './place-file.ts';

export interface ExportQueue {
  /** Writes orders down and begins. Throws BAD_INPUT, NOT_FOUND, READ_ONLY, DISK_FULL; nothing is queued then. */
  start(projectId: string, orders: readonly ExportOrder[], outDir: string): Promise<string[]>;
  watch: ExportBook['watch'];
  /** Newest first. */
  list: ExportBook['list'];
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
  const book = createExportBook(db, closing);
  const canceled = new Set<string>();
  let working: { readonly id: string; readonly work: Promise<void> } | undefined;

  const begin = (): void => {
    if (working || closing.aborted) return;
    const row = book.claim(begin);
    if (!row) return;
    book.tell(row.id);
    const work = workOn(row).finally(() => {
      working = undefined;
      begin();
    });
    working = { id: row.id, work };
  };

  const workOn = async (row: ExportRow): Promise<void> => {
    const { id, runId, outDir } = row;
    try {
      await book.end(id, { state: 'succeeded', progress: 1, endedMs: Date.now(), ...(await exportOne(row)) });
    } catch (error) {
      if (closing.aborted) return; // the row stays as it is: the next start goes on with it
      const end = canceled.has(id) || isAbort(error) ? ({ state: 'canceled' } as const) : ({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) } as const);
      if (runId) await engine.queue.endRun(runId, end);
      await discardPart(outDir, id);
      await book.end(id, { error: null, ...end, endedMs: Date.now() }).catch(unlessClosing);
    } finally {
      canceled.delete(id);
    }
  };
  const unlessClosing = (error: unknown): void => {
    if (!closing.aborted) throw error;
  };

  const exportOne = async (row: ExportRow): Promise<Omit<ExportChange, 'state'>> => {
    const { id, runId, projectId, outDir, order: raw } = row;
    if (!runId) throw new AdgenError('CONFLICT', 'What this export was to be made from is gone. Export it again.');
    const order = exportOrderSchema.parse(raw);
    const request = readRequest(getRun(db, runId));
    if (request.kind !== 'render') throw new AdgenError('CONFLICT', 'This export was begun by another version of AdGen Studio. Export it again.');
    await engine.queue.ready();
    engine.queue.startRun(runId);
    engine.queue.expectWeight(runId, expectedWeight(request.document));
    const timer = setInterval(() => tellProgress(id, runId), LOOK_MS);
    try {
      const run = createRunContext(runId, request, [], engine);
      const made = await makeExport(request.document, order, run, tools);
      const journal = { noted: row.path, note: (path: string) => changeExport(db, id, { path }) };
      const path = await placeFile(made.file, { folder: outDir, name: exportFileName(request.document.name, order), partKey: id, journal }, engine.services.store);
      const { size } = await stat(path);
      await engine.queue.endRun(runId, { state: 'succeeded' });
      const { revision } = readRevision(projectId);
      return { file: made.file, path, report: { sizeBytes: size, encoder: made.encoder, findings: made.findings, data: made.data, revision } };
    } finally {
      clearInterval(timer);
    }
  };

  const tellProgress = (id: string, runId: string): void => {
    if (closing.aborted) return;
    const view = findExport(db, id);
    if (view?.state !== 'running') return;
    const progress = getRun(db, runId).progress * 0.98; // the last part is the file in its folder
    if (progress > view.progress + 0.002) book.progress(id, progress);
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
      ids.forEach(book.tell);
      begin();
      return ids;
    },
    watch: book.watch,
    list: book.list,
    async cancel(exportId) {
      const row = book.rowOf(exportId);
      if (row.state === 'queued') {
        await discardPart(row.outDir, exportId); // of a process that was killed
        book.change(exportId, { state: 'canceled', endedMs: Date.now() });
        return 1;
      }
      if (row.state !== 'running' || working?.id !== exportId || !row.runId) return 0;
      canceled.add(exportId);
      await engine.queue.cancelRun(row.runId);
      await working.work;
      return 1;
    },
    async retry(exportId) {
      const row = book.rowOf(exportId);
      if (row.state === 'queued' || row.state === 'running') throw new AdgenError('CONFLICT', 'This export is still under way.');
      const { document } = readStoredDocument(db, row.projectId);
      assertSound(document);
      const order = exportOrderSchema.parse(row.order);
      makeFolderIfOurs(row.outDir);
      book.change(exportId, { state: 'queued', progress: 0, error: null, report: null, endedMs: null, file: null, path: null, ...queueOrder(document, order, row.outDir) });
      deleteRun(db, row.runId);
      begin();
      return exportId;
    },
    async forget(exportId) {
      const row = book.rowOf(exportId);
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
