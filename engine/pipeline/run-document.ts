/**
 * `run.json`: what a run did and what came out, for people and for programs. Built from the journal; the same document for
 * `--out`, `--json` and `adgen show`.
 */
import type { Ratio } from '#core/project/ratio.ts';
import { renderedParts } from '#core/project/rendered-parts.ts';
import type { RenderedParts } from '#core/project/rendered-parts.ts';
import type { AdProject, AssetRef, DroppedClaim } from '#core/project/schema.ts';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { runs } from '#engine/db/schema.ts';
import { renditionFileName } from '#engine/exports/delivery-files.ts';
import { getRun, listRunSteps } from '#engine/jobs/run-store.ts';
import { STAGES } from '#engine/jobs/types.ts';
import type { Fallback, Stage, StepRecord, StepState } from '#engine/jobs/types.ts';
import type { FinishedAdvert, FinishedRendition } from './render-document.ts';

/** One stage of a run, as far as steps were needed for it. */
export interface StageSummary {
  readonly stage: Stage;
  readonly state: StepState;
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly steps: number;
}

/** A step as `run.json` shows it: the record, its time and its share of the cost. */
export type StepSummary = Omit<StepRecord, 'progress'> & { readonly durationMs: number };

/** A delivered file. */
export interface RenditionSummary extends Omit<FinishedRendition, 'file' | 'rendition'> {
  readonly id: string;
  readonly kind: 'video' | 'still';
  readonly ratio: Ratio;
  readonly file: string;
  readonly asset: AssetRef;
}

export interface FallbackNote extends Fallback {
  readonly kind: string;
  /** Its name. */
  readonly step: string;
  readonly notice: string;
}

export interface RunDocument {
  readonly format: 'adgen-run/1';
  readonly runId: string;
  readonly projectId: string | null;
  readonly state: StepState;
  readonly stage: Stage;
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly durationMs: number;
  readonly costUsd: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly stages: readonly StageSummary[];
  readonly steps: readonly StepSummary[];
  readonly renditions: readonly RenditionSummary[];
  /** Sentences for the user: what was cut, dropped or could not be drawn. */
  readonly notices: readonly string[];
  /** Where another link of a chain stood in; the sentence of each is among the notices, too. */
  readonly fallbacks?: readonly FallbackNote[];
  readonly droppedClaims: readonly DroppedClaim[];
  /** What of the document was rendered, so that later changes can be told; missing until the run has ended well. */
  readonly rendered?: RenderedParts;
}

/** What only the running pipeline knows; missing for runs that have not finished. */
export interface RunResult {
  readonly project: AdProject;
  readonly advert: FinishedAdvert;
  readonly notices: readonly string[];
}

/** The document of a run that is ending well (`result`), or of one as the journal knows it. Throws NOT_FOUND. */
export function makeRunDocument(db: StudioDb, runId: string, result?: RunResult): RunDocument {
  const run = getRun(db, runId);
  const steps = listRunSteps(db, runId);
  const fallbacks = fallbacksOf(steps);
  const endedMs = result ? Date.now() : run.endedMs;
  return {
    format: 'adgen-run/1',
    runId,
    projectId: run.projectId,
    state: result ? 'succeeded' : run.state,
    stage: result ? 'COMPLETED' : run.stage,
    createdMs: run.createdMs,
    startedMs: run.startedMs,
    endedMs,
    durationMs: run.startedMs === null ? 0 : (endedMs ?? Date.now()) - run.startedMs,
    costUsd: steps.reduce((sum, step) => sum + step.costUsd, 0),
    error: run.error ? { code: run.error.code, message: run.error.message } : null,
    stages: summariseStages(steps),
    steps: steps.map(({ progress: _progress, ...step }) => ({ ...step, durationMs: (step.endedMs ?? step.startedMs ?? 0) - (step.startedMs ?? step.endedMs ?? 0) })),
    renditions: result ? result.advert.renditions.map((finished) => summariseRendition(finished, result.advert)) : [],
    notices: [...fallbacks.map(({ notice }) => notice), ...(result?.notices ?? [])],
    fallbacks,
    droppedClaims: result?.project.planning.droppedClaims ?? [],
    ...(result ? { rendered: renderedParts(result.project) } : {}),
  };
}

function summariseStages(steps: readonly StepRecord[]): StageSummary[] {
  return STAGES.flatMap((stage) => {
    const own = steps.filter((step) => step.stage === stage);
    if (own.length === 0) return [];
    const started = own.flatMap((step) => step.startedMs ?? []);
    const ended = own.flatMap((step) => step.endedMs ?? []);
    return [{ stage, state: worstState(own), steps: own.length, ...(started.length ? { startedMs: Math.min(...started) } : {}), ...(ended.length ? { endedMs: Math.max(...ended) } : {}) }];
  });
}

function worstState(steps: readonly StepRecord[]): StepState {
  const order: readonly StepState[] = ['failed', 'canceled', 'running', 'queued', 'succeeded'];
  return order.find((state) => steps.some((step) => step.state === state)) ?? 'succeeded';
}

function summariseRendition(finished: FinishedRendition, advert: FinishedAdvert): RenditionSummary {
  const { rendition, file, ...measured } = finished;
  return { id: rendition.id, kind: rendition.kind, ratio: rendition.ratio, file: renditionFileName(finished, advert.renditions), asset: file, ...measured };
}

function fallbacksOf(steps: readonly StepRecord[]): FallbackNote[] {
  return steps.flatMap((step) => (step.fallback ?? []).map((each) => ({ ...each, kind: step.kind, step: step.name, notice: `${step.name}: ${each.from} could not do it (${each.reason}); ${each.to} did.` })));
}

/** Keeps the document of a run that ended well with its row. */
export function saveRunDocument(db: StudioDb, runId: string, document: RunDocument): void {
  db.transaction(() => db.orm.update(runs).set({ result: document }).where(eq(runs.id, runId)).run());
}

/** What `adgen show` prints: the kept document, or one made from the journal. Throws NOT_FOUND. */
export function loadRunDocument(db: StudioDb, runId: string): RunDocument {
  const row = db.orm.select({ result: runs.result, state: runs.state }).from(runs).where(eq(runs.id, runId)).get();
  return row?.state === 'succeeded' && row.result ? (row.result as RunDocument) : makeRunDocument(db, runId);
}
