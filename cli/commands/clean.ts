/** `adgen clean`: gives disk space back; never touches delivered files or running work. */
import type { Command } from 'commander';
import { applyRetention, planRetention } from '#engine/storage/retention.ts';
import { usage } from '../parse-options.ts';
import { printNote, printResult } from '../terminal.ts';
import { withEngine } from '../with-engine.ts';

interface CleanOptions {
  readonly days: string;
  readonly dryRun?: boolean;
  readonly data?: string;
  readonly json?: boolean;
}

export function addCleanCommand(program: Command): void {
  program
    .command('clean')
    .description('remove artifacts that nothing needs any more')
    .option('--days <n>', 'keep what is younger', '30')
    .option('--dry-run', 'only say what would go')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print JSON')
    .action((options: CleanOptions) => clean(options));
}

async function clean(options: CleanOptions): Promise<void> {
  const days = /^\d{1,5}$/.test(options.days) ? Number(options.days) : Number.NaN;
  if (Number.isNaN(days)) throw usage(`--days takes a whole number, not "${options.days}".`);
  await withEngine(options, async ({ db, services }) => {
    const plan = await planRetention({ db, store: services.store, maxAgeDays: days });
    if (!options.dryRun) await applyRetention(plan, { db, store: services.store });
    if (options.json) printResult(JSON.stringify({ isDryRun: options.dryRun ?? false, ...plan }, null, 2));
    else printNote(`${options.dryRun ? 'Would remove' : 'Removed'} ${plan.items.length} files, ${(plan.bytes / 1e6).toFixed(1)} MB${plan.projects.length > 0 ? `, and ${plan.projects.length} projects that have been in the bin for a month` : ''}.`);
  });
}
