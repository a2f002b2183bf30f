/** Edits of scenes. Scenes stand one after the other, so every change of a length ripples; `rollCut` is the one that does not. */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import type { AdProject, Backdrop, Caption, Scene } from '#core/project/schema.ts';
import { EditRefusal } from './edit-refusal.ts';
import { keyframesUntil, mapKeyframes, shiftKeyframes } from './keyframes.ts';
import { clamp, filmFrames, freshId, LIMITS, openScene, settle, withScene } from './rules.ts';

/** Moves a scene's end: positive = longer. What it cannot be, it comes as near to as it can. */
export function trimSceneEnd(project: AdProject, sceneId: string, frames: number): AdProject {
  const scene = openScene(project, sceneId);
  const durationFrames = possibleLength(project, scene, scene.durationFrames + frames);
  return settle(withScene(project, sceneId, () => withEnd(scene, durationFrames)));
}

/** Moves a scene's start: positive = shorter. What it shows goes on as before, it only begins later. */
export function trimSceneStart(project: AdProject, sceneId: string, frames: number): AdProject {
  const scene = openScene(project, sceneId);
  const durationFrames = possibleLength(project, scene, scene.durationFrames - frames);
  return settle(withScene(project, sceneId, () => withStart(scene, durationFrames)));
}

/** Moves the cut between a scene and the next: one gets what the other gives. */
export function rollCut(project: AdProject, sceneId: string, frames: number): AdProject {
  const scene = openScene(project, sceneId);
  const next = project.scenes[project.scenes.indexOf(scene) + 1];
  if (!next) return trimSceneEnd(project, sceneId, frames);
  openScene(project, next.id);
  const { minSceneFrames: min, maxSceneFrames: max } = LIMITS;
  const by = clamp(frames, Math.max(min - scene.durationFrames, next.durationFrames - max), Math.min(max - scene.durationFrames, next.durationFrames - min));
  const scenes = project.scenes.map((other) => (other === scene ? withEnd(scene, scene.durationFrames + by) : other === next ? withStart(next, next.durationFrames - by) : other));
  return settle({ ...project, scenes });
}

/** Cuts the scene at a frame of the project clock in two. Words and keyframes go where they are seen; what goes across the cut is in both. */
export function splitScene(project: AdProject, frame: number, preferredId?: string): { readonly project: AdProject; readonly sceneId: string } {
  const span = splittableSpan(project, frame, preferredId);
  const scene = openScene(project, span.scene.id);
  if (project.scenes.length >= LIMITS.maxScenes) throw new EditRefusal('tooManyScenes');
  const at = frame - span.startFrame;
  const id = freshId('scene', project.scenes.map((other) => other.id));
  const left: Scene = {
    ...scene, durationFrames: at, captions: scene.captions.flatMap((caption) => leftPart(caption, at)), transition: { kind: 'cut', durationFrames: 0 },
    ...(scene.placement ? { placement: mapKeyframes(scene.placement, (keys) => keyframesUntil(keys, at)) } : {}),
  };
  const right: Scene = {
    ...scene, id, durationFrames: scene.durationFrames - at, captions: scene.captions.flatMap((caption) => rightPart(caption, at)), backdrop: slipped(scene.backdrop, at),
    ...(scene.placement ? { placement: { ...mapKeyframes(scene.placement, (keys) => shiftKeyframes(keys, -at)), entrance: 'none' } } : {}),
  };
  return { project: settle({ ...project, scenes: project.scenes.flatMap((other) => (other === scene ? [left, right] : [other])) }), sceneId: id };
}

/** Moves what the backdrop shows against its scene: positive = it begins later in its own time. */
export function slipScene(project: AdProject, sceneId: string, frames: number): AdProject {
  const scene = openScene(project, sceneId);
  return withScene(project, sceneId, () => ({ ...scene, backdrop: slipped(scene.backdrop, frames) }));
}

/** Puts scenes, in their order, before the scene that now has an index; the number of scenes = at the end. */
export function moveScenes(project: AdProject, sceneIds: readonly string[], index: number): AdProject {
  const isMoved = (scene: Scene): boolean => sceneIds.includes(scene.id);
  const before = project.scenes.slice(0, index).filter((scene) => !isMoved(scene));
  const after = project.scenes.slice(index).filter((scene) => !isMoved(scene));
  return settle({ ...project, scenes: [...before, ...project.scenes.filter(isMoved), ...after] });
}

