/** What a drag says while it lasts: how far it has come, where an edge has caught, the rectangle of a selection, the gap for scenes. Plain elements. */
import { sceneSpans } from '#core/composition/timeline.ts';
import { keyOf } from '../../editor/clip-key.ts';
import type { Draft } from '../../editor/gestures/gesture.ts';
import { extentOf } from '../../editor/selection.ts';
import { stringsNow } from '../../strings/index.ts';
import { projectNow } from '../project/project-store.ts';
import { HEADER_PX } from './metrics.ts';
import { viewportNow } from './viewport.ts';

interface HintElements {
  readonly label: HTMLElement;
  readonly words: HTMLElement;
  readonly line: HTMLElement;
  readonly marquee: HTMLElement;
  readonly gap: HTMLElement;
}

let parts: HintElements | undefined;

/** Takes the elements over that show hints; answers how to let them go. */
export function attachHints(elements: HintElements): () => void {
  parts = elements;
  return () => void (parts = undefined);
}

/** Shows what a draft has to say; an empty one hides everything. */
export function showHints(draft: Draft): void {
  if (!parts) return;
  const { pxPerFrame } = viewportNow();
  const project = draft.project ?? projectNow();
  const key = draft.keys[0];
  const extent = key !== undefined && project ? extentOf(project, key) : undefined;
  show(parts.label, extent !== undefined && !draft.marquee && draft.dropIndex === undefined, extent ? HEADER_PX + extent.startFrame * pxPerFrame : 0);
  if (extent) {
    // Of a scene or caption its length is wanted; sounds have none of their own in the film, keyframes and markers none at all.
    const length = extent.endFrame - extent.startFrame;
    const hasLength = length > 1 && key !== keyOf.music() && key !== keyOf.voice();
    const words = stringsNow().timeline.dragged(draft.frames, (hasLength ? length : Math.abs(draft.frames)) / fpsOf());
    if (parts.words.textContent !== words) parts.words.textContent = words;
  }
  show(parts.line, draft.snappedTo !== null, HEADER_PX + (draft.snappedTo?.frame ?? 0) * pxPerFrame);
  show(parts.gap, draft.dropIndex !== undefined, HEADER_PX + gapFrame(draft) * pxPerFrame);
  const { marquee } = draft;
  show(parts.marquee, marquee !== undefined, HEADER_PX + (marquee?.left ?? 0), marquee?.top ?? 0);
  if (marquee) Object.assign(parts.marquee.style, { width: `${marquee.right - marquee.left}px`, height: `${marquee.bottom - marquee.top}px` });
}

// Where the moved scenes begin in the draft.
function gapFrame({ project, keys }: Draft): number {
  if (!project || keys[0] === undefined) return 0;
  return sceneSpans(project).find(({ scene }) => keys[0] === `scene:${scene.id}`)?.startFrame ?? 0;
}

function fpsOf(): number {
  const { num, den } = projectNow()?.timebase ?? { num: 30, den: 1 };
  return num / den;
}

function show(element: HTMLElement, isShown: boolean, x: number, y = 0): void {
  element.style.visibility = isShown ? 'visible' : 'hidden';
  if (isShown) element.style.transform = `translate(${x}px, ${y}px)`;
}
