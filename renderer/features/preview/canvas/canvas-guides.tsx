/** Lines over the picture: safe zone, thirds, grid, and what a drag rests on. Pixels of the film; nothing here can be clicked. */
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useStageSettings } from '../stage-settings.ts';
import type { Guide } from './snapping.ts';
import { chosenZone, zoneOutline } from './zone-choice.ts';

const GRID_STEP = 60;

/** Guides of one canvas. */
export function CanvasGuides({ ratio, zoom, guides }: { readonly ratio: Ratio; readonly zoom: number; readonly guides: readonly Guide[] }) {
  const { width, height } = canvasSize(ratio);
  const hasThirds = useStageSettings((settings) => settings.hasThirds);
  const hasGrid = useStageSettings((settings) => settings.hasGrid);
  const zone = chosenZone(useStageSettings((settings) => settings.zone), ratio);
  const line = 1 / zoom;
  const lines = (count: number, step: number): number[] => Array.from({ length: count }, (_, index) => (index + 1) * step);
  return (
    <svg aria-hidden viewBox={`0 0 ${width} ${height}`} className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {hasGrid && (
        <g stroke="white" strokeOpacity={0.16} strokeWidth={line}>
          {lines(Math.floor(width / GRID_STEP), GRID_STEP).map((x) => <line key={`x${x}`} x1={x} x2={x} y1={0} y2={height} />)}
          {lines(Math.floor(height / GRID_STEP), GRID_STEP).map((y) => <line key={`y${y}`} x1={0} x2={width} y1={y} y2={y} />)}
        </g>
      )}
      {hasThirds && [{ color: 'black', wide: 3, share: 0.25 }, { color: 'white', wide: 1, share: 0.6 }].map(({ color, wide, share }) => (
        <g key={color} stroke={color} strokeOpacity={share} strokeWidth={line * wide}>
          {lines(2, width / 3).map((x) => <line key={`x${x}`} x1={x} x2={x} y1={0} y2={height} />)}
          {lines(2, height / 3).map((y) => <line key={`y${y}`} x1={0} x2={width} y1={y} y2={y} />)}
        </g>
      ))}
      {zone && (
        <>
          <path d={`M0 0H${width}V${height}H0Z${zoneOutline(zone)}`} fillRule="evenodd" fill="black" fillOpacity={0.38} />
          <path d={zoneOutline(zone)} fill="none" stroke="white" strokeOpacity={0.9} strokeWidth={line * 1.25} strokeDasharray={`${line * 5} ${line * 4}`} />
        </>
      )}
      <g className="stroke-focus" strokeWidth={line * 1.25}>
        {guides.map(({ axis, at }) => (axis === 'x' ? <line key={`x${at}`} x1={at} x2={at} y1={0} y2={height} /> : <line key={`y${at}`} x1={0} x2={width} y1={at} y2={at} />))}
      </g>
    </svg>
  );
}
