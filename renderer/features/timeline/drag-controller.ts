/**
 * From pointer events to gestures: which one a press begins, one move per frame of the screen, the end. Escape and a lost pointer put
 * everything back. The gestures themselves know no screen (`renderer/editor/gestures`).
 */
import { splitCaption } from '../../editor/caption-edits.ts';
import { keyOf, parseClipKey } from '../../editor/clip-key.ts';
import type { ClipKey } from '../../editor/clip-key.ts';
import { EditRefusal } from '../../editor/edit-refusal.ts';
import type { RefusalReason } from '../../editor/edit-refusal.ts';
import { Fading, StretchingTransition, TrimmingVoice } from '../../editor/gestures/adjusting.ts';
import type { Draft, Gesture, GestureHost, Pointer } from '../../editor/gestures/gesture.ts';
import { NOTHING } from '../../editor/gestures/gesture.ts';
import { Marqueeing, Scrubbing } from '../../editor/gestures/looking.ts';
import { MovingClips, ReorderingScenes } from '../../editor/gestures/moving.ts';
import { Slipping } from '../../editor/gestures/slipping.ts';
import { TrimmingCaption, TrimmingScene } from '../../editor/gestures/trimming.ts';
import { splitScene } from '../../editor/scene-edits.ts';
import { clipOrder, selectOnly, selectThrough, toggleSelected } from '../../editor/selection.ts';
import { stringsNow } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { selectOnCanvas } from '../preview/canvas/canvas-selection.ts';
import { playbackNow, seek } from '../preview/playback.ts';
import { useStageSettings } from '../preview/stage-settings.ts';
import { editProject, projectNow } from '../project/project-store.ts';
import { showElsewhere } from './draft-elsewhere.ts';
import { endDraft, showDraft, shownClips } from './clip-elements.ts';
import { showHints } from './drag-hints.ts';
import { HEADER_PX } from './metrics.ts';
import { selectClips, setTimeline, timelineNow } from './timeline-store.ts';
import { scrollBy, scrollTopNow, viewportNow } from './viewport.ts';

/** A press becomes a drag after so many pixels, so that a click moves nothing. */
const THRESHOLD_PX = 3;
/** This near to the edge the timeline scrolls along. */
const EDGE_PX = 28;

interface Press {
  readonly pointerId: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly box: DOMRect;
  /** The gesture that a drag would begin. */
  begin(pointer: Pointer): Gesture | undefined;
  /** What a click without a drag does. */
  click?(): void;
}

/** Handles the presses of one timeline. `host` is its element; answers how to stop. */
export function attachDrags(host: HTMLElement): () => void {
  let press: Press | undefined;
  let gesture: Gesture | undefined;
  let latest: PointerEvent | undefined;
  let handle = 0;
  let shield: HTMLElement | undefined;
  let told: RefusalReason | undefined;

  const pointerAt = (event: PointerEvent, { box }: Press): Pointer => {
    const { pxPerFrame, scrollPx } = viewportNow();
    const x = event.clientX - box.left - HEADER_PX + scrollPx;
    return { frame: x / pxPerFrame, x, y: event.clientY - box.top + scrollTopNow(), pxPerFrame, isSnappingOff: event.altKey, isExtending: event.shiftKey };
  };
  const end = (how: 'finish' | 'cancel'): void => {
    const ending = gesture;
    cancelAnimationFrame(handle);
    handle = 0;
    press = undefined;
    gesture = undefined;
    latest = undefined;
    shield?.remove();
    shield = undefined;
    told = undefined;
    if (ending) attempt(() => ending[how]());
  };
  // False when the document did not allow it: the user knows why, and the gesture is over unless it can go on.
  const attempt = (run: () => void, onRefusal = () => end('cancel')): boolean => {
    try {
      run();
      return true;
    } catch (error) {
      if (!(error instanceof EditRefusal)) throw error;
      if (told !== error.reason) toast.info(stringsNow().timeline.refusals[error.reason]);
      told = error.reason;
      onRefusal();
      return false;
    }
  };
  const step = (): void => {
    handle = 0;
    const [event, pressed] = [latest, press];
    if (!event || !pressed) return;
    if (!gesture) {
      if (Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < THRESHOLD_PX) return;
      const origin = new PointerEvent('pointermove', { clientX: pressed.clientX, clientY: pressed.clientY, altKey: event.altKey, shiftKey: event.shiftKey });
      if (!attempt(() => (gesture = pressed.begin(pointerAt(origin, pressed))))) return;
    }
    const current = gesture as Gesture | undefined;
    if (!current) return;
    shield ??= coverPage(current.cursor);
    // Before the clips move: scrolling asks where everything is, and what has moved by then would be laid out twice.
    if (scrollAtEdge(event, pressed.box)) handle = requestAnimationFrame(step);
    // What is refused here may be allowed farther on: till then clips stay where they last could be.
    attempt(() => current.move(pointerAt(event, pressed)), () => undefined);
  };

  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || press) return;
    const wanted = pressOn(event, host);
    if (!wanted) return;
    event.preventDefault(); // no text is selected, and the focus stays where arrows step frames
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) document.activeElement.blur();
    host.setPointerCapture(event.pointerId);
    press = { pointerId: event.pointerId, clientX: event.clientX, clientY: event.clientY, box: host.getBoundingClientRect(), ...wanted };
    if (!wanted.isAtOnce) return;
    const pressed = press;
    attempt(() => (gesture = pressed.begin(pointerAt(event, pressed))));
  };
  const moved = (event: PointerEvent): void => {
    if (!press || event.pointerId !== press.pointerId) return;
    latest = event;
    handle ||= requestAnimationFrame(step);
  };
  const up = (event: PointerEvent): void => {
    if (!press || event.pointerId !== press.pointerId) return;
    latest = event;
    if (handle) {
      cancelAnimationFrame(handle);
      step();
    }
    const clicked = gesture ? undefined : press?.click;
    end('finish');
    clicked?.();
  };
  const lost = (): void => end('cancel');
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !press) return;
    event.preventDefault();
    event.stopPropagation();
    end('cancel');
  };

  host.addEventListener('pointerdown', down);
  host.addEventListener('pointermove', moved);
  host.addEventListener('pointerup', up);
  host.addEventListener('pointercancel', lost);
  window.addEventListener('keydown', escape, { capture: true });
  return () => {
    end('cancel');
    host.removeEventListener('pointerdown', down);
    host.removeEventListener('pointermove', moved);
    host.removeEventListener('pointerup', up);
    host.removeEventListener('pointercancel', lost);
    window.removeEventListener('keydown', escape, { capture: true });
  };
}

