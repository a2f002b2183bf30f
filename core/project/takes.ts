/** Takes of a scene: backdrops that were made for it and kept. The one in use stands in the scene itself, the others in `scene.takes`, oldest first. */
import { AdgenError } from '../contract/errors.ts';
import type { AdProject, Scene, Take } from './schema.ts';

/** How many a scene keeps besides the one in use; the oldest goes. */
export const MAX_TAKES = 24;

/** The scene with its present backdrop kept among its takes; the scene itself still shows it. */
export function keepTake(scene: Scene): Scene {
  const takes = scene.takes ?? [];
  return { ...scene, takes: [...takes, takeOf(scene, freeId(takes))].slice(-MAX_TAKES) };
}

/** Puts a take in use; what was in use takes its place in the row. Throws NOT_FOUND. */
export function chooseTake(scene: Scene, takeId: string): Scene {
  const takes = scene.takes ?? [];
  const chosen = takes.find((take) => take.id === takeId);
  if (!chosen) throw new AdgenError('NOT_FOUND', `The scene "${scene.id}" has no take "${takeId}". It may have been removed meanwhile; choose another one.`);
  const { seed, backdrop, camera } = chosen;
  return { ...scene, seed, backdrop, camera, takes: takes.map((take) => (take === chosen ? takeOf(scene, takeId) : take)) };
}

/** The scene without one of its takes. */
export function removeTake(scene: Scene, takeId: string): Scene {
  const { takes = [], ...rest } = scene;
  const left = takes.filter((take) => take.id !== takeId);
  return left.length > 0 ? { ...rest, takes: left } : rest;
}

/** The document with one scene changed. Throws NOT_FOUND for a scene that it lacks. */
export function changeScene(project: AdProject, sceneId: string, change: (scene: Scene) => Scene): AdProject {
  if (!project.scenes.some((scene) => scene.id === sceneId)) {
    throw new AdgenError('NOT_FOUND', `The document has no scene "${sceneId}". It has ${project.scenes.map((scene) => scene.id).join(', ')}.`);
  }
  return { ...project, scenes: project.scenes.map((scene) => (scene.id === sceneId ? change(scene) : scene)) };
}

function takeOf({ seed, backdrop, camera }: Scene, id: string): Take {
  return { id, seed, backdrop, camera };
}

function freeId(takes: readonly Take[]): string {
  const numbers = takes.map(({ id }) => Number(/^take_(\d+)$/.exec(id)?.[1] ?? 0));
  return `take_${Math.max(0, ...numbers) + 1}`;
}
