import { AdgenError } from '../contract/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { AdProject, Scene } from './schema.ts';
import { changeScene, keepTake } from './takes.ts';

/**
 * The document with another backdrop for one scene: its seed moves on, what it showed is kept as a take, everything else stays. Asked again
 * and again it goes through the same seeds in the same order. A scene that showed the user's own picture gets a made one. Throws NOT_FOUND
 * for a scene that the document lacks, CONFLICT for a locked one.
 */
export function regenerateScene(project: AdProject, sceneId: string): AdProject {
  return changeScene(project, sceneId, (scene) => {
    if (scene.isLocked === true) throw new AdgenError('CONFLICT', `The scene "${scene.name ?? scene.id}" is locked. Unlock it to make a new take.`);
    const { media: _media, startFrame: _slip, ...backdrop } = scene.backdrop;
    return { ...keepTake(scene), seed: nextSeed(scene), backdrop };
  });
}

/** One that neither the scene nor a take of it has: the same seed would be the same picture. */
function nextSeed({ seed, takes = [] }: Scene): number {
  const used = new Set([seed, ...takes.map((take) => take.seed)]);
  let next = seed;
  do next = createRandom(next, 'regenerate').below(2 ** 32); while (used.has(next));
  return next;
}
