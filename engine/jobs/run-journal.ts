/** The states of whole runs, as the queue writes them. Inside the caller's transaction, like the step journal. */
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import type { StudioDb } from '../db/open.ts';
import type { ProcessRegistry } from './process-registry.ts';
import type { Stage, StepState } from './types.ts';

export interface RunEnd {
  readonly state: Extract<StepState, 'succeeded' | 'failed' | 'canceled'>;
  readonly error?: Error;
}

interface RunRow {
  readonly stage: Stage;
  readonly state: StepState;
  readonly progress: number;
  readonly owner_id: number | null;
  readonly owner_pid: number | null;
}

export const FINAL_STAGE = { succeeded: 'COMPLETED', failed: 'FAILED', canceled: 'CANCELED' } as const;

export type RunJournal = ReturnType<typeof createRunJournal>;

export function createRunJournal(db: StudioDb, processes: ProcessRegistry, now: () => number) {
  const find = db.prepare<[string], RunRow>('SELECT stage, state, progress, owner_id, owner_pid FROM runs WHERE id = ?');
  const take = db.prepare<[number, number, string, number, string]>(
    `UPDATE runs SET state = 'running', owner_id = ?, owner_pid = ?, owner_start = ?, started_ms = coalesce(started_ms, ?), ended_ms = NULL, error = NULL,
      is_cancel_requested = 0, stage = iif(stage IN ('COMPLETED', 'FAILED', 'CANCELED'), 'PENDING', stage) WHERE id = ?`,
  );
  const stage = db.prepare<[Stage, string]>('UPDATE runs SET stage = ? WHERE id = ?');
  const progress = db.prepare<[number, string]>('UPDATE runs SET progress = max(progress, ?) WHERE id = ?');
  const cancel = db.prepare<[string]>('UPDATE runs SET is_cancel_requested = 1 WHERE id = ?');
  const end = db.prepare<[StepState, Stage, string | null, number, string, string]>(
    "UPDATE runs SET state = ?, stage = ?, error = ?, ended_ms = ?, owner_id = NULL, progress = iif(? = 'succeeded', 1, progress) WHERE id = ?",
  );
  const endSteps = db.prepare<[number, string]>("UPDATE run_steps SET state = 'canceled', ended_ms = ? WHERE run_id = ? AND state IN ('queued', 'running')");
  const canceledOfOwner = db.prepare<[number], { id: string }>('SELECT id FROM runs WHERE owner_id = ? AND ended_ms IS NULL AND is_cancel_requested = 1');
  const orphanCanceled = db.prepare<[number, number]>(
    "UPDATE runs SET state = 'canceled', stage = 'CANCELED', ended_ms = ?, owner_id = NULL WHERE owner_id = ? AND ended_ms IS NULL AND is_cancel_requested = 1",
  );
  const orphan = db.prepare<[number]>("UPDATE runs SET state = 'queued', owner_id = NULL WHERE owner_id = ? AND ended_ms IS NULL");
  const interrupted = db.prepare<[], { id: string }>('SELECT id FROM runs WHERE ended_ms IS NULL AND owner_id IS NULL AND started_ms IS NOT NULL ORDER BY created_ms');

  return {
    /** Makes this process the owner. Throws NOT_FOUND, and CONFLICT while another living process has it. */
    take: (runId: string): { stage: Stage; progress: number } => {
      const row = find.get(runId);
      if (row === undefined) throw new AdgenError('NOT_FOUND', `There is no run ${runId}. "adgen runs" lists the runs there are.`);
      if (row.owner_id !== null && row.owner_id !== processes.id && processes.isAlive(row.owner_id)) {
        throw new AdgenError('CONFLICT', `Run ${runId} is being worked on by process ${row.owner_pid}. Wait for it, or stop it with "adgen cancel ${runId}".`);
      }
      take.run(processes.id, processes.identity.pid, processes.identity.startToken, now(), runId);
      const after = find.get(runId) ?? row;
      return { stage: after.stage, progress: row.state === 'queued' || row.state === 'running' ? after.progress : 0 };
    },
    setStage: (runId: string, value: Stage): void => void stage.run(value, runId),
    setProgress: (runId: string, value: number): void => void progress.run(value, runId),
    requestCancel: (runId: string): void => void cancel.run(runId),
    end: (runId: string, { state, error }: RunEnd): void => {
      endSteps.run(now(), runId);
      end.run(state, FINAL_STAGE[state], error === undefined ? null : JSON.stringify(serializeError(error)), now(), state, runId);
    },
    listCancelRequested: (): string[] => canceledOfOwner.all(processes.id).map((row) => row.id),
    /** The runs of a dead process can be resumed; one that was being canceled is canceled. */
    releaseAllOf: (deadOwnerId: number): void => {
      orphanCanceled.run(now(), deadOwnerId);
      orphan.run(deadOwnerId);
    },
    listInterrupted: (): string[] => interrupted.all().map((row) => row.id),
  };
}