/** Copies of scenes, each after its original; the copies are not locked. */
export function duplicateScenes(project: AdProject, sceneIds: readonly string[]): { readonly project: AdProject; readonly sceneIds: readonly string[] } {
  const ids = project.scenes.map((scene) => scene.id);
  const made: string[] = [];
  const scenes = project.scenes.flatMap((scene) => {
    if (!sceneIds.includes(scene.id)) return [scene];
    const id = freshId('scene', [...ids, ...made]);
    made.push(id);
    return [scene, copied(scene, id)];
  });
  return { project: settle({ ...project, scenes }), sceneIds: made };
}

/** Puts copies of scenes in at an index, under new ids. */
export function insertScenes(project: AdProject, scenes: readonly Scene[], index: number): { readonly project: AdProject; readonly sceneIds: readonly string[] } {
  const ids = project.scenes.map((scene) => scene.id);
  const products = new Set(project.products.map((product) => product.id));
  const made = scenes.reduce<Scene[]>((list, scene) => [...list, ownProduct(copied(scene, freshId('scene', [...ids, ...list.map((other) => other.id)])), products)], []);
  return { project: settle({ ...project, scenes: project.scenes.toSpliced(index, 0, ...made) }), sceneIds: made.map((scene) => scene.id) };
}

/** Takes scenes out; the film closes up. */
export function deleteScenes(project: AdProject, sceneIds: readonly string[]): AdProject {
  for (const id of sceneIds) openScene(project, id);
  return settle({ ...project, scenes: project.scenes.filter((scene) => !sceneIds.includes(scene.id)) });
}

/** A scene like its neighbour, without words: what "add scene" begins with. */
export function newScene(like: Scene): Scene {
  const { placement } = like;
  return {
    id: like.id, purpose: 'mood', durationFrames: 90, seed: (like.seed * 31 + 7) % 2 ** 32, backdrop: { set: like.backdrop.set, prompt: like.backdrop.prompt, focus: { x: 0.5, y: 0.5 } }, camera: { move: 'drift', amount: 0.5 },
    ...(placement ? { placement: { productId: placement.productId, keyframes: {}, intent: 'hero', entrance: 'settle', shadow: 1, reflection: 0 } } : {}),
    captions: [], transition: { kind: 'cut', durationFrames: 0 }, isEndCard: false,
  };
}

/** Calls a scene something; no words = by its purpose. */
export function renameScene(project: AdProject, sceneId: string, name: string): AdProject {
  const { name: _, ...rest } = openScene(project, sceneId);
  return withScene(project, sceneId, () => (name === '' ? rest : { ...rest, name: name.slice(0, 80) }));
}

/** Locks a scene against edits, or opens it again. */
export function lockScene(project: AdProject, sceneId: string, isLocked: boolean): AdProject {
  return withScene(project, sceneId, (scene) => {
    const { isLocked: _, ...rest } = scene;
    return isLocked ? { ...rest, isLocked } : rest;
  });
}

/** Keeps what lies between two frames of the project clock, both included. */
export function trimToRange(project: AdProject, inFrame: number, outFrame: number): AdProject {
  const spans = sceneSpans(project);
  const first = spans.findLast((span) => span.startFrame <= inFrame) ?? spans[0];
  const last = spans.find((span) => span.endFrame > outFrame) ?? spans.at(-1);
  if (!first || !last || outFrame < inFrame) throw new EditRefusal('nothingThere');
  const kept = spans.slice(first.index, Math.max(first.index, last.index) + 1);
  for (const span of spans) if (!kept.includes(span)) openScene(project, span.scene.id);
  const scenes = kept.map((span) => cropped(project, span, inFrame, outFrame));
  return settle({ ...project, scenes });
}

function cropped(project: AdProject, span: SceneSpan, inFrame: number, outFrame: number): Scene {
  const isUncut = inFrame <= span.startFrame && outFrame >= span.endFrame - 1;
  if (isUncut) return span.scene;
  const scene = openScene(project, span.scene.id);
  const shorter = withEnd(scene, clamp(outFrame + 1 - span.startFrame, LIMITS.minSceneFrames, scene.durationFrames));
  return withStart(shorter, clamp(shorter.durationFrames - Math.max(0, inFrame - span.startFrame), LIMITS.minSceneFrames, shorter.durationFrames));
}

