/** LinkedIn, Pinterest, Snapchat, and a master that belongs to no platform. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { GB, MARGINS, MB, USUAL } from './common.ts';

/** The remaining placements. */
export const OTHERS: readonly Placement[] = [
  {
    ...USUAL, id: 'linkedin-video', platform: 'linkedin', name: 'Video advert', ratios: { values: ['1:1', '16:9', '9:16'], ...SOURCES.linkedin }, notDelivered: ['4:5, 1080 × 1350 (recommended)'],
    length: { min: [bound(3, SOURCES.linkedin)], max: [bound(1800, SOURCES.linkedin)] },
    sizeBytes: { min: [bound(75_000, SOURCES.linkedin)], max: [bound(500 * MB, SOURCES.linkedin)] },
    rates: [{ values: ['29.97', '25'], ...SOURCES.linkedin }, { values: ['30', '29.97', '25'], ...SOURCES.linkedinPartners }],
    codecs: { video: ['h264', 'vp8'], audio: ['aac'], ...SOURCES.linkedin },
    rules: { ...USUAL.rules, startsMuted: SOURCES.linkedin },
  },
  {
    ...USUAL, id: 'pinterest-video', platform: 'pinterest', name: 'Video pin', ratios: { values: ['9:16', '1:1', '16:9'], ...SOURCES.pinterest }, notDelivered: ['2:3, 1000 × 1500', '4:5, 1080 × 1350'],
    length: { min: [bound(4, SOURCES.pinterest)], max: [bound(900, SOURCES.pinterest)], recommended: { from: 6, to: 15, ...SOURCES.pinterest } },
    sizeBytes: { min: [], max: [bound(2 * GB, SOURCES.pinterest)] },
    codecs: { video: ['h264', 'hevc'], audio: ['aac'], ...SOURCES.pinterest },
    rules: { ...USUAL.rules, startsMuted: SOURCES.studio },
  },
  {
    ...USUAL, id: 'snapchat-single', platform: 'snapchat', name: 'Single video', ratios: { values: ['9:16'], ...SOURCES.snapchat }, zones: { ...MARGINS, '9:16': 'snapchat-9x16' },
    length: { min: [bound(3, SOURCES.snapchat)], max: [bound(180, SOURCES.snapchat)] },
    sizeBytes: { min: [], max: [bound(GB, SOURCES.snapchat)] },
    codecs: { video: ['h264'], audio: ['aac', 'pcm_s16le', 'pcm_s24le'], ...SOURCES.snapchat },
    audio: { minBitrate: [bound(192_000, SOURCES.snapchat)], sampleRates: { values: [48_000], ...SOURCES.snapchat }, mustSound: SOURCES.snapchat },
    loudness: { lufs: -16, tolerance: 1, ...SOURCES.snapchat },
    rules: { ...USUAL.rules, noBars: SOURCES.snapchat, noStill: SOURCES.snapchat },
  },
  {
    ...USUAL, id: 'master', platform: 'master', name: 'Master file', ratios: { values: ['9:16', '1:1', '16:9'], ...SOURCES.studio },
    length: { min: [], max: [] },
  },
];
