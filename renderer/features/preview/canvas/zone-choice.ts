/** Which safe zone is drawn over a ratio. Pure. */
import { DEFAULT_ZONES, zoneById, ZONES } from '#core/placements/zones.ts';
import type { Ratio } from '#core/project/ratio.ts';

type Zone = (typeof ZONES)[number];

/** The zone that was chosen; one of another ratio stands for the usual one of this; undefined when none is wanted. */
export function chosenZone(choice: string, ratio: Ratio): Zone | undefined {
  if (choice === 'off') return undefined;
  return ZONES.find((zone) => zone.id === choice && zone.ratio === ratio) ?? zoneById(DEFAULT_ZONES[ratio]);
}

/** Zones that can be chosen for a ratio. */
export function zonesOf(ratio: Ratio): readonly Zone[] {
  return ZONES.filter((zone) => zone.ratio === ratio);
}

/** The outline of a zone, as an SVG path in pixels of the film; an L where buttons stand in a column at the right. */
export function zoneOutline({ rect, rail }: Pick<Zone, 'rect' | 'rail'>): string {
  const [right, bottom] = [rect.x + rect.width, rect.y + rect.height];
  if (!rail || rail.right >= right) return `M${rect.x} ${rect.y}H${right}V${bottom}H${rect.x}Z`;
  return `M${rect.x} ${rect.y}H${right}V${rail.fromY}H${rail.right}V${bottom}H${rect.x}Z`;
}
