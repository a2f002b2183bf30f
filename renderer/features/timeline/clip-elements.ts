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

type Place = '--s' | '--d' | '--in' | '--out';

const elements = new Map<ClipKey, HTMLElement>();
const columns = new Map<string, HTMLElement>();
const bars = new Map<string, HTMLElement>();
/** Values that were set by a draft, so that only what differs is written. */
const written = new Map<HTMLElement, Record<string, number>>();
/** Scenes that a draft has had elsewhere, or otherwise, since the drag began: also when they are back, what was written is written over. */
const moved = new Set<string>();
const changed = new Set<string>();
let lastScenes: readonly Scene[] = [];

/** For `ref` of a clip's element. */
export function clipRef(key: ClipKey): (element: HTMLElement | null) => () => void {
  return refIn(elements, key);
}

/** For `ref` of a scene's column, which carries its clips along. */
export function columnRef(sceneId: string): (element: HTMLElement | null) => () => void {
  return refIn(columns, sceneId);
}

/** For `ref` of a scene's bar on the product's track, which is as long as the scene's clip. */
export function barRef(sceneId: string): (element: HTMLElement | null) => () => void {
  return refIn(bars, sceneId);
}

function refIn(map: Map<string, HTMLElement>, key: string): (element: HTMLElement | null) => () => void {
  return (element) => {
    if (element) map.set(key, element);
    return () => {
      if (map.get(key) === element) map.delete(key);
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
  const scenesAreSame = project.scenes === lastScenes;
  lastScenes = project.scenes;
  if (!scenesAreSame) showScenes(document, project);
  const home = new Map(document.markers?.map((marker) => [marker.id, marker.frame]));
  for (const marker of project.markers ?? []) putOther(elements.get(keyOf.marker(marker.id)), '--s', marker.frame, home.get(marker.id));
  putOther(elements.get(keyOf.voice()), '--s', project.soundtrack.voiceStartFrame ?? 0, document.soundtrack.voiceStartFrame ?? 0);
  putOther(elements.get(keyOf.music()), '--d', project.durationFrames, document.durationFrames);
  from.forEach((key, index) => showDragged(project, key, draft.keys[index] ?? key));
}

function showScenes(document: AdProject, project: AdProject): void {
  const home = new Map(sceneSpans(document).map((span) => [span.scene.id, span]));
  const spans = sceneSpans(project);
  const starts = new Map(spans.map((span) => [span.scene.id, span.startFrame]));
  for (const span of spans) {
    const { scene, startFrame, overlapIn, overlapOut } = span;
    const was = home.get(scene.id);
    showTransition(span, was, document.scenes[(was?.index ?? 0) + 1]?.id, starts);
    if (isSamePlace(was, span) && !moved.has(scene.id)) continue;
    moved.add(scene.id);
    const column = columns.get(scene.id);
    putOther(column, '--s', startFrame, was?.startFrame);
    putOther(column, '--d', scene.durationFrames, was?.scene.durationFrames);
    for (const body of [elements.get(keyOf.scene(scene.id)), bars.get(scene.id)]) {
      putOther(body, '--in', overlapIn, was?.overlapIn);
      putOther(body, '--out', overlapOut, was?.overlapOut);
    }
    if (!was || (was.scene === scene && !changed.has(scene.id))) continue;
    changed.add(scene.id);
    showScene(scene, was.scene);
  }
}

// It lies in the column of the scene that comes next in the document, `inside`, wherever the draft has that one.
function showTransition({ scene, endFrame, overlapOut }: SceneSpan, was: SceneSpan | undefined, inside: string | undefined, starts: ReadonlyMap<string, number>): void {
  const handle = elements.get(keyOf.transition(scene.id));
  const from = inside === undefined ? undefined : starts.get(inside);
  if (inside === undefined || from === undefined) return;
  const frame = endFrame - overlapOut - from;
  putOther(handle, '--s', frame, 0);
  putOther(handle, '--d', overlapOut, was?.overlapOut);
  if (handle) handle.style.visibility = frame === 0 ? '' : 'hidden'; // out of its column it would lie half under another one
}

/** Puts everything back to where React has it, after a drag. */
export function endDraft(document: AdProject): void {
  lastScenes = [];
  for (const { scene, overlapIn, overlapOut } of sceneSpans(document)) {
    for (const body of [elements.get(keyOf.scene(scene.id)), bars.get(scene.id)]) {
      const values = (body && written.get(body)) ?? {};
      if ('--in' in values) body?.style.setProperty('--in', String(overlapIn));
      if ('--out' in values) body?.style.setProperty('--out', String(overlapOut));
    }
  }
  for (const [element, values] of written) {
    if ('--s' in values) element.style.transform = isInColumn(element) ? '' : PLACE;
    Object.assign(element.style, { willChange: '', visibility: '' });
    if ('--d' in values) element.style.width = WIDTH;
  }
  written.clear();
  moved.clear();
  changed.clear();
}

// Hundreds with a transform of their own each would be hundreds of things to compose; it is only put on those that are dragged.
function isInColumn(element: HTMLElement): boolean {
  return element.style.left === LEFT;
}

function isSamePlace(home: SceneSpan | undefined, span: SceneSpan): boolean {
  return home !== undefined && home.scene === span.scene && home.startFrame === span.startFrame && home.overlapIn === span.overlapIn && home.overlapOut === span.overlapOut;
}

// What is as it was is not written: its styles would be worked out again, and those of what is inside.
function putOther(element: HTMLElement | undefined, name: Place, value: number, home: number | undefined): void {
  if (element && (value !== home || name in (written.get(element) ?? {}))) put(element, name, value);
}

function showScene(scene: Scene, old: Scene): void {
  const before = new Map(old.captions.map((caption) => [caption.id, caption]));
  for (const { id, startFrame, endFrame } of scene.captions) {
    const [element, was] = [elements.get(keyOf.caption(scene.id, id)), before.get(id)];
    putOther(element, '--s', startFrame, was?.startFrame);
    putOther(element, '--d', endFrame - startFrame, was && was.endFrame - was.startFrame);
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
  const element = elements.get(key);
  put(element, '--s', extent.startFrame - (home?.startFrame ?? 0));
  if (clip.kind === 'caption') put(element, '--d', extent.endFrame - extent.startFrame);
}

/** How clips are placed when nobody drags, as their components write it: what moves with the zoom by itself, and what lies in a column. */
export const PLACE = 'translateX(calc(var(--s) * var(--px)))';
export const LEFT = 'calc(var(--s) * var(--px))';
export const WIDTH = 'calc(var(--d) * var(--px))';

function put(element: HTMLElement | undefined, name: Place, value: number): void {
  if (!element) return;
  const values = written.get(element) ?? {};
  if (values[name] === value) return;
  values[name] = value;
  written.set(element, values);
  const { pxPerFrame } = timelineNow();
  if (name === '--s') {
    const from = isInColumn(element) ? Number(element.style.getPropertyValue('--s')) : 0;
    element.style.transform = `translateX(${(value - from) * pxPerFrame}px)`;
    // On a layer of its own it moves without anything being painted anew.
    element.style.willChange = 'transform';
  } else if (name === '--d') element.style.width = `${value * pxPerFrame}px`;
  else element.style.setProperty(name, String(value));
}
