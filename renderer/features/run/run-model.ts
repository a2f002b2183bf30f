/**
 * What is known of a run, from its events. Pure: events in, state out; nothing that is shown as progress ever goes back, whatever is told twice,
 * late, or again after a restart of the engine.
 */
import type { z } from 'zod';
import type { runEventSchema, stepViewSchema } from '#core/contract/runs.ts';
import { subjectOf } from './step-subject.ts';
import type { StepSubject } from './step-subject.ts';

export type RunEvent = z.output<typeof runEventSchema>;
export type StepView = z.output<typeof stepViewSchema>;
export type RunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';

/** A step, with what it is about. */
export type RunStep = StepView & { readonly subject: StepSubject };

/** Where a run stands. */
export interface RunModel {
  readonly runId: string;
  readonly state: RunState;
  /** The engine's word, see `STAGES`. */
  readonly stage: string;
  /** 0..1. */
  readonly progress: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** By key, in the order in which they were added. */
  readonly steps: ReadonlyMap<string, RunStep>;
  /** What is being made looks like this so far, by step key: data addresses. */
  readonly previews: ReadonlyMap<string, string>;
  /** When the present attempt began and ended, by the engine's clock. */
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  /** Of the last kept event: watching goes on after it. */
  readonly lastId: number;
}

/** A run of which nothing is known yet. */
export function newRun(runId: string): RunModel {
  return { runId, state: 'queued', stage: 'PENDING', progress: 0, error: null, steps: new Map(), previews: new Map(), startedMs: null, endedMs: null, lastId: 0 };
}

/** Nothing will happen any more, unless it is taken up again. */
export function hasEnded({ state }: Pick<RunModel, 'state'>): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'canceled';
}

/** The run after some events; kept events that were seen before change nothing. */
export function applyEvents(run: RunModel, events: readonly RunEvent[]): RunModel {
  const draft = { ...run, steps: new Map(run.steps), previews: new Map(run.previews) };
  for (const event of events) {
    if (event.id !== undefined && event.id <= draft.lastId) continue;
    draft.lastId = event.id ?? draft.lastId;
    take(draft, event);
  }
  return draft;
}

type Draft = { -readonly [Key in keyof RunModel]: RunModel[Key] } & { steps: Map<string, RunStep>; previews: Map<string, string> };

function take(draft: Draft, event: RunEvent): void {
  if (event.type === 'run') return takeRun(draft, event);
  if (event.type === 'preview') return void draft.previews.set(event.stepKey, `data:${event.mime};base64,${event.base64}`);
  if (event.type === 'steps') return event.steps.forEach((step) => putStep(draft, step));
  putStep(draft, event.step);
  draft.progress = Math.max(draft.progress, event.progress);
}

function takeRun(draft: Draft, { state, stage, progress, error, atMs }: Extract<RunEvent, { type: 'run' }>): void {
  const isBegun = state === 'running' && draft.state !== 'running';
  if (isBegun) draft.startedMs = atMs;
  draft.state = state;
  draft.stage = stage;
  draft.error = error ?? null;
  draft.endedMs = hasEnded({ state }) ? atMs : null;
  draft.progress = Math.max(draft.progress, progress);
  if (draft.endedMs !== null) draft.previews.clear();
}

function putStep(draft: Draft, step: StepView): void {
  const before = draft.steps.get(step.key);
  draft.steps.set(step.key, { ...before, ...step, progress: Math.max(before?.progress ?? 0, step.progress), subject: before?.subject ?? subjectOf(step), ...(step.error ? {} : { error: undefined }) });
  if (step.state !== 'running' && step.state !== 'queued') draft.previews.delete(step.key);
}
