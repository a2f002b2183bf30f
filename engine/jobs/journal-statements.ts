/** The SQL of the journal. Every lookup goes through a primary key or an index; `journal-statements.test.ts` holds the plans. */
import type { StudioDb } from '../db/open.ts';
import type { StepState } from './types.ts';

export const JOURNAL_SQL = {
  stepState: 'SELECT state, owner_id FROM steps WHERE key = ?',
  artifacts: 'SELECT hash FROM step_artifacts WHERE step_key = ?',
  insertStep: "INSERT INTO steps (key, kind, state, created_ms) VALUES (?, ?, 'queued', ?) ON CONFLICT (key) DO NOTHING",
  reopenStep: "UPDATE steps SET state = 'queued', outputs = NULL WHERE key = ?",
  // A stopgap: made by a later link because one was out of reach. A new run asks that one again, unless an unfinished run stands on the result.
  reopenStopgap: `UPDATE steps SET state = 'queued', outputs = NULL WHERE key = ? AND state = 'succeeded' AND fallback LIKE '%"isPassing":true%'
    AND NOT EXISTS (SELECT 1 FROM run_steps JOIN runs ON runs.id = run_steps.run_id WHERE run_steps.step_key = ? AND run_steps.state = 'succeeded' AND runs.ended_ms IS NULL)`,
  startStep: "UPDATE steps SET state = 'running', owner_id = ?, started_ms = ?, ended_ms = NULL, error = NULL, attempts = ? WHERE key = ?",
  succeedStep:
    "UPDATE steps SET state = 'succeeded', outputs = ?, provider = ?, fallback = ?, cost_usd = ?, ended_ms = ?, owner_id = NULL, error = NULL WHERE key = ? AND state <> 'succeeded'",
  endStep: "UPDATE steps SET state = ?, error = ?, ended_ms = ?, owner_id = NULL WHERE key = ? AND owner_id = ? AND state = 'running'",
  clearArtifacts: 'DELETE FROM step_artifacts WHERE step_key = ?',
  insertArtifact: 'INSERT INTO step_artifacts (step_key, hash) VALUES (?, ?)',
  output: "SELECT outputs, provider, fallback, cost_usd FROM steps WHERE key = ? AND state = 'succeeded'",
  runStepState: 'SELECT state, is_cache_hit FROM run_steps WHERE run_id = ? AND step_key = ?',
  upsertRunStep: `INSERT INTO run_steps (run_id, step_key, position, name, stage, lane, state, is_cache_hit, progress, weight, started_ms, ended_ms, deps, params)
    VALUES (@runId, @key, @position, @name, @stage, @lane, @state, @isCacheHit, @progress, @weight, @atMs, @atMs, @deps, @params)
    ON CONFLICT (run_id, step_key) DO UPDATE SET position = excluded.position, name = excluded.name, stage = excluded.stage, lane = excluded.lane,
      state = excluded.state, is_cache_hit = excluded.is_cache_hit, progress = excluded.progress, weight = excluded.weight, note = NULL, error = NULL,
      started_ms = excluded.started_ms, ended_ms = excluded.ended_ms, deps = excluded.deps, params = excluded.params`,
  startRunStep: "UPDATE run_steps SET state = 'running', started_ms = ?, ended_ms = NULL, error = NULL, attempts = ? WHERE run_id = ? AND step_key = ?",
  endRunStep: `UPDATE run_steps SET state = @state, is_cache_hit = @isCacheHit, error = @error, ended_ms = @endedMs, started_ms = coalesce(started_ms, @endedMs),
    progress = iif(@state = 'succeeded', 1, progress) WHERE run_id = @runId AND step_key = @key`,
  requeueRunStep: "UPDATE run_steps SET state = 'queued', started_ms = NULL WHERE run_id = ? AND step_key = ?",
  reportRunStep: 'UPDATE run_steps SET progress = max(progress, ?), note = ? WHERE run_id = ? AND step_key = ?',
  insertEvent: 'INSERT INTO run_events (run_id, at_ms, type, payload) VALUES (?, ?, ?, ?)',
  reopenRunStepsOf: `UPDATE run_steps SET state = 'queued', started_ms = NULL
    WHERE state = 'running' AND step_key IN (SELECT key FROM steps WHERE owner_id = ?)`,
  reopenStepsOf: "UPDATE steps SET state = 'queued', owner_id = NULL WHERE owner_id = ?",
} as const;

interface RunStepParameters {
  readonly runId: string;
  readonly key: string;
}

export function prepareJournalStatements(db: StudioDb) {
  return {
    stepState: db.prepare<[string], { state: StepState; owner_id: number | null }>(JOURNAL_SQL.stepState),
    artifacts: db.prepare<[string], { hash: string }>(JOURNAL_SQL.artifacts),
    insertStep: db.prepare<[key: string, kind: string, createdMs: number]>(JOURNAL_SQL.insertStep),
    reopenStep: db.prepare<[key: string]>(JOURNAL_SQL.reopenStep),
    reopenStopgap: db.prepare<[key: string, stepKey: string]>(JOURNAL_SQL.reopenStopgap),
    startStep: db.prepare<[ownerId: number, startedMs: number, attempt: number, key: string]>(JOURNAL_SQL.startStep),
    succeedStep: db.prepare<[outputs: string, provider: string | null, fallback: string | null, costUsd: number, endedMs: number, key: string]>(JOURNAL_SQL.succeedStep),
    endStep: db.prepare<[state: StepState, error: string | null, endedMs: number, key: string, ownerId: number]>(JOURNAL_SQL.endStep),
    clearArtifacts: db.prepare<[key: string]>(JOURNAL_SQL.clearArtifacts),
    insertArtifact: db.prepare<[key: string, hash: string]>(JOURNAL_SQL.insertArtifact),
    output: db.prepare<[string], { outputs: string; provider: string | null; fallback: string | null; cost_usd: number }>(JOURNAL_SQL.output),
    runStepState: db.prepare<[runId: string, key: string], { state: StepState; is_cache_hit: number }>(JOURNAL_SQL.runStepState),
    upsertRunStep: db.prepare<[RunStepParameters]>(JOURNAL_SQL.upsertRunStep),
    startRunStep: db.prepare<[startedMs: number, attempt: number, runId: string, key: string]>(JOURNAL_SQL.startRunStep),
    endRunStep: db.prepare<[RunStepParameters & { state: StepState; isCacheHit: number; error: string | null; endedMs: number }]>(JOURNAL_SQL.endRunStep),
    requeueRunStep: db.prepare<[runId: string, key: string]>(JOURNAL_SQL.requeueRunStep),
    reportRunStep: db.prepare<[progress: number, note: string | null, runId: string, key: string]>(JOURNAL_SQL.reportRunStep),
    insertEvent: db.prepare<[runId: string, atMs: number, type: string, payload: string]>(JOURNAL_SQL.insertEvent),
    reopenRunStepsOf: db.prepare<[ownerId: number]>(JOURNAL_SQL.reopenRunStepsOf),
    reopenStepsOf: db.prepare<[ownerId: number]>(JOURNAL_SQL.reopenStepsOf),
  };
}
