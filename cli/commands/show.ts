/** `adgen show RUN`: what a run did and what came out. */
import type { Command } from 'commander';
import { loadRunDocument } from '#engine/pipeline/run-document.ts';
import { printResult } from '../terminal.ts';
import { formatSummary } from '../view/format-summary.ts';
import { withDatabase } from '../with-database.ts';

export function addShowCommand(program: Command): void {
  program
    .command('show')
    .description('show a run: steps, files, measurements')
    .argument('<run>', 'id of the run')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print run.json')
    .action(async (runId: string, options: { data?: string; json?: boolean }) => {
      await withDatabase(options, (db) => {
        const document = loadRunDocument(db, runId);
        if (options.json) printResult(JSON.stringify(document, null, 2));
        else formatSummary(document).forEach(printResult);
      });
    });
}
