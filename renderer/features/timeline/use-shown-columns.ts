/** Which scenes are near what can be seen; the others are not drawn. */
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { visibleFrames } from '../../editor/geometry.ts';
import { subscribeViewport, viewportNow } from './viewport.ts';

/** Drawn beyond the edges, so that scrolling and drags do not come upon nothing. */
const MARGIN_PX = 600;

/** Indices of scenes to draw; the same set as long as nothing changes. */
export function useShownColumns(spans: readonly SceneSpan[]): ReadonlySet<number> {
  const last = useRef<ReadonlySet<number>>(new Set());
  const read = useCallback(() => {
    const { startFrame, endFrame } = visibleFrames(viewportNow(), MARGIN_PX);
    const next = spans.filter((span) => span.endFrame >= startFrame && span.startFrame <= endFrame).map((span) => span.index);
    if (next.length !== last.current.size || next.some((index) => !last.current.has(index))) last.current = new Set(next);
    return last.current;
  }, [spans]);
  return useSyncExternalStore(subscribeViewport, read);
}
