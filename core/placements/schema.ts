/**
 * What a placement asks of a file, as data. Every number carries where it comes from, because platforms contradict each other and change
 * without notice: only a number of the platform's own may refuse a file, see `preflight/bounds.ts`.
 */
import { z } from 'zod';
import { RATIOS } from '../project/ratio.ts';

/** Where a number comes from, how far it can be trusted, and when that was read. */
export const evidenceSchema = z.object({
  source: z.string().min(3),
  confidence: z.enum(['official', 'third-party', 'unconfirmed', 'own']),
  checked: z.iso.date(),
});

const bound = evidenceSchema.extend({ value: z.number().positive() });
const bounds = z.array(bound);
const span = evidenceSchema.extend({ from: z.number().min(0), to: z.number().positive() });

/** Frame rates that the studio exports; see `rates.ts`. */
export const EXPORT_RATE_NAMES = ['30', '29.97', '25'] as const;

/** Platforms, in the order of lists. */
export const PLATFORMS = ['tiktok', 'meta', 'youtube', 'google', 'amazon', 'linkedin', 'pinterest', 'snapchat', 'master'] as const;

/** A rectangle of the delivered canvas that the platform's own furniture leaves free; `rail`: from that row on it ends further left. */
export const zoneSchema = evidenceSchema.extend({
  id: z.string(),
  ratio: z.enum(RATIOS),
  name: z.string(),
  rect: z.object({ x: z.number().min(0), y: z.number().min(0), width: z.number().positive(), height: z.number().positive() }),
  rail: z.object({ fromY: z.number(), right: z.number() }).optional(),
});

/** A place where a platform shows adverts. Lists of bounds hold what each source says; empty = nobody says anything. */
export const placementSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  platform: z.enum(PLATFORMS),
  name: z.string(),
  /** Ratios of ours that it takes, the best one first. */
  ratios: evidenceSchema.extend({ values: z.array(z.enum(RATIOS)).min(1) }),
  /** Formats that it takes as well and that the studio does not deliver. */
  notDelivered: z.array(z.string()),
  /** Seconds. */
  length: z.object({
    min: bounds,
    max: bounds,
    recommended: span.optional(),
    /** Only these lengths; `inSomeMarkets` are taken by some. */
    exact: evidenceSchema.extend({ values: z.array(z.number().positive()).min(1), inSomeMarkets: z.array(z.number().positive()) }).optional(),
  }),
  sizeBytes: z.object({ min: bounds, max: bounds }),
  /** Of the picture, bits per second. */
  bitrate: z.object({ min: bounds, recommended: bound.optional() }),
  /** What each source says about frame rates. */
  rates: z.array(evidenceSchema.extend({ values: z.array(z.enum(EXPORT_RATE_NAMES)).min(1) })),
  /** Codecs as ffmpeg names them, first the one that we make. */
  codecs: evidenceSchema.extend({ video: z.array(z.string()).min(1), audio: z.array(z.string()).min(1) }),
  audio: z.object({ minBitrate: bounds, sampleRates: evidenceSchema.extend({ values: z.array(z.number()).min(1) }).optional(), mustSound: evidenceSchema.optional() }),
  loudness: evidenceSchema.extend({ lufs: z.number(), tolerance: z.number().positive() }).optional(),
  truePeak: evidenceSchema.extend({ dbtp: z.number() }),
  /** Safe zone by ratio; ids of `zones.ts`. */
  zones: z.partialRecord(z.enum(RATIOS), z.string()),
  /** What the platform turns down, each with its evidence; missing = nobody says so. */
  rules: z.object({
    noEditLists: evidenceSchema.optional(),
    faststart: evidenceSchema.optional(),
    noBars: evidenceSchema.optional(),
    noEmptyEnds: evidenceSchema.optional(),
    noStill: evidenceSchema.optional(),
    /** It plays without sound until someone taps. */
    startsMuted: evidenceSchema.optional(),
    minTextPt: bound.optional(),
  }),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Bound = z.infer<typeof bound>;
export type Zone = z.infer<typeof zoneSchema>;
export type Placement = z.infer<typeof placementSchema>;
export type Platform = (typeof PLATFORMS)[number];
export type ExportRate = (typeof EXPORT_RATE_NAMES)[number];
