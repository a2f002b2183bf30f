/** Transitions dragged out of the toolbar's list onto a cut. */
import type { DragEvent } from 'react';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { transitionSchema } from '#core/project/schema.ts';
import type { Transition } from '#core/project/schema.ts';
import { keyOf } from '../../editor/clip-key.ts';
import { setTransition } from '../../editor/transition-edits.ts';
import { editProject } from '../project/project-store.ts';
import { elementOf } from './clip-elements.ts';
import { useDropMark } from './drop-mark.ts';
import { HEADER_PX } from './metrics.ts';
import { selectClips } from './timeline-store.ts';
import { viewportNow } from './viewport.ts';

/** The kind of data that a dragged transition is. */
export const TRANSITION_TYPE = 'application/x-adgen-transition';

/** Puts a transition after a scene and selects it. */
export function applyTransition(sceneId: string, kind: Transition['kind']): void {
  if (editProject('transition', (project) => setTransition(project, sceneId, kind))) selectClips([keyOf.transition(sceneId)]);
}

/** Handlers for the scroller: a dragged transition falls onto the nearest cut. */
export function useTransitionDrop(spans: readonly SceneSpan[]) {
  const { mark, onDragLeave } = useDropMark();
  const nearest = (event: DragEvent): SceneSpan | undefined => {
    const { pxPerFrame, scrollPx } = viewportNow();
    const frame = (event.clientX - event.currentTarget.getBoundingClientRect().left - HEADER_PX + scrollPx) / pxPerFrame;
    const cuts = spans.slice(0, -1);
    return cuts.reduce<SceneSpan | undefined>((best, span) => (!best || Math.abs(span.endFrame - frame) < Math.abs(best.endFrame - frame) ? span : best), undefined);
  };
  const isOurs = (event: DragEvent): boolean => event.dataTransfer.types.includes(TRANSITION_TYPE);
  const hover = (event: DragEvent): void => {
    if (!isOurs(event)) return;
    event.preventDefault();
    const span = nearest(event);
    mark(span && elementOf(keyOf.transition(span.scene.id)));
  };
  return {
    onDragEnter: hover,
    onDragOver: hover,
    onDragLeave,
    onDrop: (event: DragEvent) => {
      mark(undefined);
      if (!isOurs(event)) return;
      event.preventDefault();
      const span = nearest(event);
      const kind = transitionSchema.shape.kind.safeParse(event.dataTransfer.getData(TRANSITION_TYPE)).data;
      if (span && kind) applyTransition(span.scene.id, kind);
    },
  };
}
