/** What is selected: keys in the order in which they stand, and the one from which a range is drawn. */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject } from '#core/project/schema.ts';
import { keyOf, parseClipKey } from './clip-key.ts';
import type { ClipKey } from './clip-key.ts';

/** Selected clips; `anchor` is where the last plain click was. */
export interface Selection {
  readonly keys: readonly ClipKey[];
  readonly anchor: ClipKey | null;
}

export const NO_SELECTION: Selection = { keys: [], anchor: null };

/** Selects one clip alone. */
export function selectOnly(key: ClipKey): Selection {
  return { keys: [key], anchor: key };
}

/** Adds a clip, or takes it out. */
export function toggleSelected({ keys }: Selection, key: ClipKey): Selection {
  return { keys: keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key], anchor: key };
}

/** Selects everything from the anchor to a clip that is of the clip's kind. */
export function selectThrough(selection: Selection, key: ClipKey, order: readonly ClipKey[]): Selection {
  const kind = parseClipKey(key)?.kind;
  const same = order.filter((other) => parseClipKey(other)?.kind === kind);
  const from = same.indexOf(selection.anchor ?? key);
  const to = same.indexOf(key);
  if (from === -1 || to === -1) return selectOnly(key);
  return { keys: same.slice(Math.min(from, to), Math.max(from, to) + 1), anchor: selection.anchor };
}

/** Without what is not there any more. The same object when nothing is gone. */
export function pruneSelection(selection: Selection, order: readonly ClipKey[]): Selection {
  const there = new Set(order);
  const keys = selection.keys.filter((key) => there.has(key));
  if (keys.length === selection.keys.length) return selection;
  return { keys, anchor: selection.anchor !== null && there.has(selection.anchor) ? selection.anchor : null };
}

/** All clips of a document in reading order: each scene, its keyframes of a ratio, its captions, the transition out of it; then sound and markers. */
export function clipOrder(project: AdProject, ratio: Ratio): ClipKey[] {
  const scenes = project.scenes.flatMap((scene, index) => [
    keyOf.scene(scene.id),
    ...[...(scene.placement?.keyframes[ratio] ?? [])].filter((key) => key.frame < scene.durationFrames).map((key) => keyOf.keyframe(scene.id, ratio, key.frame)),
    ...[...scene.captions].sort((a, b) => a.startFrame - b.startFrame).map((caption) => keyOf.caption(scene.id, caption.id)),
    ...(index < project.scenes.length - 1 ? [keyOf.transition(scene.id)] : []),
  ]);
  return [...scenes, keyOf.music(), ...(project.soundtrack.voice ? [keyOf.voice()] : []), ...(project.markers ?? []).map((marker) => keyOf.marker(marker.id))];
}

/** Frames at which a clip begins and ends on the project clock. */
export function extentOf(project: AdProject, key: ClipKey): { readonly startFrame: number; readonly endFrame: number } | undefined {
  const clip = parseClipKey(key);
  if (!clip) return undefined;
  const whole = { startFrame: 0, endFrame: project.durationFrames };
  if (clip.kind === 'music') return whole;
  if (clip.kind === 'voice') return { ...whole, startFrame: project.soundtrack.voiceStartFrame ?? 0 };
  if (clip.kind === 'marker') {
    const frame = project.markers?.find((marker) => marker.id === clip.markerId)?.frame;
    return frame === undefined ? undefined : { startFrame: frame, endFrame: frame + 1 };
  }
  const span = sceneSpans(project).find(({ scene }) => scene.id === clip.sceneId);
  if (!span) return undefined;
  if (clip.kind === 'scene') return { startFrame: span.startFrame, endFrame: span.endFrame };
  if (clip.kind === 'transition') return { startFrame: span.endFrame - span.overlapOut, endFrame: span.endFrame };
  if (clip.kind === 'keyframe') return { startFrame: span.startFrame + clip.frame, endFrame: span.startFrame + clip.frame + 1 };
  const caption = span.scene.captions.find((candidate) => candidate.id === clip.captionId);
  return caption && { startFrame: span.startFrame + caption.startFrame, endFrame: span.startFrame + caption.endFrame };
}

/** The clip that a step leads to; the first or last one when it would lead beyond. */
export function nextClip(order: readonly ClipKey[], from: ClipKey | undefined, [by, isSameKind]: readonly [number, boolean]): ClipKey | undefined {
  const kind = from === undefined ? undefined : parseClipKey(from)?.kind;
  const reachable = isSameKind && kind ? order.filter((key) => parseClipKey(key)?.kind === kind) : order;
  const at = from === undefined ? -1 : reachable.indexOf(from);
  if (at === -1) return by > 0 && Number.isFinite(by) ? reachable[0] : reachable[by === Number.POSITIVE_INFINITY ? reachable.length - 1 : 0];
  return reachable[Math.max(0, Math.min(reachable.length - 1, at + by))];
}
