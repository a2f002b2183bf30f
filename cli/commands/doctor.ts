/** `adgen doctor`: what this machine can do, and what to do about the rest. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { examineMachine } from '#engine/doctor/examine-machine.ts';
import { defaultDataDir, readSettings } from '#engine/settings.ts';
import { printResult } from '../terminal.ts';
import { failOnProblems, formatFinding } from '../view/findings.ts';

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
      failOnProblems(report.findings, 'MISSING_TOOL');
    });
}
