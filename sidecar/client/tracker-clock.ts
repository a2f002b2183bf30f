/** What time alone does to a job: looking it up, giving up on a cancel, noticing that the engine's worker is dead. Pure. */
import { engineError } from '#sidecar/protocol/failures.ts';
import type { Outcome, TrackedJob, TrackerEffect, TrackerLimits, TrackerState } from './tracker-types.ts';

interface Watched {
  readonly job: TrackedJob;
  readonly effects: readonly TrackerEffect[];
  readonly outcome?: Outcome;
}

export function watchJob(state: TrackerState, job: TrackedJob, nowMs: number, limits: TrackerLimits): Watched {
  if (job.cancelSinceMs !== undefined && nowMs - job.cancelSinceMs > limits.cancelMs) {
    // The step it is in cannot be interrupted, or the worker is dead: whoever runs the engine should know.
    return { job, effects: [{ type: 'stuck', jobId: job.jobId, quietMs: nowMs - job.cancelSinceMs }], outcome: { type: 'canceled' } };
  }
  if (job.phase !== 'aboard' && job.phase !== 'unsure') return { job, effects: [] };
  const watched = job.phase === 'aboard' ? watchLife(state, job, nowMs, limits) : { job, effects: [] };
  if (watched.outcome !== undefined) return watched;
  const isDue = state.isIdentified && !job.isLooking && nowMs >= dueMs(state, job, limits);
  if (!isDue) return watched;
  return { job: { ...watched.job, isLooking: true }, effects: [...watched.effects, { type: 'look', jobId: job.jobId, promptId: job.promptIds[0] }] };
}

/** Without events polling is all there is, so it is done more often. */
function dueMs(state: TrackerState, job: TrackedJob, limits: TrackerLimits): number {
  return isDeaf(state, job) || job.cancelSinceMs !== undefined ? job.nextLookMs - limits.pollMs * 0.75 : job.nextLookMs;
}

function watchLife(state: TrackerState, job: TrackedJob, nowMs: number, limits: TrackerLimits): Watched {
  const isQuietByNature = job.remote === 'pending' || isDeaf(state, job);
  const lifeMs = job.remote === 'pending' ? Math.max(job.lastLifeMs, state.lastLifeMs) : job.lastLifeMs;
  const quietMs = nowMs - lifeMs;
  if (quietMs <= (isQuietByNature ? limits.deafMs : limits.silentMs)) return { job: job.stuckSinceMs === undefined ? job : { ...job, stuckSinceMs: undefined }, effects: [] };
  if (job.stuckSinceMs === undefined) return { job: { ...job, stuckSinceMs: nowMs }, effects: [{ type: 'stuck', jobId: job.jobId, quietMs }] };
  if (nowMs - job.stuckSinceMs <= limits.stuckGraceMs) return { job, effects: [] };
  return { job, effects: [], outcome: { type: 'failed', error: engineError('ENGINE_STUCK', `Nothing has moved in the engine for ${Math.round(quietMs / 1000)} s.`) } };
}

/** The server sends a job's events to the connection under which it was posted. */
function isDeaf(state: TrackerState, job: TrackedJob): boolean {
  return !state.isListening || job.link !== state.link;
}
