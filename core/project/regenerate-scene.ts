import { AdgenError } from '../contract/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { AdProject } from './schema.ts';

/**
 * The document with another backdrop for one scene: its seed moves on, everything else stays. Asked again and again it goes through
 * the same seeds in the same order. Throws NOT_FOUND for a scene that the document lacks.
 */
export function regenerateScene(project: AdProject, sceneId: string): AdProject {
  if (!project.scenes.some((scene) => scene.id === sceneId)) {
    throw new AdgenError('NOT_FOUND', `The document has no scene "${sceneId}". It has ${project.scenes.map((scene) => scene.id).join(', ')}.`);
  }
  return { ...project, scenes: project.scenes.map((scene) => (scene.id === sceneId ? { ...scene, seed: createRandom(scene.seed, 'regenerate').below(2 ** 32) } : scene)) };
}
