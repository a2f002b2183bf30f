/**
 * One ComfyUI as the providers use it: connected on demand, asked what it can do, and given jobs that come out once even if it
 * ends under them. Whoever owns its process restarts it; here a job waits for that and goes on.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { unlessAborted } from '#sidecar/access/unless-aborted.ts';
import type { CollectedFile } from '#sidecar/client/collect.ts';
import type { ClientLimits, JobRequest } from '#sidecar/client/comfy-types.ts';
import type { JobJournal } from '#sidecar/client/journal.ts';
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import { keepSessions } from './sessions.ts';
import type { Session } from './sessions.ts';
import { createViews } from './station-view.ts';
import type { StationView } from './station-view.ts';
import { createVerdicts } from './verdicts.ts';

export type StationJob = Omit<JobRequest, 'signal'> & { readonly signal: AbortSignal };

export interface Station {
  /** Connects, starting the server if it is ours, and checks all workflows against it. Throws one sentence and one action; fast while it is known to be out of reach. */
  look(signal: AbortSignal): Promise<StationView>;
  /** Resolves with the job's files. Rejects with an AdgenError, or an AbortError after a cancel and when the station is closed. */
  run(job: StationJob): Promise<readonly CollectedFile[]>;
  /** Brings a file to the server; resolves with its name for graphs. */
  upload(bytes: Uint8Array<ArrayBuffer>, name: string, group: string, signal: AbortSignal): Promise<string>;
  usesTiledVae(): boolean;
  /** Asks a server that is connected to give its GPU memory back; starts none. Resolves whether or not it could. */
  free(): Promise<void>;
  /** Leaves jobs that are under way on the server and in the journal, where the next station finds them. */
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
  /** How long a look waits for an answer, once there should be a server. Default 20 s. */
  readonly readyMs?: number;
  /** A clock that only goes forward, ms. */
  now?(): number;
}

/** Once out of reach, others are not kept waiting for this long. */
const DOWN_MS = 60_000;
const READY_MS = 20_000;

/** The server is gone, or nobody's: nothing is wrong with the job. */
const OUT_OF_REACH = new Set(['ENGINE_UNREACHABLE', 'ENGINE_STUCK', 'ENGINE_FOREIGN']);

export function createStation(options: StationOptions): Station {
  const { access, journal, limits, workflowsDir, mostReturns = 3, readyMs = READY_MS, now = () => performance.now() } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const sessions = keepSessions({ access, journal, signal, ...(limits ? { limits } : {}) });
  const viewOf = createViews({ signal, readyMs, now, ...(workflowsDir === undefined ? {} : { workflowsDir }) });
  const verdicts = createVerdicts(access);
  const unsubscribe = access.subscribe({ onJob: verdicts.take, onLost(reason) {
    down = undefined; // it may be another one now
    sessions.drop(reason);
  } });
  let down: { readonly untilMs: number; readonly error: AdgenError } | undefined;

  const markDown = (error: AdgenError): void => {
    down = { untilMs: now() + DOWN_MS, error };
    sessions.drop(error.message);
  };
  const connected = async (wanting: AbortSignal): Promise<Session> => {
    if (down && now() < down.untilMs) throw down.error;
    return await sessions.current(wanting);
  };

  /** Looks again when the server was replaced meanwhile. */
  const lookUntilFound = async (wanting: AbortSignal): Promise<StationView> => {
    for (let returns = 0; ; returns++) {
      const session = await connected(wanting);
      try {
        return await unlessAborted(viewOf(session), wanting);
      } catch (error) {
        if (session.lost === undefined || wanting.aborted || signal.aborted) throw error;
        if (returns >= mostReturns) throw engineError('ENGINE_UNREACHABLE', session.lost, { cause: error });
      }
    }
  };

  const look = async (wanting: AbortSignal): Promise<StationView> => {
    try {
      const view = await lookUntilFound(wanting);
      down = undefined;
      return view;
    } catch (error) {
      const isNews = !wanting.aborted && !signal.aborted && error !== down?.error;
      if (isNews && error instanceof AdgenError) markDown(error);
      throw error;
    }
  };

  const runOnce = async (job: StationJob, { client }: Session): Promise<readonly CollectedFile[]> => {
    const files = await client.run({
      ...job,
      onRunning() {
        access.report({ type: 'job-started', jobId: job.key });
        job.onRunning?.();
      },
    });
    access.report({ type: 'job-ended', jobId: job.key });
    return files;
  };

  /** Whether a job that ended so is tried once more, and why; throws what its caller is told when it is not. */
  const judge = async (error: unknown, { key, signal: wanting }: StationJob, session: Session): Promise<'memory' | 'gone'> => {
    wanting.throwIfAborted();
    signal.throwIfAborted();
    const reason = reasonOf(error);
    if (session.lost !== undefined) return 'gone';
    if (reason === 'JOB_OOM' && (await verdicts.afterOutOfMemory(key, wanting)) === 'requeue') return 'memory';
    const isOutOfReach = reason !== undefined && OUT_OF_REACH.has(reason);
    // Nobody of ours starts this one again; one that is led by another program is at least not unstuck from here.
    const isForGood = access.kind === 'external' || (access.kind === 'shared' && reason === 'ENGINE_STUCK');
    if (isOutOfReach && isForGood) markDown(error as AdgenError);
    if (isForGood || !(isOutOfReach || reason === 'JOB_LOST')) {
      access.report({ type: 'job-ended', jobId: key });
      throw error;
    }
    if (access.kind === 'shared') sessions.drop('The engine was started again by its owner.');
    return 'gone';
  };

  const run = async (job: StationJob): Promise<readonly CollectedFile[]> => {
    for (let returns = 0; ; ) {
      if (verdicts.isHeld(job.key)) throw engineError('JOB_HELD', 'The engine went down twice with this job, so it is not sent again.');
      const session = await connected(job.signal);
      try {
        return await runOnce(job, session);
      } catch (error) {
        const cause = await judge(error, job, session);
        if (cause === 'gone' && ++returns > mostReturns) throw session.lost === undefined ? error : engineError('ENGINE_UNREACHABLE', session.lost, { cause: error });
      }
    }
  };

  return {
    look,
    async run(job) {
      try {
        return await run(job);
      } catch (error) {
        // The owner of the process may believe that it still works on it.
        if (job.signal.aborted) access.report({ type: 'job-ended', jobId: job.key });
        throw error;
      }
    },
    async upload(bytes, name, group, wanting) {
      return await (await connected(wanting)).client.upload(bytes, name, group, wanting);
    },
    usesTiledVae: () => access.usesTiledVae(),
    // A server that cannot answer now has nothing to give; whoever asked goes on without.
    free: async () => await sessions.open()?.client.free().catch(() => {}),
    async close() {
      const reason = 'The program is being closed.';
      closing.abort(Object.assign(new Error(reason), { name: 'AbortError' }));
      unsubscribe();
      await sessions.close(reason);
    },
  };
}
