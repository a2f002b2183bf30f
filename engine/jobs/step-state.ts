/**
 * The life of a step (and of a run, which has the same states). Pure: the queue asks before it writes, so a step can never
 * leave a final state by accident.
 */
import type { StepState } from './types.ts';

export type StepEvent =
  | 'start'
  | 'succeed'
  | 'fail'
  | 'cancel'
  /** A transient error, or the owner died: it waits again. */
  | 'requeue'
  /** Its result was found in the store. */
  | 'hit'
  /** Its artifacts are gone, or the user asked to try again. */
  | 'reopen';

const TRANSITIONS: Readonly<Record<StepState, Partial<Record<StepEvent, StepState>>>> = {
  queued: { start: 'running', hit: 'succeeded', cancel: 'canceled', requeue: 'queued', reopen: 'queued' },
  running: { succeed: 'succeeded', fail: 'failed', cancel: 'canceled', requeue: 'queued', hit: 'succeeded' },
  succeeded: { hit: 'succeeded', reopen: 'queued' },
  failed: { reopen: 'queued', hit: 'succeeded' },
  canceled: { reopen: 'queued', hit: 'succeeded' },
};

/** The state after `event`. Throws a RangeError for an event that cannot happen in this state: that is a bug in the queue. */
export function next(state: StepState, event: StepEvent): StepState {
  const result = TRANSITIONS[state][event];
  if (result === undefined) throw new RangeError(`A step that is ${state} cannot ${event}.`);
  return result;
}

export const isFinal = (state: StepState): boolean => state === 'succeeded' || state === 'failed' || state === 'canceled';
