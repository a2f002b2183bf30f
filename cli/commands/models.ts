/** `adgen models`: the weights of the ComfyUI workflows, with sizes and licences. What they do is loaded when it is used. */
import type { Command } from 'commander';
import { addCommonOptions } from '../sidecar/common-options.ts';
import type { PullOptions } from '../sidecar/fetch-models.ts';
import type { ModelOptions } from '../sidecar/model-places.ts';
import type { ListOptions } from '../sidecar/show-models.ts';
import type { ImportOptions } from '../sidecar/take-models.ts';

export function addModelsCommand(program: Command): void {
  const models = program.command('models').description('models of the ComfyUI workflows: list, fetch, check, take over');
  const add = (name: string, description: string): Command =>
    addCommonOptions(models.command(name).description(description)).option('--catalogue <file>', 'another list of models than the one of this program');
  add('list', 'which there are: size, licence, who needs them, what is here')
    .option('--for <workflow>', 'only what it needs; again for further ones', collect, [])
    .action(async (options: ListOptions) => await (await import('../sidecar/show-models.ts')).showModels(options));
  add('pull', 'fetch models; goes on where it was stopped')
    .argument('[model...]', 'ids, see "adgen models list"')
    .option('--for <workflow>', 'what it needs; again for further ones', collect, [])
    .option('--defaults', 'what the best workflows need that fit this machine\'s GPU')
    .option('--accept-licence <model>', 'you have read its conditions and accept them; again for further ones', collect, [])
    .action(async (ids: string[], options: PullOptions) => await (await import('../sidecar/fetch-models.ts')).fetchModels(ids, options));
  add('verify', 'read models through and compare them with their hash')
    .argument('[model...]', 'ids; all that are here when none is named')
    .action(async (ids: string[], options: ModelOptions) => await (await import('../sidecar/check-models.ts')).checkModels(ids, options));
  add('import', 'take models over from a folder that you have, which is only read')
    .argument('<dir>', 'is searched through')
    .option('--link', 'no second copy: links, so the folder has to stay')
    .action(async (from: string, options: ImportOptions) => await (await import('../sidecar/take-models.ts')).takeModels(from, options));
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
