/** Edits of whatever is selected, of one kind or several: delete, nudge, trim by keys, split at the playhead, duplicate. */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { deleteCaptions, moveCaption, pasteCaption, splitCaption, startOf, trimCaptionEnd, trimCaptionStart } from './caption-edits.ts';
import { keyOf, parseClipKey } from './clip-key.ts';
import type { Clip, ClipKey } from './clip-key.ts';
import { EditRefusal } from './edit-refusal.ts';
import { deleteKeyframes, moveKeyframe } from './keyframe-edits.ts';
import { deleteMarkers, moveMarker } from './marker-edits.ts';
import { deleteScenes, duplicateScenes, splitScene, trimSceneEnd, trimSceneStart } from './scene-edits.ts';
import { moveVoice, setMusic, setVoice, trimMusic, trimVoice } from './sound-edits.ts';
import { setTransition } from './transition-edits.ts';

/** A document, and what is selected in it after the edit. */
export interface ClipsEdited {
  readonly project: AdProject;
  readonly keys: readonly ClipKey[];
}

type Of<K extends Clip['kind']> = Extract<Clip, { readonly kind: K }>;

/** Takes everything away that is selected. A transition becomes a cut, music becomes the embedded one. */
export function deleteClips(project: AdProject, keys: readonly ClipKey[]): AdProject {
  const clips = clipsOf(keys);
  if (clips.length === 0) throw new EditRefusal('nothingThere');
  const scenes = kindOf(clips, 'scene').map((clip) => clip.sceneId);
  const isLeft = (clip: { readonly sceneId: string }): boolean => !scenes.includes(clip.sceneId);
  let next = deleteMarkers(project, kindOf(clips, 'marker').map((clip) => clip.markerId));
  next = deleteCaptions(next, kindOf(clips, 'caption').filter(isLeft));
  for (const { sceneId, ratio, frame } of kindOf(clips, 'keyframe').filter(isLeft)) next = deleteKeyframes(next, { sceneId, ratio }, [frame]);
  for (const { sceneId } of kindOf(clips, 'transition').filter(isLeft)) if (next.scenes.at(-1)?.id !== sceneId) next = setTransition(next, sceneId, 'cut');
  if (kindOf(clips, 'voice').length > 0) next = setVoice(next, undefined);
  if (kindOf(clips, 'music').length > 0) next = setMusic(next, undefined);
  return scenes.length > 0 ? deleteScenes(next, scenes) : next;
}

/** Moves what is selected by some frames: captions, keyframes, markers, the voice. The keys come back in the order in which they were given. */
export function nudgeClips(project: AdProject, keys: readonly ClipKey[], frames: number): ClipsEdited {
  const named = keys.flatMap((key) => {
    const clip = parseClipKey(key);
    return clip ? [{ key, clip, order: orderOf(project, clip) }] : [];
  });
  const moved = new Map<ClipKey, ClipKey>();
  let next = project;
  // In the direction of the move, so that neighbours make room before they are reached.
  for (const { key, clip } of named.sort((a, b) => (a.order - b.order) * -Math.sign(frames))) {
    const [after, now] = nudge(next, clip, frames);
    next = after;
    moved.set(key, now);
  }
  return { project: next, keys: keys.map((key) => moved.get(key) ?? key) };
}

function nudge(project: AdProject, clip: Clip, frames: number): [AdProject, ClipKey] {
  switch (clip.kind) {
    case 'caption': {
      const caption = project.scenes.find((scene) => scene.id === clip.sceneId)?.captions.find((candidate) => candidate.id === clip.captionId);
      if (!caption) return [project, keyOf.caption(clip.sceneId, clip.captionId)];
      const moved = moveCaption(project, clip, startOf(project, clip.sceneId) + caption.startFrame + frames);
      return [moved.project, keyOf.caption(moved.ref.sceneId, moved.ref.captionId)];
    }
    case 'keyframe': {
      const before = frameSet(project, clip);
      const next = moveKeyframe(project, clip, clip.frame, clip.frame + frames);
      const frame = [...frameSet(next, clip)].find((candidate) => !before.has(candidate)) ?? clip.frame;
      return [next, keyOf.keyframe(clip.sceneId, clip.ratio, frame)];
    }
    case 'marker': {
      const marker = project.markers?.find((candidate) => candidate.id === clip.markerId);
      return [marker ? moveMarker(project, clip.markerId, marker.frame + frames) : project, keyOf.marker(clip.markerId)];
    }
    case 'voice':
      return [moveVoice(project, (project.soundtrack.voiceStartFrame ?? 0) + frames), keyOf.voice()];
    case 'music':
      return [trimMusic(project, (project.soundtrack.musicTrimFrames ?? 0) - frames), keyOf.music()];
    case 'scene':
      return [project, keyOf.scene(clip.sceneId)];
    case 'transition':
      return [project, keyOf.transition(clip.sceneId)];
  }
}

