/** Google Ads and Display & Video 360. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { GB, MBIT, USUAL } from './common.ts';

const ZONES = { '9:16': 'google-9x16', '16:9': 'google-16x9', '1:1': 'google-1x1' } as const;
const ALL = { values: ['16:9', '1:1', '9:16'], ...SOURCES.googleAssets } satisfies Placement['ratios'];
const BY_YOUTUBE = {
  ...USUAL,
  platform: 'google', ratios: ALL, notDelivered: ['4:5, 1080 × 1350'], zones: ZONES,
  sizeBytes: { min: [], max: [bound(256 * GB, SOURCES.googleAssets)] },
  bitrate: { min: [], recommended: bound(8 * MBIT, SOURCES.youtubeUpload) },
  rules: { ...USUAL.rules, noEditLists: SOURCES.youtubeUpload, faststart: SOURCES.youtubeUpload },
} satisfies Partial<Placement>;

/** Google's placements besides YouTube. */
export const GOOGLE: readonly Placement[] = [
  { ...BY_YOUTUBE, id: 'google-demand-gen', name: 'Demand Gen', length: { min: [], max: [] } },
  { ...BY_YOUTUBE, id: 'google-app', name: 'App campaigns', length: { min: [], max: [], recommended: { from: 10, to: 60, ...SOURCES.googleAssets } } },
  {
    ...USUAL, id: 'dv360', platform: 'google', name: 'Display & Video 360', ratios: { values: ['16:9', '9:16', '1:1'], ...SOURCES.dv360 }, zones: ZONES,
    length: { min: [], max: [], exact: { values: [15, 30], inSomeMarkets: [], ...SOURCES.dv360 } },
    sizeBytes: { min: [], max: [bound(GB, SOURCES.dv360)] },
    bitrate: { min: [bound(20 * MBIT, SOURCES.dv360)], recommended: bound(24 * MBIT, SOURCES.studio) },
    rates: [{ values: ['29.97'], ...SOURCES.dv360 }],
    codecs: { video: ['h264'], audio: ['aac', 'pcm_s16le', 'pcm_s24le'], ...SOURCES.dv360 },
    audio: { minBitrate: [bound(192_000, SOURCES.dv360)], sampleRates: { values: [48_000], ...SOURCES.dv360 } },
    loudness: { lufs: -24, tolerance: 2, ...SOURCES.dv360 },
    truePeak: { dbtp: -2, ...SOURCES.studio },
    rules: { ...USUAL.rules, noBars: SOURCES.dv360 },
  },
];
