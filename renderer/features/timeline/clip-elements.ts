/**
 * Where clips stand on the screen while somebody drags them. React draws the document as it is; a draft is shown by moving the elements that
 * are there: transforms, and widths of the few that change their length. No component is drawn and nothing is measured during a drag. Pixels are
 * written and not the custom properties that React writes, for a changed property has the styles of everything inside worked out again.
 */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import type { AdProject, Scene } from '#core/project/schema.ts';
import { keyOf, parseClipKey } from '../../editor/clip-key.ts';
import type { ClipKey } from '../../editor/clip-key.ts';
import { extentOf } from '../../editor/selection.ts';
import type { Draft } from '../../editor/gestures/gesture.ts';
import { timelineNow } from './timeline-store.ts';

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
    const home = new Map(sceneSpans(document).map((span) => [span.scene.id, span]));
    for (const span of sceneSpans(project)) {
      const { scene, startFrame, endFrame, overlapIn, overlapOut } = span;
      const column = columns.get(scene.id);
      if (column && !written.has(column) && isSamePlace(home.get(scene.id), span)) continue;
      put(column, '--s', startFrame);
      put(column, '--d', scene.durationFrames);
      // These two are read by what is inside the column, so they are written only when they are others.
      putOther(column, '--in', overlapIn, home.get(scene.id)?.overlapIn);
      putOther(column, '--out', overlapOut, home.get(scene.id)?.overlapOut);
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

/** Puts everything back to where React has it, after a drag. */
export function endDraft(document: AdProject): void {
  lastScenes = [];
  const spans = new Map(sceneSpans(document).map((span) => [span.scene.id, span]));
  for (const [sceneId, column] of columns) {
    const span = spans.get(sceneId);
    const values = written.get(column) ?? {};
    if (span && '--in' in values) column.style.setProperty('--in', String(span.overlapIn));
    if (span && '--out' in values) column.style.setProperty('--out', String(span.overlapOut));
  }
  for (const [element, values] of written) {
    if ('--s' in values) element.style.transform = PLACE;
    if ('--d' in values) element.style.width = WIDTH;
  }
  written.clear();
}

function isSamePlace(home: SceneSpan | undefined, span: SceneSpan): boolean {
  return home !== undefined && home.scene === span.scene && home.startFrame === span.startFrame && home.overlapIn === span.overlapIn && home.overlapOut === span.overlapOut;
}

function putOther(element: HTMLElement | undefined, name: '--in' | '--out', value: number, home: number | undefined): void {
  if (element && (value !== home || name in (written.get(element) ?? {}))) put(element, name, value);
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

/** How clips are placed when nobody drags, as their components write it. */
export const PLACE = 'translateX(calc(var(--s) * var(--px)))';
export const WIDTH = 'calc(var(--d) * var(--px))';

function put(element: HTMLElement | undefined, name: '--s' | '--d' | '--in' | '--out', value: number): void {
  if (!element) return;
  const values = written.get(element) ?? {};
  if (values[name] === value) return;
  values[name] = value;
  written.set(element, values);
  const { pxPerFrame } = timelineNow();
  if (name === '--s') element.style.transform = `translateX(${value * pxPerFrame}px)`;
  else if (name === '--d') element.style.width = `${value * pxPerFrame}px`;
  else element.style.setProperty(name, String(value));
}
