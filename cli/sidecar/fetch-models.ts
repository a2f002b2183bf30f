/** `adgen models pull`: says what will come, asks where a licence is limited, fetches, and goes on where it was stopped. */
import { hubFrom } from '#sidecar/models/hub.ts';
import { listModels } from '#sidecar/models/list-models.ts';
import { pullModels } from '#sidecar/models/pull-models.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { withTaskView } from '../view/task-view.ts';
import { agree, chooseModels } from './choose-pull.ts';
import { interruptible } from './interruptible.ts';
import { catalogueOf, placesOf } from './model-places.ts';
import type { ModelOptions } from './model-places.ts';

export interface PullOptions extends ModelOptions {
  /** Workflows. */
  readonly for: readonly string[];
  readonly defaults?: boolean;
  readonly acceptLicence: readonly string[];
}

export async function fetchModels(ids: readonly string[], options: PullOptions): Promise<void> {
  const { places, partsDir, workflowsDir } = await placesOf(options);
  const catalogue = await catalogueOf(options);
  const wanted = await chooseModels({ ids, for: options.for, defaults: options.defaults ?? false }, catalogue, workflowsDir);
  const missing = (await listModels({ ...places, catalogue: wanted })).filter(({ state }) => state !== 'present').map(({ model }) => model);
  for (const { id, bytes, licence } of missing) printNote(`${id}: ${bytes === null ? 'size unknown' : formatBytes(bytes)}, ${licence}`);
  const models = await interruptible('Canceled. What has come is kept; the same command goes on where it stopped.', async (signal) => {
    const agreeTo = await agree(missing, options.acceptLicence);
    return await withTaskView((view) => pullModels({
      ...places, partsDir, ids: wanted.map(({ id }) => id), agreeTo, catalogue, hub: hubFrom(process.env), signal,
      onProgress: ({ receivedBytes, totalBytes, bytesPerSecond, files }) => view.show({
        fraction: receivedBytes / Math.max(1, totalBytes),
        step: files.filter(({ state }) => state === 'loading').map(({ id }) => id).join(', ') || 'complete',
        detail: `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}, ${formatBytes(bytesPerSecond)}/s`,
      }),
    }));
  });
  if (options.json) return printResult(JSON.stringify({ models }, null, 2));
  for (const { path, outcome, bytes } of models) printResult(oneLine(`${path}  ${outcome === 'present' ? 'was here' : 'fetched and checked'}, ${formatBytes(bytes)}`, 1000));
}
