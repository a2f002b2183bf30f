/** Edits of captions. A caption belongs to a scene and stays inside it; moved beyond its edge it goes over to the neighbour. */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import type { AdProject, Caption, CaptionRole } from '#core/project/schema.ts';
import { EditRefusal } from './edit-refusal.ts';
import { clamp, freshId, LIMITS, openScene, withScene } from './rules.ts';
import { fitted } from './scene-edits.ts';

/** Which caption. */
export interface CaptionRef {
  readonly sceneId: string;
  readonly captionId: string;
}

/** A document, and where the caption is in it. */
export interface CaptionEdited {
  readonly project: AdProject;
  readonly ref: CaptionRef;
}

const NEW_CAPTION_FRAMES = 45;

/** Puts a caption's start on a frame of the project clock, in whichever scene is there. Its length is kept as far as there is room. */
export function moveCaption(project: AdProject, ref: CaptionRef, frame: number): CaptionEdited {
  const caption = findCaption(project, ref);
  const target = sceneFor(project, ref.sceneId, frame);
  const length = Math.min(caption.endFrame - caption.startFrame, target.scene.durationFrames);
  const startFrame = clamp(frame - target.startFrame, 0, target.scene.durationFrames - length);
  const moved = { ...caption, startFrame, endFrame: startFrame + length };
  if (target.scene.id === ref.sceneId) return { project: putCaption(project, ref, moved), ref };
  return carryOver(project, ref, moved, target);
}

function carryOver(project: AdProject, ref: CaptionRef, caption: Caption, { scene }: SceneSpan): CaptionEdited {
  openScene(project, scene.id);
  if (scene.captions.length >= LIMITS.maxCaptions) throw new EditRefusal('tooManyCaptions');
  const ids = scene.captions.map((other) => other.id);
  const id = ids.includes(caption.id) ? freshId('caption', ids) : caption.id;
  const without = deleteCaptions(project, [ref]);
  return { project: withScene(without, scene.id, (other) => ({ ...other, captions: [...other.captions, { ...caption, id }] })), ref: { sceneId: scene.id, captionId: id } };
}

/** Moves a caption's start; `frames` positive = later. */
export function trimCaptionStart(project: AdProject, ref: CaptionRef, frames: number): AdProject {
  const caption = findCaption(project, ref);
  return putCaption(project, ref, { ...caption, startFrame: clamp(caption.startFrame + frames, 0, caption.endFrame - leastOf(caption)) });
}

/** Moves a caption's end; `frames` positive = later. */
export function trimCaptionEnd(project: AdProject, ref: CaptionRef, frames: number): AdProject {
  const caption = findCaption(project, ref);
  return putCaption(project, ref, { ...caption, endFrame: clamp(caption.endFrame + frames, caption.startFrame + leastOf(caption), openScene(project, ref.sceneId).durationFrames) });
}

/** Cuts a caption in two at a frame of the project clock; the second half stands still where the first one ended. */
export function splitCaption(project: AdProject, ref: CaptionRef, frame: number): CaptionEdited {
  const scene = openScene(project, ref.sceneId);
  const caption = findCaption(project, ref);
  const at = frame - startOf(project, ref.sceneId);
  if (at - caption.startFrame < LIMITS.minCaptionFrames || caption.endFrame - at < LIMITS.minCaptionFrames) throw new EditRefusal('splitTooNear');
  if (scene.captions.length >= LIMITS.maxCaptions) throw new EditRefusal('tooManyCaptions');
  const id = freshId('caption', scene.captions.map((other) => other.id));
  const parts: Caption[] = [{ ...caption, endFrame: at }, { ...caption, id, startFrame: at, animation: 'none' }];
  const captions = scene.captions.flatMap((other) => (other === caption ? parts : [other]));
  return { project: withScene(project, ref.sceneId, () => ({ ...scene, captions })), ref: { sceneId: ref.sceneId, captionId: id } };
}

/** Adds words at a frame of the project clock. */
export function addCaption(project: AdProject, frame: number, words: { readonly text: string; readonly role: CaptionRole }): CaptionEdited {
  const span = sceneFor(project, undefined, frame);
  return insertCaption(project, span, { ...words, id: 'caption', startFrame: frame - span.startFrame, endFrame: frame - span.startFrame + NEW_CAPTION_FRAMES, animation: 'rise', position: {} });
}

/** Puts a copy of a caption in, starting at a frame of the project clock. */
export function pasteCaption(project: AdProject, caption: Caption, frame: number): CaptionEdited {
  const span = sceneFor(project, undefined, frame);
  const start = frame - span.startFrame;
  return insertCaption(project, span, { ...structuredClone(caption), startFrame: start, endFrame: start + caption.endFrame - caption.startFrame });
}

function insertCaption(project: AdProject, { scene }: SceneSpan, caption: Caption): CaptionEdited {
  openScene(project, scene.id);
  if (scene.captions.length >= LIMITS.maxCaptions) throw new EditRefusal('tooManyCaptions');
  const id = freshId('caption', scene.captions.map((other) => other.id));
  const placed = fitted({ ...caption, id }, caption.startFrame, caption.endFrame, scene.durationFrames);
  return { project: withScene(project, scene.id, (other) => ({ ...other, captions: [...other.captions, placed] })), ref: { sceneId: scene.id, captionId: id } };
}

/** Takes captions out. */
export function deleteCaptions(project: AdProject, refs: readonly CaptionRef[]): AdProject {
  for (const ref of refs) findCaption(project, ref);
  const isGone = (sceneId: string, captionId: string): boolean => refs.some((ref) => ref.sceneId === sceneId && ref.captionId === captionId);
  return { ...project, scenes: project.scenes.map((scene) => (refs.some((ref) => ref.sceneId === scene.id) ? { ...scene, captions: scene.captions.filter((caption) => !isGone(scene.id, caption.id)) } : scene)) };
}

/** The caption, or a refusal when it is not there or its scene is locked. */
export function findCaption(project: AdProject, { sceneId, captionId }: CaptionRef): Caption {
  const caption = openScene(project, sceneId).captions.find((candidate) => candidate.id === captionId);
  if (!caption) throw new EditRefusal('nothingThere');
  return caption;
}

/** Where a scene begins on the project clock. */
export function startOf(project: AdProject, sceneId: string): number {
  return sceneSpans(project).find((span) => span.scene.id === sceneId)?.startFrame ?? 0;
}

// The scene that a frame falls into; in a transition the one it was in, else the later one. Beyond the film: the nearest.
function sceneFor(project: AdProject, sceneId: string | undefined, frame: number): SceneSpan {
  const spans = sceneSpans(project);
  const around = spans.filter((span) => frame >= span.startFrame && frame < span.endFrame);
  const span = around.find(({ scene }) => scene.id === sceneId) ?? around.at(-1) ?? (frame < 0 ? spans[0] : spans.at(-1));
  if (!span) throw new EditRefusal('nothingThere');
  return span;
}

function putCaption(project: AdProject, { sceneId, captionId }: CaptionRef, caption: Caption): AdProject {
  return withScene(project, sceneId, (scene) => ({ ...scene, captions: scene.captions.map((other) => (other.id === captionId ? caption : other)) }));
}

// A caption that is shorter already may stay so.
function leastOf(caption: Caption): number {
  return Math.min(LIMITS.minCaptionFrames, caption.endFrame - caption.startFrame);
}
