/** `adgen models verify`: every byte of the models that are here, compared with the hash of their publisher or of the day they came. */
import { verifyModels } from '#sidecar/models/verify-models.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { withTaskView } from '../view/task-view.ts';
import { interruptible } from './interruptible.ts';
import { catalogueOf, failOnModels, placesOf } from './model-places.ts';
import type { ModelOptions } from './model-places.ts';

export async function checkModels(ids: readonly string[], options: ModelOptions): Promise<void> {
  const { places } = await placesOf(options);
  const catalogue = await catalogueOf(options);
  const models = await interruptible('Canceled. Nothing was changed.', (signal) => withTaskView((view) => verifyModels({
    ...places, catalogue, signal, ...(ids.length === 0 ? {} : { ids }),
    onProgress: ({ id, checkedBytes, totalBytes }) => view.show({ fraction: checkedBytes / Math.max(1, totalBytes), step: id, detail: formatBytes(checkedBytes) }),
  })));
  if (options.json) printResult(JSON.stringify({ models }, null, 2));
  else for (const { id, outcome, problem } of models) printResult(oneLine(`${outcome === 'ok' || outcome === 'recorded' ? '✓' : '✗'} ${id}: ${problem ?? (outcome === 'ok' ? 'as published' : 'its hash was not known and is recorded now')}`, 1000));
  if (models.length === 0 && !options.json) printNote('There are no models here yet. "adgen models pull --defaults" fetches those that this machine would use.');
  const wrong = models.filter(({ outcome }) => outcome === 'damaged' || outcome === 'missing').map(({ id }) => id);
  failOnModels(wrong, 'damaged or missing', `Remove damaged files, then "adgen models pull ${wrong.join(' ')}" fetches them.`);
}
