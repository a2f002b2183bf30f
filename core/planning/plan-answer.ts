/**
 * What a language model is asked to decide, and nothing more: purposes, words, sets, moods. Colours, times, light, ids
 * and placements stay ours. The same schema makes the request's JSON schema and checks the answer.
 */
import { z } from 'zod';
import { SCENE_PURPOSES, SET_KINDS } from '../project/schema.ts';
import { TONE_FAMILIES } from './tone/tone-profile.ts';

/** Scene purposes before the end card. */
const BODY_PURPOSES = SCENE_PURPOSES.filter((purpose) => purpose !== 'callToAction');

const CAMERA_MOVES = ['static', 'drift', 'pushIn', 'pullOut', 'panLeft', 'panRight', 'rise'] as const;

/** The answer for an advert of `bodyCount` scenes before its end card. Texts are generous: they are fitted and guarded later. */
export function planAnswerSchema(bodyCount: number) {
  return z.object({
    tone: z.enum(TONE_FAMILIES).describe('Tone family that suits the brief'),
    lighting: z.string().max(200).describe('English, a few words'),
    cameraStyle: z.string().max(200).describe('English, a few words'),
    texture: z.string().max(200).describe('English, a few words'),
    mood: z.string().max(200).describe('English, a few words'),
    music: z.enum(['calm', 'upbeat', 'elegant', 'bold']),
    callToAction: z.string().max(80).describe('In the language of the brief; the brief’s own if it has one'),
    scenes: z.array(z.object({
      purpose: z.enum(BODY_PURPOSES),
      headline: z.string().max(80).describe('At most 28 letters if possible, never over 48; empty for none'),
      support: z.string().max(120).describe('At most 60 letters; empty for none'),
      set: z.enum(SET_KINDS.filter((set) => set !== 'flat')),
      camera: z.enum(CAMERA_MOVES),
      prompt: z.string().max(600).describe('English description of an empty background plate; no product, no people, no writing'),
    })).length(bodyCount),
  });
}

/** A checked answer. */
export type PlanAnswer = z.infer<ReturnType<typeof planAnswerSchema>>;

/** The request's JSON schema: every property required, none besides, and no keyword that strict servers refuse. */
export function planAnswerJsonSchema(bodyCount: number): Record<string, unknown> {
  return withoutKeywords(z.toJSONSchema(planAnswerSchema(bodyCount)), new Set(['$schema', 'maxLength', 'minLength'])) as Record<string, unknown>;
}

function withoutKeywords(value: unknown, keywords: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutKeywords(item, keywords));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keywords.has(key)).map(([key, item]) => [key, withoutKeywords(item, keywords)]));
}
