/** `adgen cancel RUN`: stops a run, also one of another process. */
import type { Command } from 'commander';
import { requestCancel } from '#engine/jobs/run-store.ts';
import { printNote } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

const SAID = {
  requested: 'The process that works on it has been asked to stop. Finished steps are kept.',
  canceled: 'Canceled. Finished steps are kept; "adgen resume" goes on with it.',
  ended: 'This run has already ended; there is nothing to cancel.',
} as const;

export function addCancelCommand(program: Command): void {
  program
    .command('cancel')
    .description('cancel a run; what is finished is kept')
    .argument('<run>', 'id of the run')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .action(async (runId: string, options: { data?: string }) => {
      await withDatabase(options, (db) => printNote(SAID[requestCancel(db, runId)]));
    });
}
