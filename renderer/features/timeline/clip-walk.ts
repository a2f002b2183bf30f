/** Arrow keys from clip to clip: left and right in reading order, up and down among clips of the same kind. */
import type { KeyboardEvent } from 'react';
import { parseClipKey } from '../../editor/clip-key.ts';
import type { ClipKey } from '../../editor/clip-key.ts';
import { clipOrder, extentOf, selectOnly, selectThrough } from '../../editor/selection.ts';
import { useStageSettings } from '../preview/stage-settings.ts';
import { projectNow } from '../project/project-store.ts';
import { elementOf } from './clip-elements.ts';
import { setTimeline, timelineNow } from './timeline-store.ts';
import { reveal } from './viewport.ts';

const STEPS: Readonly<Record<string, readonly [by: number, isSameKind: boolean]>> = { ArrowLeft: [-1, false], ArrowRight: [1, false], ArrowUp: [-1, true], ArrowDown: [1, true], Home: [Number.NEGATIVE_INFINITY, false], End: [Number.POSITIVE_INFINITY, false] };

/** For `onKeyDown` of the tracks. */
export function walkClips(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const project = projectNow();
  if (!step || !project || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const order = clipOrder(project, useStageSettings.getState().ratio);
  const { selection } = timelineNow();
  const next = nextClip(order, selection.keys.at(-1), step);
  if (next === undefined) return;
  setTimeline({ selection: event.shiftKey ? selectThrough(selection, next, order) : selectOnly(next) });
  reveal(extentOf(project, next)?.startFrame ?? 0);
  // Scrolled there, it may be drawn only now.
  requestAnimationFrame(() => elementOf(next)?.focus({ preventScroll: true }));
}

/** The clip that a step leads to; the first or last one when it would lead beyond. */
export function nextClip(order: readonly ClipKey[], from: ClipKey | undefined, [by, isSameKind]: readonly [number, boolean]): ClipKey | undefined {
  const kind = from === undefined ? undefined : parseClipKey(from)?.kind;
  const reachable = isSameKind && kind ? order.filter((key) => parseClipKey(key)?.kind === kind) : order;
  const at = from === undefined ? -1 : reachable.indexOf(from);
  if (at === -1) return by > 0 && Number.isFinite(by) ? reachable[0] : reachable[by === Number.POSITIVE_INFINITY ? reachable.length - 1 : 0];
  return reachable[Math.max(0, Math.min(reachable.length - 1, at + by))];
}