// True while the pointer is near enough to an edge that the timeline scrolls along.
function scrollAtEdge({ clientX }: PointerEvent, box: DOMRect): boolean {
  const left = clientX - box.left - HEADER_PX;
  const over = left < EDGE_PX ? left - EDGE_PX : Math.max(0, clientX - box.right + EDGE_PX);
  if (over === 0 || left < -HEADER_PX) return false;
  scrollBy(Math.max(-24, Math.min(24, over * 0.4)));
  return true;
}

// The pointer's shape for the whole page. On the timeline itself it would be inherited by every clip, and the styles of all be worked out again.
function coverPage(cursor: string): HTMLElement {
  const cover = document.createElement('div');
  Object.assign(cover.style, { position: 'fixed', inset: '0', zIndex: '60', cursor });
  document.body.append(cover);
  return cover;
}

type Wanted = Pick<Press, 'begin' | 'click'> & { readonly isAtOnce?: boolean };

function pressOn(event: PointerEvent, host: HTMLElement): Wanted | undefined {
  const target = event.target instanceof Element ? event.target : undefined;
  if (!target || target.closest('[data-no-drag], button:not([data-clip])')) return undefined;
  if (target.closest('[data-ruler]')) return { isAtOnce: true, begin: (pointer) => new Scrubbing(hostNow([]), pointer) };
  const key = target.closest<HTMLElement>('[data-clip]')?.dataset['clip'];
  if (key === undefined) return target.closest('[data-tracks]') ? onNoClip(target.closest<HTMLElement>('[data-product]')?.dataset['product']) : undefined;
  const edge = target.closest<HTMLElement>('[data-edge]')?.dataset['edge'];
  return onClip(key, edge, event, host);
}

// A product's bar has no time of its own to be dragged in: a click selects the product, a drag begins a marquee as beside it.
function onNoClip(productOf: string | undefined): Wanted {
  const click = (): void => {
    selectClips([]);
    selectOnCanvas(productOf === undefined ? null : { kind: 'product', sceneId: productOf });
  };
  return { begin: (pointer) => new Marqueeing(hostNow([]), pointer, timelineNow().selection.keys), click };
}

function onClip(key: ClipKey, edge: string | undefined, event: PointerEvent, host: HTMLElement): Wanted {
  const clip = parseClipKey(key);
  const { tool } = timelineNow();
  const wasSelected = timelineNow().selection.keys.includes(key);
  if (tool === 'razor') return { begin: () => undefined, click: () => cut(key, frameUnder(event, host)) };
  if (tool === 'slip' && clip?.kind === 'scene') return { begin: (pointer) => { selectPressed(key, event); return new Slipping(hostNow([key]), pointer, clip.sceneId); }, click: () => selectPressed(key, event) };
  if (!wasSelected || event.shiftKey || event.ctrlKey || event.metaKey) selectPressed(key, event);
  const click = wasSelected && !event.shiftKey && !event.ctrlKey && !event.metaKey ? { click: () => setTimeline({ selection: selectOnly(key) }) } : {};
  return { begin: (pointer) => gestureOn(key, edge, pointer), ...click };
}

