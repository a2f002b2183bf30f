import { useEffect, useState } from 'react';
import { subscribeTimeline, timelineNow } from './timeline-store.ts';

const QUIET_MS = 160;

/** The zoom once it has come to rest, for what is too dear to be drawn at every step (thumbnails). */
export function useSettledZoom(): number {
  const [zoom, setZoom] = useState(() => timelineNow().pxPerFrame);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribeTimeline((state, before) => {
      if (state.pxPerFrame === before.pxPerFrame) return;
      clearTimeout(timer);
      timer = setTimeout(() => setZoom(state.pxPerFrame), QUIET_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return zoom;
}
