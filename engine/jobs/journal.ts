/**
 * The rows behind the queue: what is written before a step starts, when it ends, and what a later process reads from that.
 * Hand-written SQL, prepared once: this is the queue's hot path. Every writing method runs inside the caller's transaction.
 * It decides nothing about order or lanes.
 */
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import type { StudioDb } from '../db/open.ts';
import { collectAssetHashes } from '../storage/asset-hashes.ts';
import { prepareJournalStatements } from './journal-statements.ts';
import type { RunEvent, RunEventBody } from './run-events.ts';
import type { RunNode } from './run-graph.ts';
import type { StepOutput, StepSpec, StepState } from './types.ts';

/** What the journal says about a step that is about to start. */
export type Standing = { readonly kind: 'open' } | { readonly kind: 'hit' } | { readonly kind: 'running'; readonly ownerId: number };

export type Journal = ReturnType<typeof createJournal>;

export function createJournal(db: StudioDb, hasArtifact: (hash: string) => boolean, ownerId: number, now: () => number) {
  const sql = prepareJournalStatements(db);

  /** A result counts only while all its artifacts are there; otherwise the step is opened again. */
  const isUsable = (key: string): boolean => {
    if (sql.artifacts.all(key).every(({ hash }) => hasArtifact(hash))) return true;
    sql.reopenStep.run(key);
    return false;
  };

  const standingOf = (key: string): Standing => {
    const row = sql.stepState.get(key);
    if (row?.state === 'succeeded' && isUsable(key)) return { kind: 'hit' };
    if (row?.state === 'running' && row.owner_id !== null) return { kind: 'running', ownerId: row.owner_id };
    return { kind: 'open' };
  };

  return {
    standingOf,

    /** Writes a step down for a run. Returns true when its result is already there. */
    declare: (node: RunNode): boolean => {
      const { spec, runId, position } = node;
      sql.insertStep.run(spec.key, spec.kind, now());
      const before = sql.runStepState.get(runId, spec.key);
      if (before?.state !== 'succeeded') sql.reopenStopgap.run(spec.key, spec.key);
      const isHit = standingOf(spec.key).kind === 'hit';
      const isKept = isHit && before?.state === 'succeeded'; // made by this very run before it was interrupted
      node.isCacheHit = isHit && (isKept ? before?.is_cache_hit === 1 : true);
      if (!isKept) sql.upsertRunStep.run(runStepRow(spec, runId, position, isHit, now()));
      return isHit;
    },

    start: (node: RunNode, attempt: number): void => {
      sql.startStep.run(ownerId, now(), attempt, node.spec.key);
      sql.startRunStep.run(now(), attempt, node.runId, node.spec.key);
    },

    /** Another run of this process joins a step that is running. */
    join: (node: RunNode, attempt: number): void => void sql.startRunStep.run(now(), attempt, node.runId, node.spec.key),

    /** The result; its artifacts must be in the store. When another process has delivered the same step meanwhile, its result stays. */
    succeed: (key: string, output: StepOutput): void => {
      const generated = output.generated?.length ? { generated: output.generated } : {};
      const outputs = JSON.stringify({ artifacts: output.artifacts, data: output.data ?? null, ...generated });
      const fallback = output.fallback === undefined ? null : JSON.stringify(output.fallback);
      const { changes } = sql.succeedStep.run(outputs, output.provider ?? null, fallback, output.costUsd ?? 0, now(), key);
      if (changes === 0) return;
      sql.clearArtifacts.run(key);
      for (const hash of collectAssetHashes([output.artifacts, output.data])) sql.insertArtifact.run(key, hash);
    },

    fail: (key: string, error: Error): void => void sql.endStep.run('failed', JSON.stringify(serializeError(error)), now(), key, ownerId),

    /** Back to the line: after a transient error, a cancel, or at the end of this process. */
    release: (key: string, state: 'queued' | 'canceled'): void => void sql.endStep.run(state, null, now(), key, ownerId),

    endRunStep: (node: RunNode): void => {
      const error = node.error === undefined ? null : JSON.stringify(serializeError(node.error));
      sql.endRunStep.run({ runId: node.runId, key: node.spec.key, state: node.state, isCacheHit: node.isCacheHit ? 1 : 0, error, endedMs: now() });
    },

    requeueRunStep: (node: RunNode): void => void sql.requeueRunStep.run(node.runId, node.spec.key),

    report: (node: RunNode, progress: number, note: string | null): void => void sql.reportRunStep.run(progress, note, node.runId, node.spec.key),

    event: (runId: string, body: RunEventBody): RunEvent => {
      const { type, ...payload } = body;
      const atMs = now();
      const { lastInsertRowid } = sql.insertEvent.run(runId, atMs, type, JSON.stringify(payload));
      return { ...body, id: Number(lastInsertRowid), runId, atMs };
    },

    loadOutput: (key: string): StepOutput => {
      const row = sql.output.get(key);
      if (row === undefined) throw new AdgenError('INTERNAL', `Step ${key.slice(0, 12)}… has no result yet.`);
      return {
        ...(JSON.parse(row.outputs) as Pick<StepOutput, 'artifacts' | 'data' | 'generated'>),
        ...(row.provider === null ? {} : { provider: row.provider }),
        ...(row.fallback === null ? {} : { fallback: JSON.parse(row.fallback) as NonNullable<StepOutput['fallback']> }),
        costUsd: row.cost_usd,
      };
    },

    /** Steps that a dead process left running wait again, in every run that shows them. */
    reopenStepsOf: (deadOwnerId: number): void => {
      sql.reopenRunStepsOf.run(deadOwnerId);
      sql.reopenStepsOf.run(deadOwnerId);
    },
  };
}

function runStepRow(spec: StepSpec, runId: string, position: number, isHit: boolean, nowMs: number) {
  const state: StepState = isHit ? 'succeeded' : 'queued';
  return {
    runId,
    key: spec.key,
    position,
    name: spec.name,
    stage: spec.stage,
    lane: spec.lane,
    state,
    isCacheHit: isHit ? 1 : 0,
    progress: isHit ? 1 : 0,
    weight: spec.weight ?? 1,
    atMs: isHit ? nowMs : null,
    deps: JSON.stringify(spec.deps),
    params: JSON.stringify(spec.params ?? null),
  };
}
