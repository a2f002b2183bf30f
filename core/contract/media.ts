import { z } from 'zod';
import { assetRefSchema } from '../project/schema.ts';
import { base } from './base.ts';

/** What a file is wanted for; it decides what is accepted and how it is checked. */
export const MEDIA_PURPOSES = ['photo', 'logo', 'music', 'voice', 'backdrop', 'mask'] as const;

/** A file that was taken in: checked, and in the artifact store. */
export const mediaSchema = z.object({
  asset: assetRefSchema,
  kind: z.enum(['picture', 'sound', 'clip']),
  /** Sounds and clips, seconds. */
  durationSeconds: z.number().min(0).nullable(),
  /** Sentences for the user: what was converted or cut. */
  notices: z.array(z.string()),
});

/**
 * Files of the user's. From a page they come by `POST /upload?purpose=…&name=…` (the body is the file, the answer is `mediaSchema` or
 * `{code, message}`), which takes any size; this is the way for whoever knows a path. Pictures and films are read by `GET /media/…`.
 */
export const media = {
  importPath: base.route({ method: 'POST', path: '/media/import' }).input(z.object({ path: z.string().min(1).max(4096), purpose: z.enum(MEDIA_PURPOSES) })).output(mediaSchema),
  /** Loudest sample of each of `buckets` equal parts, 0..1. */
  waveform: base
    .route({ method: 'GET', path: '/media/{hash}/waveform' })
    .input(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), buckets: z.coerce.number().int().min(10).max(20_000).default(1000) }))
    .output(z.object({ peaks: z.array(z.number().min(0).max(1)), durationSeconds: z.number().min(0) })),
};
