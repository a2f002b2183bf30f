/** The scroller with everything that scrolls in it: ruler, markers, tracks, playhead, hints. Times become pixels in CSS (`--px`), so zooming draws no component. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { sceneSpans } from '#core/composition/timeline.ts';
import { END_ROOM_PX } from '../../editor/geometry.ts';
import { useStrings } from '../../strings/index.ts';
import { useActiveRatio } from '../preview/stage-settings.ts';
import { useProjectSelector } from '../project/project-store.ts';
import { ClipMenu } from './clip-menu.tsx';
import { walkClips } from './clip-walk.ts';
import { attachDrags } from './drag-controller.ts';
import { attachHints } from './drag-hints.ts';
import { MarkersLane } from './markers-lane.tsx';
import { captionRowsOf, HEADER_PX, MARKERS_PX, RULER_PX, trackTops } from './metrics.ts';
import { Playhead } from './playhead.tsx';
import { Ruler } from './ruler.tsx';
import { SceneColumn } from './scene-column.tsx';
import { MusicClip, VoiceClip } from './sound-clips.tsx';
import { timelineNow } from './timeline-store.ts';
import { TrackHeaders } from './track-headers.tsx';
import { useTransitionDrop } from './transition-drop.ts';
import { useShownColumns } from './use-shown-columns.ts';
import { attachScroller, zoom } from './viewport.ts';

/** The timeline without its toolbar. */
export function TrackLayout() {
  const { timeline } = useStrings();
  const scroller = useRef<HTMLDivElement>(null);
  const scenes = useProjectSelector((document) => document.scenes);
  const durationFrames = useProjectSelector((document) => document.durationFrames);
  const ratio = useActiveRatio();
  const spans = useMemo(() => sceneSpans({ scenes }), [scenes]);
  const tops = useMemo(() => trackTops(captionRowsOf(scenes)), [scenes]);
  const shown = useShownColumns(spans);
  const drop = useTransitionDrop(spans);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const stops = [attachScroller(element), attachDrags(element), listenToWheel(element)];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <ClipMenu>
      <div ref={scroller} {...drop} className="relative min-h-0 flex-1 overflow-auto bg-sunken select-none" style={{ '--px': `${timelineNow().pxPerFrame}px` }}>
        <div data-timeline className="relative flex min-h-full" style={{ width: `calc(${durationFrames} * var(--px) + ${HEADER_PX + END_ROOM_PX}px)`, minWidth: '100%' }}>
          <TrackHeaders tops={tops} />
          <div className="relative min-w-0 flex-1">
            <Ruler durationFrames={durationFrames} />
            <MarkersLane />
            <div data-tracks data-takes-arrows role="group" aria-label={timeline.clips} aria-description={timeline.clipsHint} tabIndex={0} onKeyDown={walkClips} className="relative outline-offset-[-2px]" style={{ height: tops.height }}>
              <Lanes tops={tops} />
              {spans.map((span) => shown.has(span.index) && <SceneColumn key={span.scene.id} scene={span.scene} previous={spans[span.index - 1]?.scene} index={span.index} startFrame={span.startFrame} overlapIn={span.overlapIn} overlapOut={span.overlapOut} tops={tops} ratio={ratio} />)}
              <MusicClip top={tops.music} durationFrames={durationFrames} />
              <VoiceClip top={tops.voice} durationFrames={durationFrames} />
            </div>
          </div>
          <Playhead />
          <Hints />
        </div>
      </div>
    </ClipMenu>
  );
}

function Lanes({ tops }: { readonly tops: ReturnType<typeof trackTops> }) {
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {[tops.product, tops.captions, tops.music, tops.voice].map((top) => <div key={top} className="absolute inset-x-0 h-px bg-line/70" style={{ top: top - 3 }} />)}
    </div>
  );
}

function Hints() {
  const [label, setLabel] = useState<HTMLElement | null>(null);
  const [words, setWords] = useState<HTMLElement | null>(null);
  const [line, setLine] = useState<HTMLElement | null>(null);
  const [marquee, setMarquee] = useState<HTMLElement | null>(null);
  const [gap, setGap] = useState<HTMLElement | null>(null);
  useEffect(() => (label && words && line && marquee && gap ? attachHints({ label, words, line, marquee, gap }) : undefined), [label, words, line, marquee, gap]);
  const place = 'pointer-events-none invisible absolute left-0 top-0 will-change-transform';
  return (
    <div aria-hidden>
      <div ref={setLine} className={`${place} z-30 w-px bg-focus`} style={{ height: '100%' }} />
      <div ref={setGap} className={`${place} z-30 -ml-0.5 w-1 rounded bg-accent`} style={{ height: '100%' }} />
      <div ref={setMarquee} className={`${place} z-30 rounded-sm border border-focus bg-focus/15`} />
      {/* Of fixed size, so that other words in it concern nothing around it. */}
      <div ref={setLabel} className={`${place} z-40 h-5 w-64 contain-strict`} style={{ marginTop: RULER_PX + MARKERS_PX - 16 }}>
        <span ref={setWords} className="inline-block rounded bg-text px-1.5 py-0.5 text-[11px] leading-4 whitespace-pre text-canvas tabular-nums" />
      </div>
    </div>
  );
}

// Ctrl or pinch zooms round the pointer; the wheel alone scrolls along the time when there is nothing to scroll down.
function listenToWheel(element: HTMLElement): () => void {
  const wheel = (event: WheelEvent): void => {
    const box = element.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(timelineNow().pxPerFrame * 1.0035 ** -event.deltaY, event.clientX - box.left - HEADER_PX);
    } else if (event.deltaX === 0 && !event.shiftKey && element.scrollHeight <= element.clientHeight) {
      event.preventDefault();
      element.scrollLeft += event.deltaY;
    }
  };
  element.addEventListener('wheel', wheel, { passive: false });
  return () => element.removeEventListener('wheel', wheel);
}
