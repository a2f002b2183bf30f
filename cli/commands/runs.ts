/** `adgen runs`: the history, newest first. */
import type { Command } from 'commander';
import { listRuns } from '#engine/jobs/run-store.ts';
import type { RunRecord } from '#engine/jobs/run-store.ts';
import { getProjectName } from '#engine/projects/project-store.ts';
import { usage } from '../parse-options.ts';
import { printNote, printResult } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

interface RunsOptions {
  readonly limit: string;
  readonly data?: string;
  readonly json?: boolean;
}

export function addRunsCommand(program: Command): void {
  program
    .command('runs')
    .description('list runs, newest first')
    .option('--limit <n>', 'how many', '20')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print JSON')
    .action((options: RunsOptions) => runs(options));
}

async function runs(options: RunsOptions): Promise<void> {
  const limit = /^\d{1,4}$/.test(options.limit) ? Number(options.limit) : 0;
  if (limit === 0) throw usage(`--limit takes a whole number from 1 to 9999, not "${options.limit}".`);
  await withDatabase(options, (db) => {
    const found = listRuns(db, { limit });
    const rows = found.map((run) => ({ ...run, projectName: getProjectName(db, run.projectId) }));
    if (options.json) return printResult(JSON.stringify(rows.map(({ request: _request, ...row }) => row), null, 2));
    if (rows.length === 0) printNote('No runs yet. Start one with "adgen make --product photo.jpg --out out".');
    for (const row of rows) printResult(`${row.id}  ${formatTime(row.createdMs)}  ${stateOf(row).padEnd(11)}  ${row.projectName}`);
  });
}

function stateOf(run: RunRecord): string {
  return run.isInterrupted ? 'interrupted' : run.state;
}

function formatTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
}
