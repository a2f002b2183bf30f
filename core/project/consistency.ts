/** What a schema cannot say about an AdProject: that its parts fit each other. */
import type { AdProject } from './schema.ts';

/** One place of the document and what is wrong there. */
export interface Inconsistency {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Problems that would make an advert that cannot be drawn; empty for a sound document. */
export function findInconsistencies(project: AdProject): Inconsistency[] {
  return [...findDuplicates(project), ...findDanglingProducts(project), ...findTimeProblems(project)];
}

function findDuplicates(project: AdProject): Inconsistency[] {
  const lists: [string, readonly { readonly id: string }[]][] = [['products', project.products], ['scenes', project.scenes], ['renditions', project.renditions]];
  return [
    ...lists.flatMap(([name, items]) => duplicatesIn([name], items)),
    ...project.scenes.flatMap((scene, index) => duplicatesIn(['scenes', index, 'captions'], scene.captions)),
  ];
}

function duplicatesIn(path: readonly (string | number)[], items: readonly { readonly id: string }[]): Inconsistency[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, index) => {
    if (seen.has(id)) return [{ path: [...path, index, 'id'], message: `the id "${id}" is used twice` }];
    seen.add(id);
    return [];
  });
}

function findDanglingProducts(project: AdProject): Inconsistency[] {
  const ids = new Set(project.products.map((product) => product.id));
  return project.scenes.flatMap((scene, index) => {
    const id = scene.placement?.productId;
    return id === undefined || ids.has(id) ? [] : [{ path: ['scenes', index, 'placement', 'productId'], message: `there is no product "${id}"` }];
  });
}

function findTimeProblems(project: AdProject): Inconsistency[] {
  const overlaps = project.scenes.slice(0, -1).map((scene) => scene.transition.durationFrames);
  const crowded = project.scenes.flatMap((scene, index) => {
    const around = (overlaps[index - 1] ?? 0) + (overlaps[index] ?? 0);
    return around > scene.durationFrames ? [{ path: ['scenes', index, 'durationFrames'], message: `the scene has ${scene.durationFrames} frames, its transitions take ${around}` }] : [];
  });
  const total = project.scenes.reduce((sum, scene) => sum + scene.durationFrames, 0) - overlaps.reduce((sum, frames) => sum + frames, 0);
  if (total === project.durationFrames) return crowded;
  return [...crowded, { path: ['durationFrames'], message: `scenes less transitions add up to ${total} frames, not ${project.durationFrames}; set it to ${total} or change the scenes` }];
}
