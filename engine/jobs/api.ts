/** The `runs` procedures of the contract: the history of runs, and what becomes of one. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { loadRunDocument } from '#engine/pipeline/run-document.ts';
import { getProjectName } from '#engine/projects/project-store.ts';
import { getRun, listRuns, requestCancel } from './run-store.ts';
import type { RunRecord } from './run-store.ts';

/** The `runs` procedures of the contract. */
export function runsApi({ engine, hub }: ApiTools) {
  const summary = (run: RunRecord) => ({
    id: run.id, projectId: run.projectId, projectName: getProjectName(engine.db, run.projectId), stage: run.stage, state: run.state, progress: run.progress,
    error: run.error && { code: run.error.code, message: run.error.message }, createdMs: run.createdMs, startedMs: run.startedMs, endedMs: run.endedMs, isInterrupted: run.isInterrupted,
  });
  return {
    list: os.runs.list.handler(({ input }) => listRuns(engine.db, { limit: input.limit, ...(input.projectId === undefined ? {} : { projectId: input.projectId }) }).map(summary)),
    show: os.runs.show.handler(({ input }) => ({ ...loadRunDocument(engine.db, input.runId) })),
    cancel: os.runs.cancel.handler(async ({ input }) => {
      const outcome = requestCancel(engine.db, input.runId);
      if (outcome !== 'requested') return { outcome };
      await engine.queue.cancelRun(input.runId); // at once if this process works on it; another one sees the request
      await hub.settled(input.runId); // and has written down what is kept of it
      return { outcome: getRun(engine.db, input.runId).endedMs === null ? ('requested' as const) : ('canceled' as const) };
    }),
    resume: os.runs.resume.handler(({ input }) => {
      getRun(engine.db, input.runId);
      hub.start(input.runId);
      return { runId: input.runId };
    }),
    watch: os.runs.watch.handler(({ input, signal, lastEventId }) => hub.watch(input.runId, Math.max(input.afterId, Number(lastEventId) || 0), signal)),
  };
}
