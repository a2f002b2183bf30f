/**
 * The jobs of one client as a pure reducer: events in, state and effects out. It decides what is sent when, what a missing answer
 * means, and when a job is lost. The server's word about a job comes from looking it up; events only make that faster.
 */
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import type { RemoteJob } from '#sidecar/protocol/jobs.ts';
import type { AdgenError } from '#core/contract/errors.ts';
import { restartProgress } from './progress.ts';
import { watchJob } from './tracker-clock.ts';
import { hear, show } from './tracker-events.ts';
import type { Outcome, TrackedJob, Tracked, TrackerEffect, TrackerEvent, TrackerLimits, TrackerState } from './tracker-types.ts';

export function emptyTracker(): TrackerState {
  return { jobs: new Map(), isIdentified: false, isListening: false, link: 0, lastLifeMs: 0, ended: [] };
}

/** Applies one event; `nowMs` from a clock that only goes forward. */
export function track(state: TrackerState, event: TrackerEvent, nowMs: number, limits: TrackerLimits): Tracked {
  return pump(apply(state, event, nowMs, limits), nowMs, limits);
}

function apply(state: TrackerState, event: TrackerEvent, nowMs: number, limits: TrackerLimits): Tracked {
  switch (event.type) {
    case 'identified': return only(doubtAll({ ...state, isIdentified: true, unreachableSinceMs: undefined }, nowMs));
    case 'connected': return only({ ...state, isListening: true, link: state.link + 1, currentPromptId: undefined });
    case 'disconnected': return only({ ...state, isIdentified: false, isListening: false, unreachableSinceMs: state.unreachableSinceMs ?? nowMs });
    case 'refused': return settleAll(state, event.error);
    case 'submitted': return only(put(state, submit(event, nowMs)));
    case 'engine': return hear(state, event.event, nowMs);
    case 'preview': return show(state, event.preview);
    case 'tick': return tick(state, nowMs, limits);
    default: return applyToJob(state, event, nowMs, limits);
  }
}

type JobEvent = Extract<TrackerEvent, { readonly jobId: string }>;

/** News about a job that has left already is old news. */
function applyToJob(state: TrackerState, event: JobEvent, nowMs: number, limits: TrackerLimits): Tracked {
  const job = state.jobs.get(event.jobId);
  if (job === undefined) return only(state);
  switch (event.type) {
    case 'posted': {
      const aboard: TrackedJob = { ...job, phase: 'aboard', lastLifeMs: nowMs, nextLookMs: nowMs + limits.pollMs };
      return board(reached(state), aboard);
    }
    case 'rejected': return settle(state, job, { type: 'failed', error: event.error });
    case 'postLost': return only(put({ ...state, unreachableSinceMs: state.unreachableSinceMs ?? nowMs }, { ...job, phase: 'unsure', nextLookMs: nowMs }));
    case 'lookFailed': return only(put({ ...state, unreachableSinceMs: state.unreachableSinceMs ?? nowMs }, { ...job, isLooking: false, nextLookMs: nowMs + limits.pollMs }));
    case 'looked': return event.promptId === job.promptIds[0] ? look(reached(state), { ...job, isLooking: false, isInDoubt: false, nextLookMs: nowMs + limits.pollMs }, event.found, nowMs, limits) : only(state);
    case 'canceled': return cancel(state, job, nowMs);
    case 'collected': return job.phase === 'collecting' ? settle(state, job, { type: 'done' }) : only(state);
    case 'collectFailed': return job.phase === 'collecting' ? recollect(state, job, event.error, nowMs, limits) : only(state);
    default: return only(state);
  }
}

function submit(event: Extract<TrackerEvent, { type: 'submitted' }>, nowMs: number): TrackedJob {
  return {
    jobId: event.jobId, promptIds: event.promptIds, phase: event.wasSent ? 'unsure' : 'waiting', remote: 'pending', posts: 0, losses: 0, displacements: 0,
    collects: 0, link: 0, isLooking: false, isInDoubt: false, nextLookMs: nowMs, lastLifeMs: nowMs, hasSentCancel: false, progress: event.progress,
  };
}

