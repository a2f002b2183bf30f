/** Arrow keys from clip to clip: left and right in reading order, up and down among clips of the same kind. */
import type { KeyboardEvent } from 'react';
import { clipOrder, extentOf, nextClip, selectOnly, selectThrough } from '../../editor/selection.ts';
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
