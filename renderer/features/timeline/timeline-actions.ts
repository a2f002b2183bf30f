/** What keys, menus and buttons of the timeline do. Each is one edit of the document, or moves the playhead or the selection. */
import { sceneSpans } from '#core/composition/timeline.ts';
import { addCaption } from '../../editor/caption-edits.ts';
import { deleteClips, duplicateClips, nudgeClips, splitAt, trimClips } from '../../editor/clip-edits.ts';
import { keyOf, parseClipKey } from '../../editor/clip-key.ts';
import type { ClipKey } from '../../editor/clip-key.ts';
import { copyClips, pasteClips } from '../../editor/clipboard.ts';
import { addMarker } from '../../editor/marker-edits.ts';
import { insertScenes, moveScenes, newScene, trimToRange } from '../../editor/scene-edits.ts';
import { clipOrder, extentOf } from '../../editor/selection.ts';
import { stringsNow } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { playbackNow, seek, setInFrame, setOutFrame, step } from '../preview/playback.ts';
import { useStageSettings } from '../preview/stage-settings.ts';
import { editProject, projectNow } from '../project/project-store.ts';
import type { EditLabel } from '../project/project-store.ts';
import { selectClips, timelineNow } from './timeline-store.ts';
import { reveal } from './viewport.ts';

/** Windows of the same studio share what was copied. */
const CLIPBOARD_KEY = 'adgen-clipboard';

/** What is selected. */
export function selected(): readonly ClipKey[] {
  return timelineNow().selection.keys;
}

/** Cuts at the playhead. */
export function split(): void {
  let made: readonly ClipKey[] = [];
  const isCaption = selected().some((key) => key.startsWith('caption'));
  if (editProject(isCaption ? 'splitCaption' : 'splitScene', (project) => kept(splitAt(project, selected(), playbackNow().frame), (keys) => (made = keys)))) selectClips(made);
}

/** Removes what is selected. */
export function remove(): void {
  if (editProject(selected().every((key) => key.startsWith('caption')) ? 'deleteCaption' : 'deleteClips', (project) => deleteClips(project, selected()))) selectClips([]);
}

/** Copies scenes and captions; false when neither is selected. */
export function copy(): boolean {
  const project = projectNow();
  const text = project && copyClips(project, selected());
  if (text === undefined) return false;
  localStorage.setItem(CLIPBOARD_KEY, text);
  return true;
}

/** Copies and removes. */
export function cut(): void {
  if (copy() && editProject('cutClips', (project) => deleteClips(project, selected()))) selectClips([]);
}

/** Puts in at the playhead what was copied. */
export function paste(): void {
  const text = localStorage.getItem(CLIPBOARD_KEY);
  if (text === null) return toast.info(stringsNow().timeline.nothingCopied);
  let made: readonly ClipKey[] = [];
  if (editProject('pasteClips', (project) => kept(pasteClips(project, text, playbackNow().frame), (keys) => (made = keys)))) selectClips(made);
}

/** Copies of what is selected, right after it. */
export function duplicate(): void {
  let made: readonly ClipKey[] = [];
  if (editProject('duplicateClips', (project) => kept(duplicateClips(project, selected()), (keys) => (made = keys)))) selectClips(made);
}

/** Everything that can be selected. */
export function selectAll(): void {
  const project = projectNow();
  if (project) selectClips(clipOrder(project, useStageSettings.getState().ratio).filter((key) => key.startsWith('scene') || key.startsWith('caption')));
}

/** Moves what is selected by frames. Steps shortly after each other are one step of undo. */
export function nudge(frames: number): void {
  let made: readonly ClipKey[] = [];
  const label: EditLabel = selected().some((key) => key.startsWith('keyframe')) ? 'moveKeyframe' : selected().some((key) => key.startsWith('marker')) ? 'moveMarker' : selected().includes(keyOf.voice()) ? 'moveVoice' : 'moveCaption';
  if (editProject(label, (project) => kept(nudgeClips(project, selected(), frames), (keys) => (made = keys)), { mergeKey: `nudge ${selected().length}` })) selectClips(made);
}

/** Moves the start or the end of what is selected. */
export function trim(edge: 'start' | 'end', frames: number): void {
  const keys = selected();
  editProject(keys.every((key) => key.startsWith('caption')) ? 'trimCaption' : 'trimScene', (project) => trimClips(project, keys, edge, frames), { mergeKey: `trim ${edge} ${keys.join(' ')}`.slice(0, 80) });
}