function look(state: TrackerState, job: TrackedJob, found: RemoteJob | undefined, nowMs: number, limits: TrackerLimits): Tracked {
  if (job.phase !== 'unsure' && job.phase !== 'aboard') return only(put(state, job));
  const isUnwanted = job.cancelSinceMs !== undefined;
  if (found === undefined) return isUnwanted ? settle(state, job, { type: 'canceled' }) : missing(state, job, limits);
  switch (found.state) {
    case 'pending': case 'running': {
      const hasMoved = job.phase === 'unsure' || job.remote !== found.state;
      const hasBegun = found.state === 'running' && job.remote === 'pending';
      const boarded = board(state, { ...job, phase: 'aboard', remote: found.state, lastLifeMs: hasMoved ? nowMs : job.lastLifeMs });
      return hasBegun ? { ...boarded, effects: [{ type: 'running', jobId: job.jobId }, ...boarded.effects] } : boarded;
    }
    case 'canceled': return settle(state, job, isUnwanted ? { type: 'canceled' } : failed(engineError('JOB_STOPPED', 'The job was stopped in the engine by somebody else.')));
    case 'failed': return isUnwanted ? settle(state, job, { type: 'canceled' }) : settle(state, job, failed(found.error), reasonOf(found.error) === 'JOB_OOM' ? [{ type: 'free' }] : []);
    case 'completed': {
      if (isUnwanted) return settle(state, job, { type: 'canceled' });
      if (found.outputs.length === 0) return settle(state, job, failed(engineError('JOB_EMPTY', 'The engine finished the job without any file.')));
      return { state: put(state, { ...job, phase: 'collecting' }), effects: [{ type: 'collect', jobId: job.jobId, promptId: job.promptIds[0], outputs: found.outputs }] };
    }
  }
}

/** On board for sure; a wish to cancel that came earlier can now be passed on. */
function board(state: TrackerState, job: TrackedJob): Tracked {
  if (job.cancelSinceMs === undefined || job.hasSentCancel) return only(put(state, job));
  return { state: put(state, { ...job, hasSentCancel: true }), effects: [{ type: 'cancel', promptId: job.promptIds[0] }] };
}

/** The server knows nothing of it: it never arrived, or the server has been started anew. Safe to send again under the same id. */
function missing(state: TrackerState, job: TrackedJob, limits: TrackerLimits): Tracked {
  if (job.phase === 'unsure' && job.remote === 'pending') {
    const isHopeless = job.posts >= limits.postsMost;
    return isHopeless ? settle(state, job, failed(engineError('JOB_LOST', `The engine did not take the job in ${job.posts} attempts.`))) : only(put(state, { ...job, phase: 'waiting' }));
  }
  const again = { ...job, phase: 'waiting' as const, posts: 0, progress: restartProgress(job.progress), stuckSinceMs: undefined };
  const wasRunning = job.remote === 'running';
  const next = wasRunning ? { ...again, losses: job.losses + 1 } : { ...again, displacements: job.displacements + 1 };
  if (next.losses > limits.lossesMost) return settle(state, job, failed(engineError('JOB_LOST', `The engine was gone ${next.losses} times while it worked on this job.`)));
  if (next.displacements > limits.displacementsMost) return settle(state, job, failed(engineError('JOB_LOST', `The engine forgot the waiting job ${next.displacements} times.`)));
  return only(put(state, next));
}

/** A transfer is repeated; a file that is gone is made again, under another id, because the server would answer from its memory. */
function recollect(state: TrackerState, job: TrackedJob, error: AdgenError, nowMs: number, limits: TrackerLimits): Tracked {
  const collects = job.collects + 1;
  const [, next, ...rest] = job.promptIds;
  if (reasonOf(error) === 'RESULT_GONE' && next !== undefined) {
    return only(put(end(state, job.promptIds[0]), { ...job, phase: 'waiting', promptIds: [next, ...rest], posts: 0, collects: 0, progress: restartProgress(job.progress) }));
  }
  if (!error.isTransient || collects >= limits.collectsMost) return settle(state, job, failed(error));
  return only(put(state, { ...job, phase: 'aboard', remote: 'running', collects, lastLifeMs: nowMs, nextLookMs: nowMs + limits.pollMs / 4 }));
}

