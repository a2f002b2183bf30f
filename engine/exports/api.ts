/** The `exports` procedures of the contract. */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { exportOrderSchema } from '#core/contract/exports.ts';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import type { Engine } from '#engine/main.ts';
import { readRequest } from '#engine/pipeline/run-request.ts';
import { getRun } from '#engine/jobs/run-store.ts';
import { readStoredDocument } from '#engine/projects/stored-document.ts';
import { makeFolder } from '#engine/storage/make-folder.ts';
import { checkOutputFolder } from './check-output-folder.ts';
import { makeClientReport } from './client-report.ts';
import type { ReportedExport } from './client-report.ts';
import { convertExport } from './convert-export.ts';
import { exportFolder } from './export-folder.ts';
import { finishedFile, getExportRow, listExports, reportOf } from './export-orders.ts';
import { createExportQueue } from './export-queue.ts';
import { createKnownEncoders } from './known-encoders.ts';
import { makeDelivery, provenanceOf } from './make-delivery.ts';
import { placeFile } from './place-file.ts';
import { createPreflight } from './preflight.ts';

/** The `exports` procedures of the contract. */
export function exportsApi({ engine }: ApiTools) {
  const { db, services } = engine;
  const encoders = createKnownEncoders(services);
  const check = createPreflight(engine);
  const queue = createExportQueue(engine, {
    hardware: async () => (await encoders()).find(({ isHardware, works }) => isHardware && works)?.id,
    freeGpu: async () => await services.comfy?.tools.station.free(),
  });
  return {
    check: os.exports.check.handler(({ input, signal }) => check(input.projectId, input.order, signal)),
    start: os.exports.start.handler(async ({ input }) => ({ exportIds: await queue.start(input.projectId, await allowed(input.projectId, input.orders, check), exportFolder(input.outDir, engine)) })),
    list: os.exports.list.handler(({ input }) => queue.list({ limit: input.limit, ...(input.projectId === undefined ? {} : { projectId: input.projectId }) })),
    watch: os.exports.watch.handler(({ input, signal }) => queue.watch(input.projectId, signal)),
    cancel: os.exports.cancel.handler(async ({ input }) => ({ changed: await queue.cancel(input.exportId) })),
    retry: os.exports.retry.handler(async ({ input }) => ({ exportId: await queue.retry(input.exportId) })),
    forget: os.exports.forget.handler(async ({ input }) => ({ changed: await queue.forget(input.exportId) })),
    encoders: os.exports.encoders.handler(async () => (await encoders()).map(({ id, label, isHardware, works, reason }) => ({ id, label, isHardware, works, reason }))),
    convert: os.exports.convert.handler(async ({ input, signal }) => {
      const row = getExportRow(db, input.exportId);
      const file = await convertExport(finishedFile(row), input.format, services, signal);
      const name = basename(row.path ?? 'export.mp4').replace(/\.mp4$/, `.${input.format}`);
      return { file, path: await placeFile(file, { folder: dirname(row.path ?? row.outDir), name, partKey: `${row.id}-${input.format}` }, services.store) };
    }),
    delivery: os.exports.delivery.handler(async ({ input, signal }) => {
      const { document } = readStoredDocument(db, input.projectId);
      const folder = await readyFolder(input.projectId, engine);
      const file = await makeDelivery(document, engine, signal ?? new AbortController().signal);
      return { file, path: await placeFile(file, { folder, name: `${document.name}_delivery.zip`, partKey: `${document.id}-delivery` }, services.store) };
    }),
    report: os.exports.report.handler(async ({ input }) => {
      const { document } = readStoredDocument(db, input.projectId);
      const finished = finishedOf(input.projectId, engine);
      const newest = finished[0];
      if (!newest) throw new AdgenError('CONFLICT', 'There is no finished file to report on. Export one first.');
      const folder = await readyFolder(input.projectId, engine);
      const page = await makeClientReport(document, finished, provenanceOf(newest.document, finished.map(({ runId }) => runId), engine), services, Date.now());
      const file = await services.store.putBytes(new TextEncoder().encode(page), 'report.html', 'text/html');
      return { file, path: await placeFile(file, { folder, name: `${document.name}_report.html`, partKey: `${document.id}-report` }, services.store) };
    }),
  };
}

/** What pre-flight refuses is made only for a reason that is kept with it. Throws BAD_INPUT naming what is refused. */
async function allowed(projectId: string, orders: readonly ExportOrder[], check: ReturnType<typeof createPreflight>): Promise<readonly ExportOrder[]> {
  for (const order of orders) {
    if (order.overrideReason?.trim()) continue;
    const refused = (await check(projectId, order)).find(({ severity }) => severity === 'refuse');
    if (refused) throw new AdgenError('BAD_INPUT', `${refused.message} Found: ${refused.found}; asked for: ${refused.wanted} (${refused.source}). Mend it, or say why it is to be exported all the same.`, { data: { rule: refused.rule, order } });
  }
  return orders;
}

/** Where the project's newest file lies, as long as that is there; else where exports go. */
async function readyFolder(projectId: string, engine: Engine): Promise<string> {
  const newest = listExports(engine.db, { projectId, limit: 500 }).find(({ state, path }) => state === 'succeeded' && path !== null && existsSync(dirname(path)));
  const folder = newest?.path ? dirname(newest.path) : exportFolder(undefined, engine);
  await checkOutputFolder(folder);
  makeFolder(folder);
  return folder;
}

/** The newest finished export of each placement, ratio and rate; files that are gone from the store are left out. */
function finishedOf(projectId: string, { db, services }: Engine): (ReportedExport & { readonly runId: string })[] {
  const seen = new Set<string>();
  return listExports(db, { projectId, limit: 500 }).flatMap(({ id, state, order, file, path, runId }) => {
    const key = `${order.placementId} ${order.ratio} ${order.rate}`;
    const report = reportOf(getExportRow(db, id));
    if (state !== 'succeeded' || !file || !path || !runId || !report || seen.has(key) || !services.store.has(file.hash)) return [];
    const request = readRequest(getRun(db, runId));
    if (request.kind !== 'render') return [];
    seen.add(key);
    return [{ order: exportOrderSchema.parse(order), file, path, report, document: request.document, runId }];
  });
}
