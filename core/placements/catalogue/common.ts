/** What most placements have in common, so that each file below says only what is its own. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';

/** Sizes as platforms count them. */
export const MB = 1_000_000;
export const GB = 1000 * MB;
export const MBIT = 1_000_000;

/** Zones that are ours, for ratios about which the platform says nothing. */
export const MARGINS = { '9:16': 'margin-9x16', '1:1': 'margin-1x1', '16:9': 'margin-16x9' } as const;

/** A placement about which only the obvious is known. */
export const USUAL = {
  notDelivered: [],
  sizeBytes: { min: [], max: [] },
  bitrate: { min: [] },
  rates: [],
  audio: { minBitrate: [] },
  truePeak: { dbtp: -1, ...SOURCES.studio },
  codecs: { video: ['h264'], audio: ['aac'], ...SOURCES.studio },
  zones: MARGINS,
  rules: { noBars: SOURCES.studio, noEmptyEnds: SOURCES.studio, faststart: SOURCES.studio, minTextPt: bound(24, SOURCES.studio) },
} satisfies Partial<Placement>;
