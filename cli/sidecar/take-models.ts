/** `adgen models import`: takes over what a folder of the user's has. That folder is only read. */
import { resolve } from 'node:path';
import { importModels } from '#sidecar/models/import-models.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { withTaskView } from '../view/task-view.ts';
import { interruptible } from './interruptible.ts';
import { catalogueOf, failOnModels, placesOf } from './model-places.ts';
import type { ModelOptions } from './model-places.ts';

export interface ImportOptions extends ModelOptions {
  readonly link?: boolean;
}

export async function takeModels(from: string, options: ImportOptions): Promise<void> {
  const { places: { modelsDir } } = await placesOf(options);
  const catalogue = await catalogueOf(options);
  const result = await interruptible('Canceled. What is taken over is kept; your folder is as it was.', (signal) => withTaskView((view) => importModels({
    from: resolve(from), modelsDir, mode: options.link ? 'link' : 'copy', catalogue, signal,
    onProgress: ({ id, doneBytes, totalBytes }) => view.show({ fraction: doneBytes / Math.max(1, totalBytes), step: id, detail: formatBytes(doneBytes) }),
  })));
  const { models, unknown } = result;
  if (options.json) printResult(JSON.stringify(result, null, 2));
  else for (const { id, outcome, from: source, problem } of models) printResult(oneLine(`${outcome === 'refused' ? '✗' : '✓'} ${id}: ${problem ?? `${outcome} from ${source}`}`, 1000));
  if (!options.json && unknown.length > 0) printNote(`${unknown.length} safetensors files are in no list of models and were left where they are.`);
  if (!options.json && models.length === 0) printNote(`No model of the list was found in ${from}.`);
  failOnModels(models.filter(({ outcome }) => outcome === 'refused').map(({ id }) => id), 'refused', 'Get them again, or "adgen models pull" fetches them.');
}
