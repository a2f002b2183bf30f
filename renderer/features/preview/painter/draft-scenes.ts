/**
 * Scenes as a gesture would have them, on their way to the painter: a scene that is as it was goes as its id alone, for a film has hundreds
 * and a drag asks every few milliseconds. Pure.
 */
import type { Scene } from '#core/project/schema.ts';

/** Scenes in order; an id stands for the scene that the other side knows by it. */
export type NamedScenes = readonly (string | Scene)[];

/** What is to be told of `scenes` to somebody who knows `known`. */
export function nameScenes(known: readonly Scene[], scenes: readonly Scene[]): NamedScenes {
  const same = new Set(known);
  return scenes.map((scene) => (same.has(scene) ? scene.id : scene));
}

/** The scenes that were meant. A name that nobody knows here is left out. */
export function resolveScenes(known: readonly Scene[], named: NamedScenes): Scene[] {
  const byId = new Map(known.map((scene) => [scene.id, scene]));
  return named.flatMap((scene) => (typeof scene === 'string' ? (byId.get(scene) ?? []) : [scene]));
}
