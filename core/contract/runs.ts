import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { Ratio } from '../project/ratio.ts';
import { assetRefSchema, droppedClaimSchema } from '../project/schema.ts';
import type { AssetRef } from '../project/schema.ts';
import { base } from './base.ts';

const state = z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']);
const failure = z.object({ code: z.string(), message: z.string() });

/** A run as lists show it; times are milliseconds since 1970, `progress` is 0..1. */
export const runSummarySchema = z.object({
  id: z.string(),
  projectId: z.string().nullable(),
  projectName: z.string(),
  stage: z.string(),
  state,
  progress: z.number().min(0).max(1),
  error: failure.nullable(),
  createdMs: z.number(),
  startedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  isInterrupted: z.boolean(),
});

/** A link of a provider chain gave up and the next one did the work. `name`: of the error, see `nameOfError`. */
export const fallbackSchema = z.object({ from: z.string(), to: z.string(), reason: z.string(), name: z.string().optional(), isPassing: z.boolean().optional() });

/** A step as events show it. `provider`, `fallback`, `artifacts` and `data` come with its success; the last two only of steps that make something to look at. */
export const stepViewSchema = z.object({
  key: z.string(),
  kind: z.string(),
  name: z.string(),
  stage: z.string(),
  state,
  isCacheHit: z.boolean(),
  progress: z.number(),
  weight: z.number(),
  note: z.string().optional(),
  attempt: z.number().optional(),
  error: failure.optional(),
  provider: z.string().optional(),
  fallback: z.array(fallbackSchema).readonly().optional(),
  artifacts: z.record(z.string(), assetRefSchema).optional(),
  data: z.unknown().optional(),
});

const happened = { runId: z.string(), atMs: z.number(), id: z.number().optional() };

/** One thing that happened in a run. `id` grows within a run, so that a watcher can go on after the last one it saw. See `engine/jobs/run-events.ts`. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), ...happened, state, stage: z.string(), progress: z.number(), error: failure.optional() }),
  z.object({ type: z.literal('steps'), ...happened, steps: z.array(stepViewSchema).readonly() }),
  z.object({ type: z.literal('step'), ...happened, step: stepViewSchema, progress: z.number() }),
  z.object({ type: z.literal('progress'), ...happened, step: stepViewSchema, progress: z.number() }),
  z.object({ type: z.literal('preview'), ...happened, stepKey: z.string(), name: z.string(), mime: z.string(), base64: z.string(), progress: z.number() }),
]);

/** A delivered file of a run, as far as screens show it; `RenditionSummary` of the engine is the whole. */
export interface RunRendition {
  readonly id: string;
  readonly kind: 'video' | 'still';
  readonly ratio: Ratio;
  /** What it is called in a delivery. */
  readonly file: string;
  readonly asset: AssetRef;
  readonly probe?: { readonly durationSeconds: number; readonly sizeBytes: number } | undefined;
  readonly loudness?: { readonly lufs: number | null } | undefined;
  /** How true the product is in the film. */
  readonly fidelity?: { readonly verdict: 'faithful' | 'unfaithful' | 'unmeasured'; readonly deltaE2000: number; readonly ssim: number; readonly psnrDb: number; readonly reasons: readonly string[] } | undefined;
}

/** The engine has made it, so it is not parsed again. */
const rendition = z.custom<RunRendition>((value) => typeof value === 'object' && value !== null && 'asset' in value);

/** What a run did and what came out; the whole is `RunDocument` of the engine. */
export const runDocumentSchema = z.looseObject({
  format: z.literal('adgen-run/1'),
  runId: z.string(),
  projectId: z.string().nullable(),
  state,
  stage: z.string(),
  createdMs: z.number(),
  startedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  durationMs: z.number(),
  costUsd: z.number(),
  error: failure.nullable(),
  renditions: z.array(rendition).readonly(),
  notices: z.array(z.string()).readonly(),
  /** Where another link of a chain stood in; the sentence of each is among the notices, too. Missing in runs of older versions. */
  fallbacks: z.array(fallbackSchema.extend({ kind: z.string(), step: z.string(), notice: z.string() })).readonly().optional(),
  droppedClaims: z.array(droppedClaimSchema).readonly(),
  /** Fingerprints of what was rendered, by part; see `core/project/rendered-parts.ts`. Missing in runs of older versions and until it has ended well. */
  rendered: z.record(z.string(), z.string()).optional(),
});

const runId = z.object({ runId: z.string().min(1).max(80) });

/** The history of runs, and what becomes of one. */
export const runs = {
  list: base.route({ method: 'GET', path: '/runs' }).input(z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100), projectId: z.string().max(80).optional() })).output(z.array(runSummarySchema)),
  show: base.route({ method: 'GET', path: '/runs/{runId}' }).input(runId).output(runDocumentSchema),
  cancel: base.route({ method: 'POST', path: '/runs/{runId}/cancel' }).input(runId).output(z.object({ outcome: z.enum(['requested', 'canceled', 'ended']) })),
  resume: base.route({ method: 'POST', path: '/runs/{runId}/resume' }).input(runId).output(z.object({ runId: z.string() })),
  watch: base.route({ method: 'GET', path: '/runs/{runId}/events' }).input(runId.extend({ afterId: z.coerce.number().int().min(0).default(0) })).output(eventIterator(runEventSchema)),
};
