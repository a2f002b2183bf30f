/** What the engine's events and previews do to the tracker: signs of life, progress, and the hint that a job has ended. Pure. */
import type { PreviewFrame } from '#sidecar/protocol/binary-frames.ts';
import type { EngineEvent } from '#sidecar/protocol/events.ts';
import { advanceProgress } from './progress.ts';
import type { TrackedJob, Tracked, TrackerEffect, TrackerState } from './tracker-types.ts';

export function hear(state: TrackerState, event: EngineEvent, nowMs: number): Tracked {
  if (event.type === 'features' || event.type === 'other') return { state, effects: [] };
  const alive = { ...state, lastLifeMs: nowMs };
  if (event.type === 'status') return { state: alive, effects: [] };
  const promptId = event.promptId ?? state.currentPromptId;
  const next = { ...alive, currentPromptId: event.type === 'ended' ? undefined : promptId };
  const job = findJob(next, promptId);
  if (job !== undefined) return hearOf(next, job, event, nowMs);
  // Sent twice by accident: the result of the first is here already.
  const isDuplicate = event.type === 'started' && state.ended.includes(event.promptId);
  return { state: next, effects: isDuplicate ? [{ type: 'cancel', promptId: event.promptId }] : [] };
}

function hearOf(state: TrackerState, job: TrackedJob, event: EngineEvent, nowMs: number): Tracked {
  const progress = advanceProgress(job.progress, event);
  const looks = job.phase === 'aboard' && event.type === 'ended' && event.hasHistory && !job.isLooking;
  const heard: TrackedJob = {
    ...job, progress, lastLifeMs: nowMs, stuckSinceMs: undefined,
    // The events of a job can overtake the answer to its POST, or outlive it.
    remote: job.phase !== 'waiting' && event.type !== 'ended' ? 'running' : job.remote,
    isLooking: looks || job.isLooking,
    nextLookMs: event.type === 'ended' ? nowMs : job.nextLookMs,
  };
  const effects: TrackerEffect[] = [];
  if (heard.remote === 'running' && job.remote === 'pending') effects.push({ type: 'running', jobId: job.jobId });
  if (progress.value > job.progress.value) effects.push({ type: 'progress', jobId: job.jobId, value: progress.value });
  if (looks) effects.push({ type: 'look', jobId: job.jobId, promptId: job.promptIds[0] });
  return { state: { ...state, jobs: new Map(state.jobs).set(job.jobId, heard) }, effects };
}

/** A preview without an id is of what runs now. One that belongs to no job of ours is dropped. */
export function show(state: TrackerState, preview: PreviewFrame): Tracked {
  const job = findJob(state, preview.promptId ?? state.currentPromptId);
  return { state, effects: job === undefined || job.phase === 'collecting' ? [] : [{ type: 'preview', jobId: job.jobId, preview }] };
}

function findJob(state: TrackerState, promptId: string | undefined): TrackedJob | undefined {
  return promptId === undefined ? undefined : [...state.jobs.values()].find((job) => job.promptIds[0] === promptId);
}
