import { memo } from 'react';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { FrameThumbnail } from '../preview/frame-thumbnail.tsx';
import { SCENE_PX } from './metrics.ts';
import { useSettledZoom } from './use-settled-zoom.ts';

const STRIP_PX = SCENE_PX - 18;
/** Of one clip; zoomed in farther, they stand apart. */
const MOST = 16;

/** Frames of a scene in a row, as many as there is room for. */
export const SceneStrip = memo(function SceneStrip({ startFrame, durationFrames, ratio }: { readonly startFrame: number; readonly durationFrames: number; readonly ratio: Ratio }) {
  const zoom = useSettledZoom();
  const { width, height } = canvasSize(ratio);
  const thumbPx = Math.round((STRIP_PX * width) / height);
  const room = durationFrames * zoom;
  if (room < thumbPx / 2) return null;
  const count = Math.max(1, Math.min(MOST, Math.ceil(room / thumbPx)));
  return (
    <div aria-hidden className="absolute inset-x-0 bottom-0" style={{ height: STRIP_PX }}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="absolute top-0" style={{ left: count < MOST ? index * thumbPx : `${(index / count) * 100}%` }}>
          <FrameThumbnail ratio={ratio} frame={startFrame + Math.floor(((index + (count === 1 ? 0.4 : 0.5)) / count) * durationFrames)} width={thumbPx} />
        </div>
      ))}
    </div>
  );
});
