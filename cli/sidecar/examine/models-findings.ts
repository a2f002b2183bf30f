/** Whether the models are here that this machine would use by itself. */
import { modelsOf } from '#sidecar/models/choose-models.ts';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { listModels } from '#sidecar/models/list-models.ts';
import type { ModelStatus } from '#sidecar/models/list-models.ts';
import type { ModelPlaces } from '#sidecar/models/model-files.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import type { Manifest } from '#workflows/manifest.ts';
import type { Finding } from '../../view/findings.ts';

/** One finding per workflow, and one that names the command that fetches all that is missing. */
export async function modelFindings(workflows: readonly Manifest[], places: ModelPlaces): Promise<Finding[]> {
  const found = await listModels({ ...places, catalogue: modelsOf(workflows.flatMap(({ models }) => models), loadCatalogue()) });
  const perWorkflow = workflows.map((workflow) => workflowFinding(workflow, found.filter(({ model }) => workflow.models.includes(model.id))));
  const missing = found.filter(({ state }) => state !== 'present');
  if (missing.length === 0) return perWorkflow;
  const action = `"adgen models pull --defaults" fetches ${formatBytes(sumOf(missing))}.`;
  return [...perWorkflow, { name: 'models', state: 'problem', detail: `${missing.length} of ${found.length} that this machine would use are missing. ${action}` }];
}

function workflowFinding({ id, capability }: Manifest, models: readonly ModelStatus[]): Finding {
  const missing = models.filter(({ state }) => state !== 'present');
  const name = `models for ${capability}`;
  if (missing.length === 0) return { name, state: 'ok', detail: `${id}: ${models.length === 0 ? 'needs none' : `${models.length} here, ${formatBytes(sumOf(models))}`}` };
  const list = missing.map((status) => `${status.model.id} (${sayState(status)})`).join(', ');
  return { name, state: 'note', detail: `${id}: ${list}` };
}

const sayState = ({ model, state, bytes }: ModelStatus): string => {
  const size = model.bytes === null ? 'size unknown' : formatBytes(model.bytes);
  return state === 'missing' ? size : state === 'partial' ? `${formatBytes(bytes)} of ${size}` : `damaged, ${size}`;
};

const sumOf = (models: readonly ModelStatus[]): number => models.reduce((sum, { model }) => sum + (model.bytes ?? 0), 0);
