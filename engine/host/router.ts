/** The engine's procedures behind the contract: each is one call into a feature. Transports know only this router. */
import { implement, ORPCError } from '@orpc/server';
import { contract } from '#core/contract/index.ts';
import { serializeError } from '#core/contract/errors.ts';
import { getRun, listRuns, requestCancel } from '#engine/jobs/run-store.ts';
import type { RunRecord } from '#engine/jobs/run-store.ts';
import type { Engine } from '../main.ts';
import { acceptMake } from '#engine/pipeline/accept-request.ts';
import { loadRunDocument } from '#engine/pipeline/run-document.ts';
import { getProject, getProjectName, listProjects } from '#engine/projects/project-store.ts';
import type { RunHub } from './run-hub.ts';
import { readVersion } from './version.ts';

/** Codes of expected errors that the contract carries; everything else arrives as FAILED. */
const CARRIED = ['BAD_INPUT', 'NOT_FOUND', 'CONFLICT', 'DISK_FULL', 'READ_ONLY', 'MISSING_TOOL'];

/** @param hub starts runs and tells what happens in them */
export function createRouter(engine: Engine, hub: RunHub) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toContractError(error);
    }
  });
  const summary = (run: RunRecord) => ({
    id: run.id, projectId: run.projectId, projectName: getProjectName(engine.db, run.projectId), stage: run.stage, state: run.state, progress: run.progress,
    error: run.error && { code: run.error.code, message: run.error.message }, createdMs: run.createdMs, startedMs: run.startedMs, endedMs: run.endedMs, isInterrupted: run.isInterrupted,
  });
  return os.router({
    system: { about: os.system.about.handler(() => ({ version: readVersion(), dataDir: engine.services.dataDir, notices: [...engine.notices] })) },
    projects: {
      list: os.projects.list.handler(({ input }) => listProjects(engine.db, input.limit)),
      open: os.projects.open.handler(({ input }) => getProject(engine.db, input.projectId)),
    },
    adverts: {
      make: os.adverts.make.handler(async ({ input }) => {
        const run = await acceptMake(input, engine);
        hub.start(run.id);
        return { runId: run.id };
      }),
    },
    runs: {
      list: os.runs.list.handler(({ input }) => listRuns(engine.db, { limit: input.limit }).map(summary)),
      show: os.runs.show.handler(({ input }) => ({ ...loadRunDocument(engine.db, input.runId) })),
      cancel: os.runs.cancel.handler(async ({ input }) => {
        const before = getRun(engine.db, input.runId);
        if (before.endedMs !== null) return { outcome: 'ended' as const };
        if (!hub.isWorkingOn(input.runId)) return { outcome: requestCancel(engine.db, input.runId) };
        await engine.queue.cancelRun(input.runId);
        return { outcome: 'canceled' as const };
      }),
      resume: os.runs.resume.handler(({ input }) => {
        getRun(engine.db, input.runId);
        hub.start(input.runId);
        return { runId: input.runId };
      }),
      watch: os.runs.watch.handler(({ input, signal }) => hub.watch(input.runId, input.afterId, signal)),
    },
  });
}

function toContractError(error: unknown): unknown {
  if (error instanceof ORPCError) return error;
  const { code, message, data } = serializeError(error);
  return CARRIED.includes(code) ? new ORPCError(code, { message, data, defined: true }) : new ORPCError('FAILED', { status: 500, message, data: {}, defined: true });
}
