/** `adgen models list`: every model of the list with size, licence, who needs it, and what of it is here. */
import { needsConsent } from '#sidecar/models/catalogue.ts';
import { listModels } from '#sidecar/models/list-models.ts';
import type { ModelStatus } from '#sidecar/models/list-models.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { chooseModels } from './choose-pull.ts';
import { catalogueOf, placesOf } from './model-places.ts';
import type { ModelOptions } from './model-places.ts';

export interface ListOptions extends ModelOptions {
  /** Workflows. */
  readonly for: readonly string[];
}

export async function showModels(options: ListOptions): Promise<void> {
  const { places, workflowsDir } = await placesOf(options);
  const catalogue = await catalogueOf(options);
  const wanted = options.for.length === 0 ? catalogue : await chooseModels({ ids: [], for: options.for, defaults: false }, catalogue, workflowsDir);
  const found = await listModels({ ...places, catalogue: wanted });
  if (options.json) return printResult(JSON.stringify({ modelsDir: places.modelsDir, models: found.map(({ model, ...file }) => ({ ...model, ...file, bytes: model.bytes, bytesHere: file.bytes, asksFirst: needsConsent(model) })) }, null, 2));
  const width = Math.max(...found.map(({ model }) => model.id.length));
  for (const status of found) printResult(oneLine(sayModel(status, width), 1000));
  const here = found.filter(({ state }) => state === 'present');
  printNote(`${here.length} of ${found.length} models are here, ${formatBytes(here.reduce((sum, { bytes }) => sum + bytes, 0))}, in ${places.modelsDir}.`);
}

function sayModel({ model, state, bytes, problem, isElsewhere, path }: ModelStatus, width: number): string {
  const mark = { present: '✓', missing: '·', partial: '◐', damaged: '✗' }[state];
  const size = model.bytes === null ? 'size unknown' : `${model.isSizeExact ? '' : 'about '}${formatBytes(model.bytes)}`;
  const facts = [
    state === 'partial' ? `${formatBytes(bytes)} of ${size}` : size, `${model.licence}${needsConsent(model) ? ' (asks first)' : ''}`,
    ...(model.vramTierGb > 0 ? [`from ${model.vramTierGb} GB of GPU memory`] : []), ...(model.url === null ? ['not fetched by this program'] : []), ...(isElsewhere ? [`in ${path}`] : []),
  ];
  const users = model.workflows.length === 0 ? '' : `  (for ${model.workflows.join(', ')})`;
  return `${mark} ${model.id.padEnd(width)}  ${facts.join(', ')}${users}${problem === undefined ? '' : `  ${problem}`}`;
}
