/** Which models a `pull` means, and whether the user has agreed to the licences that are limited. */
import { AdgenError } from '#core/contract/errors.ts';
import { modelsOf } from '#sidecar/models/choose-models.ts';
import { needsConsent } from '#sidecar/models/catalogue.ts';
import type { CatalogueModel } from '#sidecar/models/catalogue.ts';
import { provisionError } from '#sidecar/provision/failures.ts';
import { lookAtMachine } from '#sidecar/provision/hardware/look-at-machine.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Manifest } from '#workflows/manifest.ts';
import { usage } from '../parse-options.ts';
import { oneLine, printNote } from '../terminal.ts';
import { askYesNo, canAsk } from './ask.ts';
import { defaultWorkflows, vramOf } from './default-workflows.ts';

export interface PullChoice {
  readonly ids: readonly string[];
  /** Workflows. */
  readonly for: readonly string[];
  readonly defaults: boolean;
}

/** Each once. Throws BAD_INPUT when nothing is chosen, NOT_FOUND for an unknown id. */
export async function chooseModels({ ids, for: workflowIds, defaults }: PullChoice, catalogue: readonly CatalogueModel[], workflowsDir: string): Promise<CatalogueModel[]> {
  if (ids.length === 0 && workflowIds.length === 0 && !defaults) throw usage('Name models, or give --for WORKFLOW or --defaults. "adgen models list" lists the models there are.');
  const manifests = workflowIds.length === 0 && !defaults ? [] : (await loadWorkflows(workflowsDir)).workflows.map(({ manifest }) => manifest);
  const unknown = workflowIds.filter((id) => !manifests.some((manifest) => manifest.id === id));
  if (unknown.length > 0) throw new AdgenError('NOT_FOUND', `There is no workflow "${unknown.join('", "')}". "adgen workflows list" lists the workflows there are.`);
  const ofWorkflows = workflowIds.flatMap((id) => modelsFor(id, manifests, catalogue));
  const own = defaults ? defaultWorkflows(manifests, vramOf(await lookAtMachine())) : [];
  const ofDefaults = own.flatMap(({ id }) => modelsFor(id, manifests, catalogue)).filter((model) => !needsConsent(model));
  return modelsOf([...ids, ...ofWorkflows.map(({ id }) => id), ...ofDefaults.map(({ id }) => id)], catalogue);
}

/** The list knows it, or the workflow's own manifest, which may be the user's. */
function modelsFor(workflowId: string, manifests: readonly Manifest[], catalogue: readonly CatalogueModel[]): CatalogueModel[] {
  const named = manifests.find(({ id }) => id === workflowId)?.models ?? [];
  return catalogue.filter((model) => model.workflows.includes(workflowId) || named.includes(model.id));
}

/** Ids of all that the user agrees to. Asks on a terminal; elsewhere BAD_INPUT says the conditions and how to accept them. */
export async function agree(models: readonly CatalogueModel[], accepted: readonly string[]): Promise<string[]> {
  const open = models.filter((model) => needsConsent(model) && !accepted.includes(model.id));
  if (open.length > 0 && !canAsk()) throw provisionError('MODEL_CONSENT', open.map(sayConditions).join(' '), { action: `If you agree, add ${open.map(({ id }) => `--accept-licence ${id}`).join(' ')}.`, data: { ids: open.map(({ id }) => id) } });
  for (const model of open) {
    printNote(oneLine(sayConditions(model), 1000));
    if (!(await askYesNo('Do you accept these conditions?'))) throw new AdgenError('CANCELED', `${model.name} was not fetched, and nothing else either.`);
  }
  return [...accepted, ...open.map(({ id }) => id)];
}

export function sayConditions({ id, name, licence, conditions, excludedRegions }: CatalogueModel): string {
  const regions = excludedRegions.length === 0 ? '' : ` It does not hold in ${excludedRegions.join(', ')}.`;
  return `${name} (${id}) has a limited licence, ${licence}${conditions === '' ? '.' : `: ${conditions}`}${regions}`;
}
