/**
 * One ComfyUI as the providers use it: connected on demand, asked once what it can do, and given jobs that come out once even if it
 * ends under them. Whoever owns its process restarts it; here a job waits for that and goes on.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { unlessAborted } from '#sidecar/access/unless-aborted.ts';
import { createComfyClient } from '#sidecar/client/comfy-client.ts';
import type { ClientLimits, ComfyClient, JobRequest } from '#sidecar/client/comfy-types.ts';
import type { CollectedFile } from '#sidecar/client/collect.ts';
import type { JobJournal } from '#sidecar/client/journal.ts';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import type { EngineDevice, EngineIdentity } from '#sidecar/protocol/system.ts';
import type { JobVerdict, SidecarAccess } from '#sidecar/access/types.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import type { WorkflowReport } from '#workflows/checking/report.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Workflow } from '#workflows/load-workflows.ts';
import { isObjectInfo } from '#workflows/object-info.ts';

export interface CheckedWorkflow {
  readonly workflow: Workflow;
  readonly report: WorkflowReport;
}

/** What a look at the server found. */
export interface StationView {
  readonly identity: EngineIdentity;
  /** The device it computes on. */
  readonly device: EngineDevice | undefined;
  readonly workflows: readonly CheckedWorkflow[];
  /** The server can decode images in tiles, when memory is short. */
  readonly hasTiledDecoder: boolean;
}

export type StationJob = Omit<JobRequest, 'signal'> & { readonly signal: AbortSignal };

export interface Station {
  /** Connects, starting the server if it is ours, and checks all workflows against it. Throws one sentence and one action; fast while it is known to be out of reach. */
  look(signal: AbortSignal): Promise<StationView>;
  /** Resolves with the job's files. Rejects with an AdgenError, or an AbortError after a cancel. */
  run(job: StationJob): Promise<readonly CollectedFile[]>;
  /** Brings a file to the server, under a name for its graphs. */
  upload(bytes: Uint8Array<ArrayBuffer>, name: string, group: string, signal: AbortSignal): Promise<string>;
  usesTiledVae(): boolean;
  close(): Promise<void>;
}

export interface StationOptions {
  readonly access: SidecarAccess;
  readonly journal: JobJournal;
  /** Folder with the user's own workflows. */
  readonly workflowsDir?: string;
  readonly limits?: Partial<ClientLimits>;
  /** How often a job waits for the server to come back. Default 3. */
  readonly mostReturns?: number;
}

/** Once out of reach, others are not kept waiting for this long. */
const DOWN_MS = 60_000;
/** A user may add models at any time. */
const VIEW_MS = 60_000;
const VERDICT_MS = 10_000;
const GONE = new Set(['ENGINE_UNREACHABLE', 'ENGINE_STUCK', 'ENGINE_FOREIGN', 'JOB_LOST']);

interface Session {
  readonly client: ComfyClient;
  /** Why its client was closed. */
  lost: string | undefined;
  view: StationView | undefined;
  viewedMs: number;
  viewing: Promise<StationView> | undefined;
}

