import { zoneFor } from '#core/placements/zones.ts';
import type { Placement } from '#core/placements/schema.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** A ratio as a little picture; with a placement, its safe zone in it. Decoration: what it shows stands beside it in words. */
export function ZonePicture({ ratio, placement, height = 30 }: { readonly ratio: Ratio; readonly placement?: Placement; readonly height?: number }) {
  const { width: canvasWidth, height: canvasHeight } = canvasSize(ratio);
  const zone = placement && zoneFor(placement.zones, ratio);
  const tall = ratio === '16:9' ? height * 0.62 : height;
  return (
    <svg aria-hidden viewBox={`0 0 ${canvasWidth} ${canvasHeight}`} style={{ height: tall, width: (tall * canvasWidth) / canvasHeight }} className="shrink-0 rounded-[3px] bg-sunken">
      <rect x={12} y={12} width={canvasWidth - 24} height={canvasHeight - 24} rx={40} fill="none" stroke="currentColor" strokeWidth={48} className="text-line-strong" />
      {zone && <path d={outline(zone.rect, zone.rail)} className="fill-accent/35" />}
    </svg>
  );
}

/** The zone as a path; with a rail of buttons it is an L. */
function outline({ x, y, width, height }: { x: number; y: number; width: number; height: number }, rail?: { fromY: number; right: number }): string {
  const [right, bottom] = [x + width, y + height];
  if (!rail) return `M${x} ${y}H${right}V${bottom}H${x}Z`;
  return `M${x} ${y}H${right}V${rail.fromY}H${rail.right}V${bottom}H${x}Z`;
}