function cancel(state: TrackerState, job: TrackedJob, nowMs: number): Tracked {
  if (job.phase === 'waiting' || job.phase === 'collecting') return settle(state, job, { type: 'canceled' });
  const wished = { ...job, cancelSinceMs: job.cancelSinceMs ?? nowMs };
  return job.phase === 'aboard' ? board(state, { ...wished, nextLookMs: nowMs }) : only(put(state, wished));
}

function tick(state: TrackerState, nowMs: number, limits: TrackerLimits): Tracked {
  const sinceMs = state.unreachableSinceMs ?? (state.isIdentified ? undefined : nowMs);
  let current: TrackerState = { ...state, unreachableSinceMs: state.jobs.size === 0 ? undefined : sinceMs };
  if (sinceMs !== undefined && nowMs - sinceMs > limits.unreachableMs) {
    return settleAll(current, engineError('ENGINE_UNREACHABLE', `The engine has not answered for ${Math.round((nowMs - sinceMs) / 1000)} s.`));
  }
  const effects: TrackerEffect[] = [];
  for (const job of state.jobs.values()) {
    const watched = watchJob(current, job, nowMs, limits);
    const result = watched.outcome === undefined ? { state: put(current, watched.job), effects: watched.effects } : settle(current, watched.job, watched.outcome, watched.effects);
    current = result.state;
    effects.push(...result.effects);
  }
  return { state: current, effects };
}

/** After a cut every job that should be on the server is looked up before another is sent, so that their order stays. */
function doubtAll(state: TrackerState, nowMs: number): TrackerState {
  const jobs = [...state.jobs].map(([id, job]) => [id, job.phase === 'aboard' ? { ...job, isInDoubt: true, nextLookMs: nowMs } : job] as const);
  return { ...state, jobs: new Map(jobs) };
}

/** Sends the next waiting job when there is room. One at a time, so that they arrive in order. */
function pump({ state, effects }: Tracked, nowMs: number, limits: TrackerLimits): Tracked {
  if (!state.isIdentified) return { state, effects };
  const jobs = [...state.jobs.values()];
  const isSending = jobs.some((job) => job.phase === 'posting' || job.phase === 'unsure' || job.isInDoubt);
  const isFull = jobs.filter((job) => job.phase === 'aboard').length >= limits.depth;
  const next = jobs.find((job) => job.phase === 'waiting');
  if (isSending || isFull || next === undefined) return { state, effects };
  const posting: TrackedJob = { ...next, phase: 'posting', remote: 'pending', posts: next.posts + 1, link: state.link, lastLifeMs: nowMs };
  return { state: put(state, posting), effects: [...effects, { type: 'post', jobId: next.jobId, promptIds: next.promptIds }] };
}

function settleAll(state: TrackerState, error: AdgenError): Tracked {
  const effects = [...state.jobs.values()].map((job): TrackerEffect => ({ type: 'settle', jobId: job.jobId, outcome: failed(error) }));
  return { state: { ...state, jobs: new Map(), unreachableSinceMs: undefined }, effects };
}

function settle(state: TrackerState, job: TrackedJob, outcome: Outcome, effects: readonly TrackerEffect[] = []): Tracked {
  const jobs = new Map(state.jobs);
  jobs.delete(job.jobId);
  return { state: end({ ...state, jobs }, job.promptIds[0]), effects: [...effects, { type: 'settle', jobId: job.jobId, outcome }] };
}

/** Enough to recognise a duplicate, which follows its original closely. */
const ENDED_KEPT = 32;

function end(state: TrackerState, promptId: string): TrackerState {
  return { ...state, ended: [...state.ended, promptId].slice(-ENDED_KEPT) };
}

function put(state: TrackerState, job: TrackedJob): TrackerState {
  return { ...state, jobs: new Map(state.jobs).set(job.jobId, job) };
}

function reached(state: TrackerState): TrackerState {
  return state.unreachableSinceMs === undefined ? state : { ...state, unreachableSinceMs: undefined };
}

function failed(error: AdgenError): Outcome {
  return { type: 'failed', error };
}

function only(state: TrackerState): Tracked {
  return { state, effects: [] };
}
