/** All commands of `adgen`; reading this list tells what it can do. */
import { Command } from 'commander';
import { addCancelCommand } from './commands/cancel.ts';
import { addCleanCommand } from './commands/clean.ts';
import { addCutoutCommand } from './commands/cutout.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addImportCommand } from './commands/import.ts';
import { addMakeCommand } from './commands/make.ts';
import { addModelsCommand } from './commands/models.ts';
import { addOpenCommand } from './commands/open.ts';
import { addRenderCommand } from './commands/render.ts';
import { addResumeCommand } from './commands/resume.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addShowCommand } from './commands/show.ts';
import { addSidecarCommand } from './commands/sidecar.ts';
import { addWorkflowsCommand } from './commands/workflows.ts';

const AFTER_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 130 canceled.
Everything except results goes to stderr; with --json stdout carries one JSON document and nothing else.
Environment: ADGEN_DATA (data folder), ADGEN_FFMPEG (your own ffmpeg), ADGEN_ONNX_MODEL (cut-out model),
ADGEN_LLM_URL, ADGEN_LLM_MODEL, OPENAI_API_KEY (planning by an OpenAI-compatible endpoint),
ADGEN_LLM_TIMEOUT_S (how long it may take to answer, 60 by default),
ADGEN_ENGINE_DIR, ADGEN_MODELS_DIR (where the ComfyUI engine and its models are kept; in the data folder by default),
HF_ENDPOINT, HF_TOKEN (mirror and token for models), HTTPS_PROXY, NO_PROXY.`;

export function createProgram(): Command {
  const program = new Command('adgen');
  program.description('AdGen Studio: a product photo and a short brief become a finished advert.').addHelpText('after', AFTER_HELP);
  program.showHelpAfterError('Run "adgen --help" for all commands.');
  const adders = [addMakeCommand, addRenderCommand, addRunsCommand, addShowCommand, addResumeCommand, addCancelCommand, addCutoutCommand, addImportCommand, addDoctorCommand, addCleanCommand, addSidecarCommand, addModelsCommand, addWorkflowsCommand, addOpenCommand];
  for (const add of adders) add(program);
  exitByError(program);
  return program;
}

/** Commander ends the process for a mistake unless it is told otherwise, command by command. */
function exitByError(command: Command): void {
  command.exitOverride();
  command.commands.forEach(exitByError);
}
