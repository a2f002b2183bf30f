/**
 * The zone of a ratio that is free of platform furniture on every placement: text stays inside it. The numbers and their evidence stand
 * in `core/placements/zones.ts`. A 9:16 zone is L-shaped: from its rail's row on, the column of buttons takes more of the right side.
 */
import { DEFAULT_ZONES, zoneById } from '../placements/zones.ts';
import type { Zone } from '../placements/schema.ts';
import type { Ratio } from '../project/ratio.ts';
import type { Rect } from './layer.ts';

/** A zone free of platform furniture, with its evidence. */
export type SafeZone = Zone;

/** The default zone for text in a ratio. */
export function safeZone(ratio: Ratio): SafeZone {
  return zoneById(DEFAULT_ZONES[ratio]);
}

/** True when a rectangle (canvas pixels) lies inside the zone, rail included. */
export function isInsideZone(zone: Pick<SafeZone, 'rect' | 'rail'>, rect: Rect): boolean {
  const bottom = rect.y + rect.height;
  const right = rect.x + rect.width;
  const limit = zone.rail && bottom > zone.rail.fromY ? Math.min(zone.rail.right, zone.rect.x + zone.rect.width) : zone.rect.x + zone.rect.width;
  return rect.x >= zone.rect.x && rect.y >= zone.rect.y && right <= limit && bottom <= zone.rect.y + zone.rect.height;
}
