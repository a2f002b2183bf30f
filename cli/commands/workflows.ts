/** `adgen workflows`: the ComfyUI workflows that there are, and whether a server can run them. What they do is loaded when it is used. */
import type { Command } from 'commander';
import type { CheckOptions } from '../sidecar/check-workflows.ts';
import { addCommonOptions } from '../sidecar/common-options.ts';
import type { CommonOptions } from '../sidecar/common-options.ts';

export function addWorkflowsCommand(program: Command): void {
  const workflows = program.command('workflows').description('ComfyUI workflows: ours and your own');
  addCommonOptions(workflows.command('list').description('list them, with what each needs'))
    .action(async (options: CommonOptions) => await (await import('../sidecar/list-workflows.ts')).listWorkflows(options));
  addCommonOptions(workflows.command('check').description('check them against a server: everything that is missing, in one report'))
    .argument('[workflow...]', 'ids; all of them when none is named')
    .option('--comfy-url <url>', 'this server instead of the one that runs')
    .action(async (ids: string[], options: CheckOptions) => await (await import('../sidecar/check-workflows.ts')).checkWorkflows(ids, options));
}
