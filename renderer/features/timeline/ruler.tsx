import { frameToX, ticksFor, visibleFrames } from '../../editor/geometry.ts';
import { useStrings } from '../../strings/index.ts';
import { usePlaybackSelector } from '../preview/playback.ts';
import { formatTimecode } from '../preview/timecode.ts';
import { RULER_PX } from './metrics.ts';
import { useDrawing } from './use-drawing.ts';
import { useFps } from './use-fps.ts';

/** Timecode along the top; pressing it puts the playhead there. Shows what is looped. */
export function Ruler({ durationFrames }: { readonly durationFrames: number }) {
  const { timeline } = useStrings();
  const fps = useFps();
  const { inFrame, outFrame } = usePlaybackSelector((playback) => ({ inFrame: playback.inFrame, outFrame: playback.outFrame }));
  const canvas = useDrawing((context, view, height, color) => {
    const x = (frame: number): number => Math.round(frameToX(view, frame)) + 0.5;
    const { labelled, small } = ticksFor(view.pxPerFrame, Math.round(fps));
    const { startFrame, endFrame } = visibleFrames(view, 80);
    context.fillStyle = color;
    context.strokeStyle = color;
    if (inFrame !== null || outFrame !== null) {
      const [from, to] = [x(inFrame ?? 0), x((outFrame ?? durationFrames - 1) + 1)];
      context.globalAlpha = 0.22;
      context.fillRect(from, 0, to - from, height);
      context.globalAlpha = 1;
      context.fillRect(from - 1, 0, 2, height);
      context.fillRect(to - 1, 0, 2, height);
    }
    context.font = '11px "Inter Variable", system-ui, sans-serif';
    for (let frame = Math.max(0, Math.floor(startFrame / small) * small); frame <= endFrame; frame += small) {
      const isLabelled = frame % labelled === 0;
      context.globalAlpha = frame > durationFrames ? 0.25 : isLabelled ? 0.7 : 0.35;
      context.fillRect(x(frame) - 0.5, height - (isLabelled ? 9 : 4), 1, isLabelled ? 9 : 4);
      if (!isLabelled) continue;
      context.globalAlpha = frame > durationFrames ? 0.45 : 1;
      context.fillText(formatTimecode(frame, fps), x(frame) + 4, height - 12);
    }
    context.globalAlpha = 1;
  }, RULER_PX, [durationFrames, fps, inFrame, outFrame]);
  return (
    <div data-ruler title={timeline.title} className="sticky top-0 z-[12] cursor-ew-resize border-b border-line bg-surface" style={{ height: RULER_PX }}>
      <canvas ref={canvas} aria-hidden className="absolute top-0 left-0 text-muted" style={{ height: RULER_PX }} />
    </div>
  );
}
