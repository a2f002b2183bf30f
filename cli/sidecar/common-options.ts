/** The options that every command of the sidecar takes. Light: it is read by all of `adgen`, also when nothing of the sidecar is used. */
import type { Command } from 'commander';

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
}

export function addCommonOptions(command: Command): Command {
  return command.option('--data <dir>', 'where engines and models are kept, unless ADGEN_ENGINE_DIR and ADGEN_MODELS_DIR say otherwise').option('--json', 'print one JSON document on stdout and nothing else');
}
