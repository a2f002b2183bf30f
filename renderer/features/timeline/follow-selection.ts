/** Timeline and canvas show the same things: what is selected in one is selected in the other. What is gone is selected in neither. */
import { useEffect } from 'react';
import { keyOf, parseClipKey } from '../../editor/clip-key.ts';
import { clipOrder, pruneSelection } from '../../editor/selection.ts';
import { selectOnCanvas, subscribeCanvasSelection } from '../preview/canvas/canvas-selection.ts';
import { useStageSettings } from '../preview/stage-settings.ts';
import { subscribeProject } from '../project/project-store.ts';
import { selectClips, setTimeline, subscribeTimeline, timelineNow } from './timeline-store.ts';
import { fit } from './viewport.ts';

/** Keeps both in step while the timeline is shown. */
export function useFollowedSelection(): void {
  useEffect(() => {
    const stops = [
      subscribeTimeline((state, before) => state.selection !== before.selection && showOnCanvas(state.selection.keys)),
      subscribeCanvasSelection((target) => {
        if (target === null) {
          if (timelineNow().selection.keys.some(isOnCanvas)) selectClips([]);
        } else if (target.kind === 'caption') selectClips([keyOf.caption(target.sceneId, target.captionId)]);
        else if (!timelineNow().selection.keys.some((key) => key.startsWith(`keyframe:${target.sceneId}:`))) selectClips([]);
      }),
      subscribeProject((document) => {
        const { selection, isFitted } = timelineNow();
        const pruned = pruneSelection(selection, clipOrder(document, useStageSettings.getState().ratio));
        if (pruned !== selection) setTimeline({ selection: pruned });
        if (isFitted) fit();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
}

function showOnCanvas(keys: readonly string[]): void {
  const clip = keys.length === 1 ? parseClipKey(keys[0] ?? '') : undefined;
  if (clip?.kind === 'caption') selectOnCanvas({ kind: 'caption', sceneId: clip.sceneId, captionId: clip.captionId });
  else if (clip?.kind === 'keyframe') selectOnCanvas({ kind: 'product', sceneId: clip.sceneId });
  else if (keys.length > 0) selectOnCanvas(null);
}

function isOnCanvas(key: string): boolean {
  return key.startsWith('caption') || key.startsWith('keyframe');
}
