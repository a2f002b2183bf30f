/** Amazon Ads. */
import { bound, SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { MB, MBIT, USUAL } from './common.ts';

const LANDSCAPE = { values: ['16:9'] } satisfies Partial<Placement['ratios']>;
const SIZE = { min: [], max: [bound(500 * MB, SOURCES.amazonDsp)] };
const RATES = [{ values: ['29.97', '25'], ...SOURCES.amazonDsp }] satisfies Placement['rates'];
const SOUND = { minBitrate: [bound(192_000, SOURCES.amazonDsp)] };

/** Amazon's placements. */
export const AMAZON: readonly Placement[] = [
  {
    ...USUAL, id: 'amazon-sponsored-brands', platform: 'amazon', name: 'Sponsored Brands video', ratios: { ...LANDSCAPE, ...SOURCES.amazonSponsored }, notDelivered: ['1280 × 720', '3840 × 2160'],
    length: { min: [bound(6, SOURCES.amazonSponsoredNumbers)], max: [bound(45, SOURCES.amazonSponsoredNumbers)], recommended: { from: 6, to: 20, ...SOURCES.amazonSponsoredNumbers } },
    sizeBytes: { min: [], max: [bound(500 * MB, SOURCES.amazonSponsored)] },
    bitrate: { min: [bound(MBIT, SOURCES.amazonSponsoredNumbers)] },
    rates: [{ values: ['30', '29.97', '25'], ...SOURCES.amazonSponsoredNumbers }],
    codecs: { video: ['h264', 'hevc'], audio: ['aac'], ...SOURCES.amazonSponsoredNumbers },
    audio: { minBitrate: [bound(96_000, SOURCES.amazonSponsoredNumbers)], sampleRates: { values: [44_100, 48_000], ...SOURCES.amazonSponsoredNumbers } },
    rules: { ...USUAL.rules, noBars: SOURCES.amazonPolicy, noEmptyEnds: SOURCES.amazonRejections, startsMuted: SOURCES.amazonRejections, minTextPt: bound(30, SOURCES.amazonRejections) },
  },
  {
    ...USUAL, id: 'amazon-dsp', platform: 'amazon', name: 'DSP online video', ratios: { ...LANDSCAPE, ...SOURCES.amazonDsp },
    length: { min: [bound(6, SOURCES.amazonDsp)], max: [bound(120, SOURCES.amazonDsp)] },
    sizeBytes: SIZE, bitrate: { min: [bound(4 * MBIT, SOURCES.amazonDsp)], recommended: bound(8 * MBIT, SOURCES.amazonDsp) }, rates: RATES, audio: SOUND,
    codecs: { video: ['h264'], audio: ['aac', 'pcm_s16le', 'pcm_s24le'], ...SOURCES.amazonDsp },
  },
  {
    ...USUAL, id: 'amazon-streaming-tv', platform: 'amazon', name: 'Streaming TV and Prime Video', ratios: { ...LANDSCAPE, ...SOURCES.amazonTv },
    length: { min: [], max: [], exact: { values: [15, 30], inSomeMarkets: [45, 60], ...SOURCES.amazonTv } },
    sizeBytes: SIZE, bitrate: { min: [bound(15 * MBIT, SOURCES.amazonTv)], recommended: bound(50 * MBIT, SOURCES.amazonTv) }, rates: RATES, audio: SOUND,
    codecs: { video: ['h264'], audio: ['aac', 'pcm_s16le', 'pcm_s24le'], ...SOURCES.amazonTv },
  },
];
