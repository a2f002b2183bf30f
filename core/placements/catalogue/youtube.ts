/** YouTube: one upload specification for all formats, and their lengths. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { GB, MARGINS, MBIT, USUAL } from './common.ts';

const UPLOAD = {
  ...USUAL,
  platform: 'youtube',
  codecs: { video: ['h264'], audio: ['aac'], ...SOURCES.youtubeUpload },
  sizeBytes: { min: [], max: [bound(256 * GB, SOURCES.youtubeUpload)] },
  bitrate: { min: [], recommended: bound(8 * MBIT, SOURCES.youtubeUpload) },
  rates: [{ values: ['30', '29.97', '25'], ...SOURCES.youtubeUpload }],
  audio: { minBitrate: [], sampleRates: { values: [48_000, 96_000], ...SOURCES.youtubeUpload } },
  rules: { ...USUAL.rules, noEditLists: SOURCES.youtubeUpload, faststart: SOURCES.youtubeUpload },
} satisfies Partial<Placement>;

const ALL = { values: ['16:9', '9:16', '1:1'], ...SOURCES.youtubeUpload } satisfies Placement['ratios'];
const ZONES = { ...MARGINS, '9:16': 'google-9x16', '16:9': 'google-16x9', '1:1': 'google-1x1' } as const;

/** YouTube's formats. */
export const YOUTUBE: readonly Placement[] = [
  { ...UPLOAD, id: 'youtube-bumper', name: 'Bumper', ratios: ALL, zones: ZONES, length: { min: [], max: [bound(6, SOURCES.youtubeFormats)] } },
  { ...UPLOAD, id: 'youtube-non-skippable', name: 'Non-skippable', ratios: ALL, zones: ZONES, length: { min: [], max: [bound(15, SOURCES.youtubeFormats), bound(60, SOURCES.youtubeLonger)] } },
  { ...UPLOAD, id: 'youtube-skippable', name: 'Skippable in-stream', ratios: ALL, zones: ZONES, length: { min: [], max: [], recommended: { from: 12, to: 180, ...SOURCES.youtubeFormats } } },
  {
    ...UPLOAD, id: 'youtube-shorts', name: 'Shorts', ratios: { values: ['9:16', '1:1'], ...SOURCES.youtubeFormats }, zones: { ...MARGINS, '9:16': 'shorts-9x16' },
    length: { min: [], max: [], recommended: { from: 5, to: 60, ...SOURCES.youtubeFormats } },
  },
];