// The length nearest to the one asked for with which scene and film stay within their limits.
function possibleLength(project: AdProject, scene: Scene, wanted: number): number {
  const lengthOf = (durationFrames: number): number => filmFrames(project.scenes.map((other) => (other === scene ? { ...scene, durationFrames } : other)));
  let length = clamp(wanted, LIMITS.minSceneFrames, LIMITS.maxSceneFrames);
  // A frame of the scene is at most a frame of the film (transitions may eat a part of it), so steps of the excess never go too far.
  for (let excess = lengthOf(length) - LIMITS.maxFilmFrames; excess > 0 && length > LIMITS.minSceneFrames; excess = lengthOf(length) - LIMITS.maxFilmFrames) length = Math.max(LIMITS.minSceneFrames, length - excess);
  for (let lack = LIMITS.minFilmFrames - lengthOf(length); lack > 0 && length < LIMITS.maxSceneFrames; lack = LIMITS.minFilmFrames - lengthOf(length)) length = Math.min(LIMITS.maxSceneFrames, length + lack);
  return length;
}

function withEnd(scene: Scene, durationFrames: number): Scene {
  return { ...scene, durationFrames, captions: scene.captions.map((caption) => fitted(caption, caption.startFrame, caption.endFrame, durationFrames)) };
}

function withStart(scene: Scene, durationFrames: number): Scene {
  const by = scene.durationFrames - durationFrames;
  return {
    ...scene, durationFrames, backdrop: slipped(scene.backdrop, by),
    captions: scene.captions.map((caption) => fitted(caption, caption.startFrame - by, caption.endFrame - by, durationFrames)),
    ...(scene.placement ? { placement: mapKeyframes(scene.placement, (keys) => shiftKeyframes(keys, -by)) } : {}),
  };
}

/** A caption at these frames, pushed into its scene: words are never lost by a trim, they stay on for as long as there is room. */
export function fitted(caption: Caption, start: number, end: number, durationFrames: number): Caption {
  const least = Math.min(LIMITS.minCaptionFrames, end - start, durationFrames);
  const startFrame = clamp(start, 0, durationFrames - least);
  const endFrame = clamp(end, startFrame + least, durationFrames);
  return startFrame === caption.startFrame && endFrame === caption.endFrame ? caption : { ...caption, startFrame, endFrame };
}

// A sliver of a caption on one side of the cut belongs to the other side.
function leftPart(caption: Caption, at: number): Caption[] {
  if (caption.startFrame >= at || isRightOnly(caption, at)) return [];
  return [caption.endFrame <= at ? caption : { ...caption, endFrame: at }];
}

function rightPart(caption: Caption, at: number): Caption[] {
  if (caption.endFrame <= at) return [];
  const isAcross = caption.startFrame < at;
  if (isAcross && !isRightOnly(caption, at) && caption.endFrame - at < LIMITS.minCaptionFrames) return [];
  const startFrame = Math.max(0, caption.startFrame - at);
  return [{ ...caption, startFrame, endFrame: caption.endFrame - at, ...(isAcross && !isRightOnly(caption, at) ? { animation: 'none' as const } : {}) }];
}

function isRightOnly(caption: Caption, at: number): boolean {
  const left = at - caption.startFrame;
  return left < LIMITS.minCaptionFrames && caption.endFrame - at >= left;
}

function splittableSpan(project: AdProject, frame: number, preferredId: string | undefined): SceneSpan {
  const spans = sceneSpans(project).filter((span) => frame > span.startFrame && frame < span.endFrame);
  if (spans.length === 0) throw new EditRefusal('nothingThere');
  const fits = spans.filter((span) => frame - span.startFrame >= LIMITS.minSceneFrames && span.endFrame - frame >= LIMITS.minSceneFrames);
  const span = fits.find(({ scene }) => scene.id === preferredId) ?? fits.at(-1);
  if (!span) throw new EditRefusal('splitTooNear');
  return span;
}

function slipped(backdrop: Backdrop, frames: number): Backdrop {
  const { startFrame: before = 0, ...rest } = backdrop;
  const startFrame = clamp(before + frames, 0, LIMITS.maxFilmFrames);
  if (startFrame === backdrop.startFrame) return backdrop;
  return startFrame === 0 ? rest : { ...rest, startFrame };
}

function copied(original: Scene, id: string): Scene {
  const { isLocked: _, ...scene } = original;
  return { ...structuredClone(scene), id };
}

function ownProduct(scene: Scene, products: ReadonlySet<string>): Scene {
  const { placement, ...rest } = scene;
  if (!placement || products.has(placement.productId)) return scene;
  const productId = [...products][0];
  return productId === undefined ? rest : { ...scene, placement: { ...placement, productId } };
}
