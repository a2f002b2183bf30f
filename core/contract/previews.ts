import { z } from 'zod';
import { RATIOS } from '../project/ratio.ts';
import { assetRefSchema } from '../project/schema.ts';
import type { Film } from '../composition/film.ts';
import { base } from './base.ts';

const projectId = z.string().min(1).max(80);

/** A `Film`; the engine has made it, so it is not parsed again. */
export const filmSchema = z.custom<Film>((value) => typeof value === 'object' && value !== null && 'facts' in value);

/** What a preview draws and plays. Everything in it is a finished step of the document as it is saved, so that the export will draw the same. */
export const previews = {
  /** Makes what is missing (backdrops, words, shadows) and answers when one ratio of the project can be drawn. Aborting gives up waiting. */
  film: base.route({ method: 'GET', path: '/projects/{projectId}/film' }).input(z.object({ projectId, ratio: z.enum(RATIOS) })).output(z.object({ film: filmSchema, revision: z.number().int(), notices: z.array(z.string()) })),
  /** The finished mix as the export will have it: WAV, 48 kHz, stereo; and the music alone, for its waveform. */
  sound: base.route({ method: 'GET', path: '/projects/{projectId}/sound' }).input(z.object({ projectId })).output(z.object({ mix: assetRefSchema, music: assetRefSchema.nullable(), revision: z.number().int() })),
};
