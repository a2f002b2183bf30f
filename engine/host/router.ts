/** The engine's procedures behind the contract: each is one call into a feature. Transports know only this router. */
import { ValidationError } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { z } from 'zod';
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

/** The errors that the contract carries, with their statuses; everything else arrives as FAILED. */
const CARRIED = new Map(Object.entries(contract.system.about['~orpc'].errorMap).map(([code, error]) => [code, error?.status ?? 500]));

/** What transports serve. */
export type EngineRouter = ReturnType<typeof createRouter>;

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
        const outcome = requestCancel(engine.db, input.runId);
        if (outcome !== 'requested') return { outcome };
        await engine.queue.cancelRun(input.runId); // at once if this process works on it; another one sees the request
        return { outcome: getRun(engine.db, input.runId).endedMs === null ? ('requested' as const) : ('canceled' as const) };
      }),
      resume: os.runs.resume.handler(({ input }) => {
        getRun(engine.db, input.runId);
        hub.start(input.runId);
        return { runId: input.runId };
      }),
      watch: os.runs.watch.handler(({ input, signal, lastEventId }) => hub.watch(input.runId, Math.max(input.afterId, Number(lastEventId) || 0), signal)),
    },
  });
}

function toContractError(error: unknown): unknown {
  if (error instanceof ORPCError) return toBadInput(error) ?? error;
  const { code, message, data } = serializeError(error);
  return CARRIED.has(code) ? contractError(code, message, data) : contractError('FAILED', message);
}

/** Input that the contract's schemas refuse is bad input like any other: the sentence names the fields. */
function toBadInput({ code, cause }: ORPCError<string, unknown>): unknown {
  if (code !== 'BAD_REQUEST' || !(cause instanceof ValidationError)) return undefined;
  const fields = cause.issues.map(({ path = [], message }) => `${z.core.toDotPath(path.map((part) => (typeof part === 'object' ? part.key : part))) || 'input'}: ${message}`);
  return contractError('BAD_INPUT', `The request has mistakes: ${fields.join('; ')}.`);
}

function contractError(code: string, message: string, data: Readonly<Record<string, unknown>> = {}): unknown {
  return new ORPCError(code, { status: CARRIED.get(code), message, data, defined: true });
}
