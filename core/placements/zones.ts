/**
 * Where the platforms draw their own buttons and words over an advert, in pixels of the delivered canvas. The layout keeps words inside
 * the zone that suits every placement of a ratio (`core/composition/safe-zones.ts`); pre-flight looks at the one of each placement.
 */
import type { Ratio } from '../project/ratio.ts';
import { SOURCES } from './evidence.ts';
import type { Zone } from './schema.ts';

/** All zones, by id. */
export const ZONES: readonly Zone[] = [
  { id: 'universal-9x16', ratio: '9:16', name: 'TikTok in-feed and Google vertical template', rect: { x: 120, y: 288, width: 840, height: 960 }, rail: { fromY: 840, right: 780 }, ...SOURCES.intersection },
  { id: 'tiktok-9x16', ratio: '9:16', name: 'TikTok in-feed', rect: { x: 120, y: 240, width: 840, height: 1020 }, rail: { fromY: 840, right: 780 }, ...SOURCES.tiktokTemplate },
  { id: 'tiktok-9x16-rtl', ratio: '9:16', name: 'TikTok in-feed, right to left', rect: { x: 300, y: 240, width: 660, height: 1020 }, ...SOURCES.tiktokTemplate },
  { id: 'meta-9x16', ratio: '9:16', name: 'Reels and Stories', rect: { x: 65, y: 269, width: 950, height: 979 }, rail: { fromY: 1152, right: 853 }, ...SOURCES.metaZone },
  { id: 'shorts-9x16', ratio: '9:16', name: 'YouTube Shorts', rect: { x: 0, y: 192, width: 972, height: 1248 }, ...SOURCES.shortsZone },
  { id: 'google-9x16', ratio: '9:16', name: 'Google vertical template', rect: { x: 48, y: 288, width: 840, height: 960 }, ...SOURCES.googleTemplates },
  { id: 'snapchat-9x16', ratio: '9:16', name: 'Snapchat', rect: { x: 0, y: 150, width: 1080, height: 1620 }, ...SOURCES.snapchatPdf },
  { id: 'margin-9x16', ratio: '9:16', name: 'Margins, vertical', rect: { x: 60, y: 60, width: 960, height: 1770 }, ...SOURCES.studio },
  { id: 'google-1x1', ratio: '1:1', name: 'Google square template', rect: { x: 48, y: 105, width: 931, height: 585 }, ...SOURCES.googleTemplates },
  { id: 'margin-1x1', ratio: '1:1', name: 'Margins, square', rect: { x: 48, y: 48, width: 984, height: 984 }, ...SOURCES.studio },
  { id: 'google-16x9', ratio: '16:9', name: 'Google landscape template', rect: { x: 38, y: 183, width: 1720, height: 510 }, ...SOURCES.googleTemplates },
  { id: 'margin-16x9', ratio: '16:9', name: 'Margins, landscape', rect: { x: 38, y: 54, width: 1844, height: 972 }, ...SOURCES.studio },
];

/** The zone that suits every placement of a ratio; layouts keep to it. */
export const DEFAULT_ZONES: Readonly<Record<Ratio, string>> = { '9:16': 'universal-9x16', '1:1': 'google-1x1', '16:9': 'google-16x9' };

/** A zone by its id. Throws RangeError for one that is not there. */
export function zoneById(id: string): Zone {
  const zone = ZONES.find((candidate) => candidate.id === id);
  if (!zone) throw new RangeError(`no safe zone ${id}`);
  return zone;
}

/** Words in these languages run from right to left, and some platforms mirror their furniture for them. */
const RIGHT_TO_LEFT = /^(ar|he|iw|fa|ur|ps|yi|dv|ckb)\b/i;

/** The zone of a placement for a ratio and a language, if there is one. */
export function zoneFor(zones: Readonly<Partial<Record<Ratio, string>>>, ratio: Ratio, language = ''): Zone | undefined {
  const id = zones[ratio];
  if (id === undefined) return undefined;
  const mirrored = RIGHT_TO_LEFT.test(language) ? ZONES.find((zone) => zone.id === `${id}-rtl`) : undefined;
  return mirrored ?? zoneById(id);
}
