import { useEffect, useRef } from 'react';
import { playbackNow, subscribeFrame } from '../preview/playback.ts';
import { formatTimecode } from '../preview/timecode.ts';
import { useFps } from './use-fps.ts';

/** The playhead's timecode; written without drawing a component, for it changes with every frame. */
export function CurrentTime() {
  const text = useRef<HTMLSpanElement>(null);
  const fps = useFps();
  useEffect(() => {
    const write = (frame: number): void => void (text.current && (text.current.textContent = formatTimecode(frame, fps)));
    write(playbackNow().frame);
    return subscribeFrame(write);
  }, [fps]);
  return <span ref={text} className="font-medium tabular-nums" />;
}
