/** `adgen resume`: goes on with a run where it stopped, whatever stopped it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
import { listRuns } from '#engine/jobs/run-store.ts';
import { redirectRun } from '#engine/pipeline/redirect-run.ts';
import type { Engine } from '#engine/main.ts';
import type { EngineChoice } from '../engine-options.ts';
import { usage } from '../parse-options.ts';
import { workOnRun } from '../work-on-run.ts';
import { withEngine } from '../with-engine.ts';

interface ResumeOptions extends Pick<EngineChoice, 'comfyUrl'> {
  readonly latest?: boolean;
  readonly out?: string;
  readonly data?: string;
  readonly json?: boolean;
}

export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .description('go on with a run that was interrupted, canceled or failed')
    .argument('[run]', 'id of the run')
    .option('--latest', 'the newest run')
    .option('--out <dir>', 'another folder for the files')
    .option('--comfy-url <url>', 'use this running ComfyUI')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print run.json on stdout and nothing else')
    .action((runId: string | undefined, options: ResumeOptions) => resume(runId, options));
}

async function resume(runId: string | undefined, options: ResumeOptions): Promise<void> {
  if ((runId === undefined) === !options.latest) throw usage('Name a run, or give --latest.');
  await withEngine({ ...options, engine: 'auto' }, async (engine, session) => {
    const id = runId ?? latestRun(engine);
    if (options.out) {
      await checkOutputFolder(resolve(options.out));
      redirectRun(engine.db, id, resolve(options.out));
    }
    await workOnRun(id, engine, session, options);
  });
}

function latestRun(engine: Engine): string {
  const [latest] = listRuns(engine.db, { limit: 1 });
  if (!latest) throw usage('There is no run to resume yet.');
  return latest.id;
}