export function createStation(options: StationOptions): Station {
  const { access, journal, limits, workflowsDir, mostReturns = 3 } = options;
  const held = new Set<string>();
  const verdicts = new Map<string, (verdict: JobVerdict) => void>();
  const leaving = new Set<Promise<void>>();
  let session: Session | undefined;
  let opening: Promise<Session> | undefined;
  let down: { readonly untilMs: number; readonly error: AdgenError } | undefined;
  const closing = new AbortController();

  const drop = (reason: string): void => {
    if (!session) return;
    session.lost = reason;
    const end = session.client.close();
    leaving.add(end);
    void end.finally(() => leaving.delete(end));
    session = undefined;
  };
  const unsubscribe = access.subscribe({
    onLost: drop,
    onJob(verdict) {
      if (verdict.action === 'hold') held.add(verdict.jobId);
      verdicts.get(verdict.jobId)?.(verdict);
    },
  });

  const open = async (): Promise<Session> => {
    const connection = await access.connect(closing.signal);
    const client = createComfyClient({
      ...connection, journal, ...(limits ? { limits } : {}),
      onLink: (state) => access.report({ type: state === 'up' ? 'ws-up' : 'ws-down' }),
      onStuck: ({ key }) => access.report({ type: 'job-stuck', jobId: key }),
    });
    session = { client, lost: undefined, view: undefined, viewedMs: 0, viewing: undefined };
    return session;
  };
  const sessionFor = async (signal: AbortSignal): Promise<Session> => {
    closing.signal.throwIfAborted();
    if (session) return session;
    // One opens for all; it outlives the one who asked first.
    opening ??= open().finally(() => (opening = undefined));
    return await unlessAborted(opening, signal);
  };

  const examine = async ({ client }: Session): Promise<StationView> => {
    const identity = await client.ready(closing.signal);
    const [objectInfo, { workflows }] = await Promise.all([client.objectInfo(), loadWorkflows(workflowsDir)]);
    if (!isObjectInfo(objectInfo)) throw engineError('BAD_ANSWER', 'The engine did not tell which nodes it has.');
    const models = loadCatalogue();
    return {
      identity,
      device: identity.devices.find(({ type }) => type !== 'cpu') ?? identity.devices[0],
      workflows: workflows.map((workflow) => ({ workflow, report: checkWorkflow(workflow.graph, { objectInfo, manifest: workflow.manifest, models, serverVersion: identity.version }) })),
      hasTiledDecoder: Object.hasOwn(objectInfo, 'VAEDecodeTiled'),
    };
  };

  /** A view is renewed now and then; one that cannot be had does not take the last one away, for a busy server may be slow to answer. */
  const view = async (current: Session): Promise<StationView> => {
    if (current.view && performance.now() - current.viewedMs < VIEW_MS) return current.view;
    current.viewing ??= examine(current).finally(() => (current.viewing = undefined));
    try {
      current.view = await current.viewing;
    } catch (error) {
      if (!current.view) throw error;
    }
    current.viewedMs = performance.now();
    return current.view;
  };

  const look = async (signal: AbortSignal): Promise<StationView> => {
    if (down && performance.now() < down.untilMs) throw down.error;
    try {
      const found = await unlessAborted(sessionFor(signal).then(view), signal);
      down = undefined;
      return found;
    } catch (error) {
      if (signal.aborted || !(error instanceof AdgenError)) throw error;
      down = { untilMs: performance.now() + DOWN_MS, error };
      drop(error.message);
      throw error;
    }
  };

  /** What the owner of the process decides about a job that ran out of memory. */
  const askVerdict = (jobId: string, signal: AbortSignal): Promise<JobVerdict['action']> => {
    const answer = Promise.withResolvers<JobVerdict['action']>();
    const timer = setTimeout(() => answer.resolve('ask-smaller'), VERDICT_MS);
    verdicts.set(jobId, ({ action }) => answer.resolve(action));
    access.report({ type: 'job-out-of-memory', jobId });
    return unlessAborted(answer.promise, signal).finally(() => {
      clearTimeout(timer);
      verdicts.delete(jobId);
    });
  };

  const runOnce = async (job: StationJob, current: Session): Promise<readonly CollectedFile[]> => {
    const { key } = job;
    const files = await current.client.run({
      ...job,
      onRunning() {
        access.report({ type: 'job-started', jobId: key });
        job.onRunning?.();
      },
    });
    access.report({ type: 'job-ended', jobId: key });
    return files;
  };

  const run = async (job: StationJob): Promise<readonly CollectedFile[]> => {
    for (let returns = 0; ; ) {
      if (held.has(job.key)) throw engineError('JOB_HELD', 'The engine went down twice with this job, so it is not sent again.');
      const current = await sessionFor(job.signal);
      try {
        return await runOnce(job, current);
      } catch (error) {
        job.signal.throwIfAborted();
        closing.signal.throwIfAborted();
        const reason = reasonOf(error);
        if (reason === 'JOB_OOM' && (await askVerdict(job.key, job.signal)) === 'requeue') continue;
        const isGone = current.lost !== undefined || (reason !== undefined && GONE.has(reason));
        if (!isGone) access.report({ type: 'job-ended', jobId: job.key });
        if (!isGone || ++returns > mostReturns) throw current.lost === undefined ? error : engineError('ENGINE_UNREACHABLE', current.lost, { cause: error });
        if (current.lost === undefined && access.kind === 'external') throw error;
        if (access.kind === 'shared') drop('The engine was started again by its owner.');
      }
    }
  };

  return {
    look, run,
    async upload(bytes, name, group, signal) {
      return await (await sessionFor(signal)).client.upload(bytes, name, group);
    },
    usesTiledVae: () => access.usesTiledVae(),
    async close() {
      closing.abort(Object.assign(new Error('The program is being closed.'), { name: 'AbortError' }));
      unsubscribe();
      await opening?.catch(() => {}); // whoever waits for it is told
      drop('The program is being closed.');
      await Promise.all(leaving);
    },
  };
}