/** Moves the start or the end of what is selected. */
export function trimClips(project: AdProject, keys: readonly ClipKey[], edge: 'start' | 'end', frames: number): AdProject {
  const trimmable = clipsOf(keys).filter((clip) => ['scene', 'caption', 'voice', 'music', 'transition'].includes(clip.kind));
  if (trimmable.length === 0) throw new EditRefusal('nothingThere');
  return trimmable.reduce((before, clip) => trimClip(before, clip, edge, frames), project);
}

function trimClip(project: AdProject, clip: Clip, edge: 'start' | 'end', frames: number): AdProject {
  switch (clip.kind) {
    case 'scene':
      return edge === 'start' ? trimSceneStart(project, clip.sceneId, frames) : trimSceneEnd(project, clip.sceneId, frames);
    case 'caption':
      return edge === 'start' ? trimCaptionStart(project, clip, frames) : trimCaptionEnd(project, clip, frames);
    case 'voice':
      return edge === 'start' ? trimVoice(project, frames) : project;
    case 'music':
      return edge === 'start' ? trimMusic(project, (project.soundtrack.musicTrimFrames ?? 0) + frames) : project;
    case 'transition': {
      const transition = project.scenes.find((scene) => scene.id === clip.sceneId)?.transition;
      return transition && transition.kind !== 'cut' ? setTransition(project, clip.sceneId, transition.kind, transition.durationFrames + (edge === 'start' ? -frames : frames)) : project;
    }
    case 'keyframe':
    case 'marker':
      return project;
  }
}

/** Cuts at a frame: the selected captions that are there, else the selected scene, else whichever scene is there. */
export function splitAt(project: AdProject, keys: readonly ClipKey[], frame: number): ClipsEdited {
  const captions = kindOf(clipsOf(keys), 'caption').filter((clip) => isOver(project, clip, frame));
  if (captions.length > 0) {
    return captions.reduce<ClipsEdited>(({ project: before, keys: made }, clip) => {
      const split = splitCaption(before, clip, frame);
      return { project: split.project, keys: [...made, keyOf.caption(split.ref.sceneId, split.ref.captionId)] };
    }, { project, keys: [] });
  }
  const split = splitScene(project, frame, kindOf(clipsOf(keys), 'scene')[0]?.sceneId);
  return { project: split.project, keys: [keyOf.scene(split.sceneId)] };
}

/** Copies of the selected scenes and captions, right after them. */
export function duplicateClips(project: AdProject, keys: readonly ClipKey[]): ClipsEdited {
  const clips = clipsOf(keys);
  const scenes = kindOf(clips, 'scene').map((clip) => clip.sceneId);
  const captions = kindOf(clips, 'caption').filter((clip) => !scenes.includes(clip.sceneId));
  if (scenes.length + captions.length === 0) throw new EditRefusal('nothingThere');
  const copied = captions.reduce<ClipsEdited>(({ project: before, keys: made }, clip) => {
    const caption = before.scenes.find((scene) => scene.id === clip.sceneId)?.captions.find((candidate) => candidate.id === clip.captionId);
    if (!caption) return { project: before, keys: made };
    const pasted = pasteCaption(before, caption, startOf(before, clip.sceneId) + Math.min(caption.endFrame, lengthOf(before, clip.sceneId) - 1));
    return { project: pasted.project, keys: [...made, keyOf.caption(pasted.ref.sceneId, pasted.ref.captionId)] };
  }, { project, keys: [] });
  if (scenes.length === 0) return copied;
  const doubled = duplicateScenes(copied.project, scenes);
  return { project: doubled.project, keys: [...doubled.sceneIds.map(keyOf.scene), ...copied.keys] };
}

/** Clips that keys name. */
export function clipsOf(keys: readonly ClipKey[]): Clip[] {
  return keys.flatMap((key) => parseClipKey(key) ?? []);
}

function kindOf<K extends Clip['kind']>(clips: readonly Clip[], kind: K): Of<K>[] {
  return clips.filter((clip): clip is Of<K> => clip.kind === kind);
}

function isOver(project: AdProject, clip: Of<'caption'>, frame: number): boolean {
  const caption = project.scenes.find((scene) => scene.id === clip.sceneId)?.captions.find((candidate) => candidate.id === clip.captionId);
  const at = frame - startOf(project, clip.sceneId);
  return caption !== undefined && at > caption.startFrame && at < caption.endFrame;
}

function frameSet(project: AdProject, { sceneId, ratio }: Of<'keyframe'>): ReadonlySet<number> {
  return new Set((project.scenes.find((scene) => scene.id === sceneId)?.placement?.keyframes[ratio] ?? []).map((key) => key.frame));
}

function lengthOf(project: AdProject, sceneId: string): number {
  return project.scenes.find((scene) => scene.id === sceneId)?.durationFrames ?? 1;
}

function orderOf(project: AdProject, clip: Clip): number {
  if (clip.kind === 'keyframe') return clip.frame;
  if (clip.kind === 'marker') return project.markers?.find((marker) => marker.id === clip.markerId)?.frame ?? 0;
  if (clip.kind !== 'caption') return 0;
  const span = sceneSpans(project).find(({ scene }) => scene.id === clip.sceneId);
  return (span?.startFrame ?? 0) + (span?.scene.captions.find((caption) => caption.id === clip.captionId)?.startFrame ?? 0);
}