function gestureOn(key: ClipKey, edge: string | undefined, pointer: Pointer): Gesture | undefined {
  const clip = parseClipKey(key);
  const { selection, isRippling } = timelineNow();
  const keys = selection.keys.includes(key) ? selection.keys : [key];
  switch (clip?.kind) {
    case 'scene':
      if (edge === 'start' || edge === 'end') return new TrimmingScene(hostNow([key]), pointer, clip.sceneId, edge, !isRippling);
      return new ReorderingScenes(hostNow(keys), pointer, keys.flatMap((other) => { const named = parseClipKey(other); return named?.kind === 'scene' ? [named.sceneId] : []; }));
    case 'caption':
      if (edge === 'start' || edge === 'end') return new TrimmingCaption(hostNow([key]), pointer, clip, edge);
      return new MovingClips(hostNow(along(keys)), pointer, key, along(keys));
    case 'transition':
      return new StretchingTransition(hostNow([key]), pointer, clip.sceneId, edge === 'start' ? 'start' : 'end');
    case 'music':
      return edge === 'fadeIn' || edge === 'fadeOut' ? new Fading(hostNow([key]), pointer, edge === 'fadeIn' ? 'in' : 'out') : new MovingClips(hostNow([key]), pointer, key, [key]);
    case 'voice':
      return edge === 'start' ? new TrimmingVoice(hostNow([key]), pointer) : new MovingClips(hostNow([key]), pointer, key, [key]);
    case 'keyframe':
    case 'marker':
      return new MovingClips(hostNow(along(keys)), pointer, key, along(keys));
    case undefined:
      return undefined;
  }
}

// Scenes and transitions have no time of their own to be moved in.
function along(keys: readonly ClipKey[]): ClipKey[] {
  return keys.filter((key) => ['caption', 'keyframe', 'marker', 'voice'].includes(parseClipKey(key)?.kind ?? ''));
}

function selectPressed(key: ClipKey, event: PointerEvent): void {
  const project = projectNow();
  if (!project) return;
  const { selection } = timelineNow();
  if (event.shiftKey) setTimeline({ selection: selectThrough(selection, key, clipOrder(project, useStageSettings.getState().ratio)) });
  else setTimeline({ selection: event.ctrlKey || event.metaKey ? toggleSelected(selection, key) : selectOnly(key) });
}

function frameUnder(event: PointerEvent, host: HTMLElement): number {
  const { pxPerFrame, scrollPx } = viewportNow();
  return Math.round((event.clientX - host.getBoundingClientRect().left - HEADER_PX + scrollPx) / pxPerFrame);
}

function cut(key: ClipKey, frame: number): void {
  const clip = parseClipKey(key);
  if (clip?.kind === 'caption') editProject('splitCaption', (project) => splitCaption(project, clip, frame).project);
  else if (clip?.kind === 'scene') editProject('splitScene', (project) => splitScene(project, frame, clip.sceneId).project);
}

// What a gesture sees of the studio. `dragged` are its clips as the document knows them.
function hostNow(dragged: readonly ClipKey[]): GestureHost {
  const project = projectNow();
  if (!project) throw new Error('No project is open.');
  const { frame } = playbackNow();
  return {
    project, playhead: frame, isSnapping: timelineNow().isSnapping, select: selectClips, seek,
    show: (draft: Draft) => {
      if (draft === NOTHING) endDraft(projectNow() ?? project);
      else showDraft(project, draft, dragged);
      showHints(draft);
      showElsewhere(project, draft.project, draft.lookAt);
    },
    commit: (label, next, keys) => {
      if (editProject(label, (document) => (document === project ? next : rebased(document)))) selectClips(keys);
    },
    clipsIn: clipFinder(),
  };
}

// Someone else's edit has come in during the drag: the drag was made on another document and is not made.
function rebased(document: ReturnType<typeof projectNow> & object): typeof document {
  toast.info(stringsNow().timeline.changedMeanwhile);
  return document;
}

/** Boxes of the clips on the screen in pixels of the tracks, measured once as long as the same ones are shown. */
function clipFinder(): GestureHost['clipsIn'] {
  let boxes: { readonly key: ClipKey; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }[] = [];
  let measured = -1;
  return ({ left, top, right, bottom }) => {
    const shown = shownClips();
    if (shown.size !== measured) boxes = measure(shown);
    measured = shown.size;
    return boxes.filter((box) => box.left < right && box.right > left && box.top < bottom && box.bottom > top).map((box) => box.key);
  };
}

function measure(shown: ReadonlyMap<ClipKey, HTMLElement>) {
  const origin = [...shown.values()][0]?.closest('[data-timeline]')?.getBoundingClientRect();
  if (!origin) return [];
  return [...shown].flatMap(([key, element]) => {
    if (key === keyOf.music() || key === keyOf.voice() || key.startsWith('marker')) return [];
    const box = element.getBoundingClientRect();
    const left = box.left - origin.left - HEADER_PX;
    const top = box.top - origin.top;
    return [{ key, left, top, right: left + box.width, bottom: top + box.height }];
  });
}
