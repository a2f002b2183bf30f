/**
 * Where clips stand on the screen while somebody drags them. React draws the document as it is; a draft is shown by moving the elements that
 * are there, through two custom properties that only transforms and widths of absolutely placed boxes read. No component is drawn and nothing
 * is measured during a drag.
 */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { AdProject, Scene } from '#core/project/schema.ts';
import { keyOf, parseClipKey } from '../../editor/clip-key.ts';
import type { ClipKey } from '../../editor/clip-key.ts';
import { extentOf } from '../../editor/selection.ts';
import type { Draft } from '../../editor/gestures/gesture.ts';

const elements = new Map<ClipKey, HTMLElement>();
const columns = new Map<string, HTMLElement>();
/** Values that were set by a draft, so that only what differs is written. */
const written = new Map<HTMLElement, Record<string, number>>();
let lastScenes: readonly Scene[] = [];

/** For `ref` of a clip's element. */
export function clipRef(key: ClipKey): (element: HTMLElement | null) => () => void {
  return (element) => {
    if (element) elements.set(key, element);
    return () => {
      if (elements.get(key) === element) elements.delete(key);
      if (element) written.delete(element);
    };
  };
}

/** For `ref` of a scene's column, which carries its clips along. */
export function columnRef(sceneId: string): (element: HTMLElement | null) => () => void {
  return (element) => {
    if (element) columns.set(sceneId, element);
    return () => {
      if (columns.get(sceneId) === element) columns.delete(sceneId);
      if (element) written.delete(element);
    };
  };
}

/** The element of a clip that is on the screen. */
export function elementOf(key: ClipKey): HTMLElement | undefined {
  return elements.get(key);
}

/** Clips on the screen, for a marquee. */
export function shownClips(): ReadonlyMap<ClipKey, HTMLElement> {
  return elements;
}

/** Moves the elements to where a draft has them. `from` names the dragged clips as the document knows them, in the draft's order. */
export function showDraft(document: AdProject, draft: Draft, from: readonly ClipKey[]): void {
  const project = draft.project ?? document;
  const before = new Map(document.scenes.map((scene) => [scene.id, scene]));
  const scenesAreSame = project.scenes === lastScenes;
  lastScenes = project.scenes;
  if (!scenesAreSame) {
    for (const span of sceneSpans(project)) {
      const { scene, startFrame, endFrame, overlapOut } = span;
      put(columns.get(scene.id), '--s', startFrame);
      put(columns.get(scene.id), '--d', scene.durationFrames);
      put(elements.get(keyOf.transition(scene.id)), '--s', endFrame - overlapOut);
      put(elements.get(keyOf.transition(scene.id)), '--d', overlapOut);
      const old = before.get(scene.id);
      if (old && (old !== scene || isWritten(scene))) showScene(scene, old);
    }
  }
  for (const marker of project.markers ?? []) put(elements.get(keyOf.marker(marker.id)), '--s', marker.frame);
  put(elements.get(keyOf.voice()), '--s', project.soundtrack.voiceStartFrame ?? 0);
  from.forEach((key, index) => showDragged(project, key, draft.keys[index] ?? key));
}

/** Puts everything back to where the document has it, after a drag. */
export function endDraft(document: AdProject, from: readonly ClipKey[]): void {
  lastScenes = [];
  showDraft(document, { project: document, keys: from, snappedTo: null, frames: 0 }, from);
  written.clear();
}

function isWritten(scene: Scene): boolean {
  return scene.captions.some((caption) => {
    const element = elements.get(keyOf.caption(scene.id, caption.id));
    return element !== undefined && written.has(element);
  });
}

function showScene(scene: Scene, old: Scene): void {
  for (const { id, startFrame, endFrame } of scene.captions) {
    const element = elements.get(keyOf.caption(scene.id, id));
    put(element, '--s', startFrame);
    put(element, '--d', endFrame - startFrame);
  }
  const shift = (scene.backdrop.startFrame ?? 0) - (old.backdrop.startFrame ?? 0);
  const isTrimmed = scene.durationFrames !== old.durationFrames;
  for (const [key, element] of isTrimmed ? elements : []) {
    const clip = key.startsWith(`keyframe:${scene.id}:`) ? parseClipKey(key) : undefined;
    if (clip?.kind === 'keyframe') put(element, '--s', clip.frame - shift);
  }
}

// What is dragged may be in another scene by now, under another name: its element stays in the old column and goes as far as it must.
function showDragged(project: AdProject, key: ClipKey, now: ClipKey): void {
  const clip = parseClipKey(key);
  const extent = extentOf(project, now);
  if (!extent || (clip?.kind !== 'caption' && clip?.kind !== 'keyframe')) return;
  const home = extentOf(project, keyOf.scene(clip.sceneId));
  put(elements.get(key), '--s', extent.startFrame - (home?.startFrame ?? 0));
  if (clip.kind === 'caption') put(elements.get(key), '--d', extent.endFrame - extent.startFrame);
}

function put(element: HTMLElement | undefined, name: string, value: number): void {
  if (!element) return;
  const values = written.get(element) ?? {};
  if (values[name] === value) return;
  values[name] = value;
  written.set(element, values);
  element.style.setProperty(name, String(value));
}
