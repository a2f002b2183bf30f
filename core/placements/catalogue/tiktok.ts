/** TikTok. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { MB, MARGINS, USUAL } from './common.ts';

const RATIOS = { values: ['9:16', '1:1', '16:9'], ...SOURCES.tiktokAds } satisfies Placement['ratios'];
const CODECS = { video: ['h264'], audio: ['aac'], ...SOURCES.tiktokAds };
const ZONES = { ...MARGINS, '9:16': 'tiktok-9x16' } as const;

/** TikTok's placements. */
export const TIKTOK: readonly Placement[] = [
  {
    ...USUAL, id: 'tiktok-infeed', platform: 'tiktok', name: 'In-feed', ratios: RATIOS, codecs: CODECS, zones: ZONES,
    length: { min: [bound(5, SOURCES.tiktokAds)], max: [bound(60, SOURCES.tiktokAds), bound(600, SOURCES.adsights)], recommended: { from: 21, to: 34, ...SOURCES.tiktokAds } },
    sizeBytes: { min: [], max: [bound(500 * MB, SOURCES.tiktokAds)] },
    bitrate: { min: [bound(516_000, SOURCES.tiktokAds)] },
  },
  { ...USUAL, id: 'tiktok-spark', platform: 'tiktok', name: 'Spark (from a post)', ratios: RATIOS, codecs: CODECS, zones: ZONES, length: { min: [], max: [] } },
];
