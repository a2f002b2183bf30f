/**
 * Runs the stages of an operation, one after the other: journaled before and after, tried twice, skipped when they are done already.
 * Progress never goes back, also when a stage is repeated.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { INSTALL_STAGES } from '../types.ts';
import type { InstallStage, ProvisionProgress } from '../types.ts';
import type { DeedContext } from './install-tools.ts';
import { beginStage, endStage, writeOperation } from './operation-journal.ts';
import type { Operation } from './operation-journal.ts';

/** Rough shares of the whole time; packages are gigabytes. */
const SHARES: Readonly<Record<InstallStage, number>> = { look: 0.01, space: 0.01, uv: 0.02, python: 0.05, source: 0.04, packages: 0.65, 'self-test': 0.06, lock: 0.15, switch: 0.01 };
const TRIES = 2;

export type StageDeeds = Readonly<Partial<Record<InstallStage, (context: DeedContext) => Promise<void>>>>;

export interface StageRun {
  readonly journalPath: string;
  readonly signal: AbortSignal;
  onProgress?(progress: ProvisionProgress): void;
}

/** Stages without a deed are not part of the operation. Returns the operation as it stands at the end; throws what a deed throws at its second try. */
export async function runStages(operation: Operation, deeds: StageDeeds, { journalPath, signal, onProgress }: StageRun): Promise<Operation> {
  let now = operation;
  let fraction = 0;
  for (const stage of INSTALL_STAGES) {
    const deed = deeds[stage];
    if (deed === undefined || now.done.includes(stage)) continue;
    const { from, share } = spanOf(stage);
    const tell = (within: number, note: string): void => {
      fraction = Math.max(fraction, from + share * Math.min(1, Math.max(0, within)));
      onProgress?.({ stage, fraction, note });
    };
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      now = beginStage(now, stage);
      await writeOperation(journalPath, now);
      tell(0, NOTES[stage]);
      try {
        await deed({ signal, onProgress: tell });
        break;
      } catch (error) {
        signal.throwIfAborted();
        if (attempt >= TRIES || !mayHelp(error)) throw error;
        tell(0, `${(error as Error).message} Trying once more.`);
      }
    }
    now = endStage(now, stage);
    await writeOperation(journalPath, now);
    tell(1, NOTES[stage]);
  }
  return now;
}

const NOTES: Readonly<Record<InstallStage, string>> = {
  look: 'Looking at this machine', space: 'Checking for space', uv: 'Fetching the installer', python: 'Installing Python', source: 'Fetching ComfyUI',
  packages: 'Installing PyTorch and packages', 'self-test': 'Computing something small', lock: 'Listing every file', switch: 'Switching over',
};

function spanOf(stage: InstallStage): { from: number; share: number } {
  const before = INSTALL_STAGES.slice(0, INSTALL_STAGES.indexOf(stage));
  return { from: before.reduce((sum, name) => sum + SHARES[name], 0), share: SHARES[stage] };
}

/** What only the user can change does not change by itself. Exported for its table. */
export function mayHelp(error: unknown): boolean {
  if (!(error instanceof AdgenError)) return true;
  return error.isTransient || error.code === 'TOOL_FAILED';
}
