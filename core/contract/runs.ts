import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';

/** A run as lists show it; times are milliseconds since 1970, `progress` is 0..1. */
export const runSummarySchema = z.object({
  id: z.string(),
  projectId: z.string().nullable(),
  projectName: z.string(),
  stage: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']),
  progress: z.number().min(0).max(1),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdMs: z.number(),
  startedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  isInterrupted: z.boolean(),
});

/** One thing that happened in a run. `id` grows within a run, so that a watcher can go on after the last one it saw. */
export const runEventSchema = z.looseObject({ type: z.string(), runId: z.string(), atMs: z.number(), id: z.number().optional() });

const runId = z.object({ runId: z.string().min(1).max(80) });

/** The history of runs, and what becomes of one. */
export const runs = {
  list: base.route({ method: 'GET', path: '/runs' }).input(z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100), projectId: z.string().max(80).optional() })).output(z.array(runSummarySchema)),
  show: base.route({ method: 'GET', path: '/runs/{runId}' }).input(runId).output(z.looseObject({ format: z.literal('adgen-run/1'), runId: z.string() })),
  cancel: base.route({ method: 'POST', path: '/runs/{runId}/cancel' }).input(runId).output(z.object({ outcome: z.enum(['requested', 'canceled', 'ended']) })),
  resume: base.route({ method: 'POST', path: '/runs/{runId}/resume' }).input(runId).output(z.object({ runId: z.string() })),
  watch: base.route({ method: 'GET', path: '/runs/{runId}/events' }).input(runId.extend({ afterId: z.coerce.number().int().min(0).default(0) })).output(eventIterator(runEventSchema)),
};
