/** What the table of models shows and what a choice of them comes to. Pure. */
import type { Model } from './sidecar-store.ts';

/** Models that serve one purpose. */
export interface ModelGroup {
  readonly title: string;
  readonly models: readonly Model[];
}

/** In the order of first appearance. Uses with the same title stand together. */
export function groupModels(models: readonly Model[], titleOf: (use: string) => string): ModelGroup[] {
  const groups = new Map<string, Model[]>();
  for (const model of models) groups.set(titleOf(model.use), [...(groups.get(titleOf(model.use)) ?? []), model]);
  return [...groups].map(([title, members]) => ({ title, models: members }));
}

/** Those that carry the words, in name, licence or id, whatever their order and case. */
export function filterModels(models: readonly Model[], query: string, isOnlyMissing: boolean): Model[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  return models.filter((model) => (!isOnlyMissing || !model.isPresent) && words.every((word) => `${model.name} ${model.id} ${model.license}`.toLocaleLowerCase().includes(word)));
}

/** What is left to fetch of a choice. */
export function sumUp(models: readonly Model[], chosen: ReadonlySet<string>): { readonly ids: string[]; readonly bytes: number; readonly limited: Model[] } {
  const wanted = models.filter((model) => chosen.has(model.id) && mayFetch(model));
  return { ids: wanted.map(({ id }) => id), bytes: wanted.reduce((sum, { sizeBytes, doneBytes }) => sum + Math.max(0, sizeBytes - doneBytes), 0), limited: wanted.filter(({ needsConsent }) => needsConsent) };
}

/** Can it be fetched from here, and is it not here yet? */
export function mayFetch(model: Model): boolean {
  return model.canPull && !model.isPresent;
}
