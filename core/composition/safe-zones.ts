/**
 * Where the platforms draw their own buttons and words over an advert. Text stays inside the zone of its ratio. Numbers are
 * pixels of the delivered canvas, each with where it comes from; the defaults are the intersections that suit every
 * placement of the ratio. A 9:16 zone is L-shaped: below `railFromY` the column of buttons takes more of the right side.
 */
import type { Ratio } from '../project/ratio.ts';
import type { Rect } from './layer.ts';

/** A zone free of platform furniture, with its evidence. */
export interface SafeZone {
  readonly ratio: Ratio;
  readonly name: string;
  readonly rect: Rect;
  /** From this row on, the zone ends at `railRight` instead of the right side of `rect`. */
  readonly rail?: { readonly fromY: number; readonly right: number };
  readonly source: string;
  readonly confidence: 'official' | 'third-party' | 'own';
  /** Day the source was read. */
  readonly checked: string;
}

const SAFE_ZONES: readonly SafeZone[] = [
  {
    ratio: '9:16', name: 'TikTok in-feed and Google vertical template', rect: { x: 120, y: 288, width: 840, height: 960 }, rail: { fromY: 840, right: 780 },
    source: 'intersection of the TikTok in-feed template (120,240 660×1020, rail from y=840) and Google 48,288 840×960', confidence: 'third-party', checked: '2026-11-21',
  },
  {
    ratio: '1:1', name: 'Google square template', rect: { x: 48, y: 105, width: 931, height: 585 },
    source: 'Google 1:1 ad template, 48,105 931×585', confidence: 'third-party', checked: '2026-11-21',
  },
  {
    ratio: '16:9', name: 'Google landscape template', rect: { x: 38, y: 183, width: 1720, height: 510 },
    source: 'Google 16:9 ad template, 38,183 1720×510', confidence: 'third-party', checked: '2026-11-21',
  },
];

/** The default zone for text in a ratio. */
export function safeZone(ratio: Ratio): SafeZone {
  const zone = SAFE_ZONES.find((candidate) => candidate.ratio === ratio);
  if (!zone) throw new RangeError(`no safe zone for ratio ${ratio}`);
  return zone;
}

/** True when a rectangle (canvas pixels) lies inside the zone, rail included. */
export function isInsideZone(zone: SafeZone, rect: Rect): boolean {
  const bottom = rect.y + rect.height;
  const right = rect.x + rect.width;
  const limit = zone.rail && bottom > zone.rail.fromY ? Math.min(zone.rail.right, zone.rect.x + zone.rect.width) : zone.rect.x + zone.rect.width;
  return rect.x >= zone.rect.x && rect.y >= zone.rect.y && right <= limit && bottom <= zone.rect.y + zone.rect.height;
}