/** Moves the start or the end of the selected clip, or of the scene under the playhead, to the playhead. */
export function trimToPlayhead(edge: 'start' | 'end'): void {
  const project = projectNow();
  if (!project) return;
  const { frame } = playbackNow();
  const under = sceneSpans(project).findLast((span) => span.startFrame <= frame);
  const key = selected()[0] ?? (under && keyOf.scene(under.scene.id));
  const extent = key === undefined ? undefined : extentOf(project, key);
  if (key === undefined || !extent) return;
  if (!selected().includes(key)) selectClips([key]);
  trim(edge, frame - (edge === 'start' ? extent.startFrame : extent.endFrame));
}

/** Moves the selected scenes by one place. */
export function moveInOrder(by: 1 | -1): void {
  const project = projectNow();
  if (!project) return;
  const ids = selected().flatMap((key) => { const clip = parseClipKey(key); return clip?.kind === 'scene' ? [clip.sceneId] : []; });
  const places = ids.map((id) => project.scenes.findIndex((scene) => scene.id === id));
  if (places.length === 0) return;
  const index = by < 0 ? Math.min(...places) - 1 : Math.max(...places) + 2;
  if (index >= 0 && index <= project.scenes.length) editProject('moveScene', (document) => moveScenes(document, ids, index));
}

/** Words at the playhead. */
export function writeCaption(): void {
  let made: readonly ClipKey[] = [];
  const { timeline } = stringsNow();
  if (editProject('addCaption', (project) => {
    const { project: next, ref } = addCaption(project, playbackNow().frame, { text: timeline.newCaption, role: 'support' });
    made = [keyOf.caption(ref.sceneId, ref.captionId)];
    return next;
  })) selectClips(made);
}

/** A scene after the selected one, or after the one under the playhead. */
export function addScene(): void {
  const project = projectNow();
  if (!project) return;
  const chosen = selected().map(parseClipKey).find((clip) => clip?.kind === 'scene');
  const index = chosen?.kind === 'scene' ? project.scenes.findIndex((scene) => scene.id === chosen.sceneId) : (sceneSpans(project).findLast((span) => span.startFrame <= playbackNow().frame)?.index ?? 0);
  const like = project.scenes[index];
  if (!like) return;
  let made: readonly string[] = [];
  if (editProject('addScene', (document) => {
    const edited = insertScenes(document, [newScene(like)], index + 1);
    made = edited.sceneIds;
    return edited.project;
  })) selectClips(made.map(keyOf.scene));
}

/** A marker at the playhead. */
export function mark(): void {
  let made = '';
  const { timeline } = stringsNow();
  const isNew = editProject('addMarker', (project) => {
    const edited = addMarker(project, playbackNow().frame, timeline.newMarker((project.markers?.length ?? 0) + 1));
    made = edited.markerId;
    return edited.project;
  });
  if (isNew || made !== '') selectClips([keyOf.marker(made)]);
}

/** Keeps only what is between in and out point. */
export function trimFilm(): void {
  const { inFrame, outFrame, durationFrames } = playbackNow();
  if (inFrame === null && outFrame === null) return;
  if (!editProject('trimTo', (project) => trimToRange(project, inFrame ?? 0, outFrame ?? durationFrames - 1))) return;
  clearInOut();
  goTo(0);
}

/** Nothing is looped any more. */
export function clearInOut(): void {
  setInFrame(null);
  setOutFrame(null);
}

/** Puts the playhead on a frame and shows it. */
export function goTo(frame: number): void {
  seek(frame);
  reveal(playbackNow().frame);
}

/** Some frames on or back. */
export function stepBy(frames: number): void {
  step(frames);
  reveal(playbackNow().frame);
}

/** The next or the previous place where something begins: scenes and the film's end. */
export function goToCut(direction: 1 | -1): void {
  const project = projectNow();
  if (!project) return;
  const { frame } = playbackNow();
  const cuts = [...sceneSpans(project).map((span) => span.startFrame), project.durationFrames - 1];
  const next = direction > 0 ? cuts.find((at) => at > frame) : cuts.findLast((at) => at < frame);
  if (next !== undefined) goTo(next);
}

function kept<T extends { readonly project: unknown; readonly keys: readonly ClipKey[] }>(edited: T, take: (keys: readonly ClipKey[]) => void): T['project'] {
  take(edited.keys);
  return edited.project;
}
