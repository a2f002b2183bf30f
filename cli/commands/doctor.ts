/** `adgen doctor`: what this machine can do, and what to do about the rest. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { examineMachine } from '#engine/doctor/examine-machine.ts';
import type { Finding } from '#engine/doctor/examine-machine.ts';
import { defaultDataDir, readSettings } from '#engine/settings.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { printResult } from '../terminal.ts';

const MARK = { ok: '✓', note: '·', problem: '✗' } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('examine this machine: tools, encoders, disk, GPU')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print JSON')
    .action(async (options: { data?: string; json?: boolean }) => {
      const report = await examineMachine(await readSettings(resolve(options.data ?? defaultDataDir())));
      if (options.json) printResult(JSON.stringify(report, null, 2));
      else report.findings.forEach((finding) => printResult(formatFinding(finding)));
      const problems = report.findings.filter((finding) => finding.state === 'problem');
      if (problems.length > 0) throw new AdgenError('MISSING_TOOL', `${problems.length === 1 ? 'One thing needs' : `${problems.length} things need`} your attention: ${problems.map((problem) => problem.name).join(', ')}.`);
    });
}

function formatFinding({ state, name, detail }: Finding): string {
  return `${MARK[state]} ${name.padEnd(22)} ${detail}`;
}
