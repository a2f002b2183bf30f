/** A film made shorter or longer as a whole: every scene gives or gains its share, and what happens in it keeps its place. Pure. */
import { AdgenError } from '../contract/errors.ts';
import { totalFrames } from '../composition/timeline.ts';
import type { AdProject, Scene } from '../project/schema.ts';

/** Nothing can be taken in in less: 0.8 s at 30 fps. */
const LEAST_FRAMES = 24;
const MOST_FRAMES = 30 * 120;

/** The document with exactly `frames` frames. Throws BAD_INPUT when its scenes cannot be that short or that long. */
export function fitLength(project: AdProject, frames: number): AdProject {
  const overlaps = project.scenes.slice(0, -1).map((scene) => (scene.transition.kind === 'cut' ? 0 : scene.transition.durationFrames));
  const least = project.scenes.map((scene, index) => Math.min(scene.durationFrames, Math.max(LEAST_FRAMES, 2 * Math.max(overlaps[index - 1] ?? 0, overlaps[index] ?? 0))));
  const wanted = Math.round(frames) + overlaps.reduce((sum, overlap) => sum + overlap, 0);
  const lengths = share(project.scenes.map(({ durationFrames }) => durationFrames), least, wanted);
  if (!lengths) throw new AdgenError('BAD_INPUT', `This film cannot be made ${(frames / 30).toFixed(1)} s long with its ${project.scenes.length} scenes. Delete or add a scene first.`);
  const scenes = project.scenes.map((scene, index) => stretched(scene, lengths[index] ?? scene.durationFrames));
  return { ...project, scenes, durationFrames: totalFrames({ scenes }) };
}

/** Lengths in proportion to what they were, none below its least, that add up to `total`; undefined when there are none. */
function share(lengths: readonly number[], least: readonly number[], total: number): number[] | undefined {
  if (least.reduce((sum, value) => sum + value, 0) > total || lengths.length * MOST_FRAMES < total) return undefined;
  const before = lengths.reduce((sum, value) => sum + value, 0);
  const shares = lengths.map((value, index) => Math.min(MOST_FRAMES, Math.max(least[index] ?? 1, Math.round((value * total) / before))));
  // Rounding and floors leave a few frames too many or too few; the longest scene feels them least.
  for (let off = total - shares.reduce((sum, value) => sum + value, 0); off !== 0; off += off > 0 ? -1 : 1) {
    const room = (index: number): number => (off > 0 ? MOST_FRAMES - (shares[index] ?? 0) : (shares[index] ?? 0) - (least[index] ?? 0));
    const longest = shares.map((_, index) => index).filter((index) => room(index) > 0).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0))[0];
    if (longest === undefined) return undefined;
    shares[longest] = (shares[longest] ?? 0) + Math.sign(off);
  }
  return shares;
}

/** A scene in another length: words come and go in proportion, keyframes too. */
function stretched(scene: Scene, durationFrames: number): Scene {
  if (durationFrames === scene.durationFrames) return scene;
  const at = (frame: number): number => Math.round((frame * durationFrames) / scene.durationFrames);
  const captions = scene.captions.map((caption) => ({ ...caption, startFrame: at(caption.startFrame), endFrame: Math.max(at(caption.startFrame) + 1, at(caption.endFrame)) }));
  const keyframes = scene.placement && Object.fromEntries(Object.entries(scene.placement.keyframes).map(([ratio, keys]) => [ratio, keys.map((key) => ({ ...key, frame: at(key.frame) }))]));
  return { ...scene, durationFrames, captions, ...(scene.placement && keyframes ? { placement: { ...scene.placement, keyframes } } : {}) };
}
