/** Works on one run until it ends, shows it, and reports: the part that `make`, `render` and `resume` share. */
import { runAdvert } from '#engine/pipeline/run-advert.ts';
import { makeRunDocument } from '#engine/pipeline/run-document.ts';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import type { Engine } from '#engine/main.ts';
import { installMissingFfmpeg } from './ensure-ffmpeg.ts';
import { printNote, printResult } from './terminal.ts';
import { createRunView } from './view/run-view.ts';
import { formatSummary } from './view/format-summary.ts';
import type { Session } from './with-engine.ts';

/** Rejects with the run's error after showing what the journal knows. */
export async function workOnRun(runId: string, engine: Engine, session: Session, options: { readonly json?: boolean; readonly out?: string }): Promise<RunDocument> {
  await installMissingFfmpeg(printNote);
  const view = createRunView(runId);
  session.onEvent((event) => view.show(event));
  session.onInterrupt(() => void engine.queue.cancelRun(runId));
  try {
    const document = await runAdvert(runId, { db: engine.db, queue: engine.queue, services: engine.services });
    view.close();
    if (options.json) printResult(JSON.stringify(document, null, 2));
    else formatSummary(document, options.out).forEach(printNote);
    return document;
  } catch (error) {
    view.close();
    if (options.json) printResult(JSON.stringify(makeRunDocument(engine.db, runId), null, 2));
    throw error;
  }
}
