/** Facebook and Instagram. All numbers are third parties' quotes, and some contradict each other: nothing here refuses. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { GB, MARGINS, USUAL } from './common.ts';

const COMMON = {
  ...USUAL,
  platform: 'meta',
  codecs: { video: ['h264'], audio: ['aac'], ...SOURCES.metaTools },
  sizeBytes: { min: [], max: [bound(4 * GB, SOURCES.metaTools)] },
  rates: [{ values: ['30', '29.97', '25'], ...SOURCES.metaTools }],
  audio: { minBitrate: [bound(128_000, SOURCES.metaTools)] },
  rules: { ...USUAL.rules, noEditLists: SOURCES.metaTools, faststart: SOURCES.metaTools, startsMuted: SOURCES.metaTools },
} satisfies Partial<Placement>;

const VERTICAL = { values: ['9:16'], ...SOURCES.metaTools } satisfies Placement['ratios'];
const ZONES = { ...MARGINS, '9:16': 'meta-9x16' } as const;

/** Meta's placements. */
export const META: readonly Placement[] = [
  {
    ...COMMON, id: 'meta-feed', name: 'Facebook and Instagram feed', ratios: { values: ['1:1', '9:16', '16:9'], ...SOURCES.metaTools }, notDelivered: ['4:5, 1080 × 1350 (preferred)'],
    length: { min: [bound(1, SOURCES.metaTools)], max: [bound(241 * 60, SOURCES.metaTools)], recommended: { from: 1, to: 15, ...SOURCES.metaTools } },
  },
  {
    ...COMMON, id: 'meta-reels', name: 'Reels', ratios: VERTICAL, zones: ZONES,
    length: { min: [bound(0.5, SOURCES.metaTools)], max: [], recommended: { from: 0.5, to: 15, ...SOURCES.metaTools } },
  },
  {
    ...COMMON, id: 'meta-stories', name: 'Stories', ratios: VERTICAL, zones: ZONES,
    length: { min: [], max: [bound(120, SOURCES.metaTools), bound(3600, SOURCES.metaLength)], recommended: { from: 1, to: 15, ...SOURCES.metaTools } },
  },
];
