import { useEffect, useRef } from 'react';
import { visibleFrames } from '../../editor/geometry.ts';
import { playbackNow, subscribeFrame } from '../preview/playback.ts';
import { HEADER_PX } from './metrics.ts';
import { reveal, setPlayheadSource, viewportNow } from './viewport.ts';

/** The line at the frame that is shown. Moved by transform, thirty times a second; the timeline follows while it plays. */
export function Playhead() {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    setPlayheadSource(() => playbackNow().frame);
    const place = (frame: number): void => {
      line.current?.style.setProperty('--s', String(frame));
      const { startFrame, endFrame } = visibleFrames(viewportNow());
      if (playbackNow().isPlaying && (frame > endFrame - 1 || frame < startFrame)) reveal(frame);
    };
    place(playbackNow().frame);
    return subscribeFrame(place);
  }, []);
  return (
    <div ref={line} aria-hidden className="pointer-events-none absolute inset-y-0 left-0 z-[15] w-px bg-accent" style={{ '--s': 0, marginLeft: HEADER_PX, transform: 'translateX(calc(var(--s) * var(--px)))', willChange: 'transform' }}>
      <div className="sticky top-0 -ml-[5px] h-[11px] w-[11px] bg-accent [clip-path:polygon(0_0,100%_0,100%_55%,50%_100%,0_55%)]" />
    </div>
  );
}
