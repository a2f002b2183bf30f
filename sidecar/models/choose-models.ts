/** May these models be downloaded? Answered for all of them before the first byte. */
import { provisionError } from '#sidecar/provision/failures.ts';
import { needsConsent } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

/** A model that has an address. */
export type LoadableModel = CatalogueModel & { readonly url: string };

/** The models of these ids, each once, in the order asked for. Throws NOT_FOUND that lists the unknown ids. */
export function modelsOf(ids: readonly string[], catalogue: readonly CatalogueModel[]): CatalogueModel[] {
  const known = new Map(catalogue.map((model) => [model.id, model]));
  const wanted = [...new Set(ids)];
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length > 0) throw provisionError('MODEL_UNKNOWN', `There is no model "${unknown.join('", "')}".`, { data: { ids: unknown } });
  return wanted.flatMap((id) => known.get(id) ?? []);
}

/** Throws BAD_INPUT (MODEL_CONSENT) with the conditions of everything that the user has not agreed to. */
export function requireConsent(models: readonly CatalogueModel[], agreeTo: readonly string[]): void {
  const open = models.filter((model) => needsConsent(model) && !agreeTo.includes(model.id));
  if (open.length === 0) return;
  throw provisionError('MODEL_CONSENT', open.map(describeLimits).join(' '), { data: { ids: open.map(({ id }) => id) } });
}

/** Throws PROVIDER_UNAVAILABLE (MODEL_BY_HAND) for models that this program does not download. */
export function requireAddress(models: readonly CatalogueModel[]): LoadableModel[] {
  const byHand = models.filter(({ url }) => url === null);
  if (byHand.length > 0) {
    const list = byHand.map(({ name, file, folder, licence }) => `${name} (${file}, for the folder ${folder}, licence ${licence})`).join(', ');
    throw provisionError('MODEL_BY_HAND', `This program does not download ${list}.`, { data: { ids: byHand.map(({ id }) => id) } });
  }
  return models.filter((model): model is LoadableModel => model.url !== null);
}

function describeLimits({ id, name, licence, conditions, excludedRegions }: CatalogueModel): string {
  const regions = excludedRegions.length === 0 ? '' : ` Its licence does not hold in ${excludedRegions.join(', ')}.`;
  return `${name} (${id}) has a limited licence, ${licence}${conditions === '' ? '.' : `: ${conditions}`}${regions}`;
}
