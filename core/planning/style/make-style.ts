/** The style spec of an advert: tone profile + brand colours + product palette + the light of the product's photo. */
import type { Random } from '../../lib/random.ts';
import type { Light, StyleSpec } from '../../project/schema.ts';
import type { ToneProfile } from '../tone/tone-profile.ts';
import type { PlanRequest } from '../types.ts';
import { chooseAccent, chooseTextColors } from './accent.ts';
import { derivePalette } from './derive-palette.ts';

/** Words that a planner may set in place of the profile's. */
export type StyleWords = Partial<Pick<StyleSpec, 'lighting' | 'cameraStyle' | 'texture' | 'mood'>>;

/** Studio light from the upper left, used when no product was analysed. */
const STUDIO_LIGHT: Light = { azimuthDeg: 125, elevationDeg: 50, softness: 0.6, tint: '#ffffff', confidence: 0 };

/** Deterministic in `request` and `random`; all scenes share the result. */
export function makeStyle(request: PlanRequest, profile: ToneProfile, random: Random, words: StyleWords = {}): StyleSpec {
  const analysis = request.products[0]?.analysis;
  const product = analysis?.palette ?? [];
  const { colors, fonts } = request.brand;
  const palette = derivePalette({ product, brand: colors }, random.fork('scheme').pick(profile.schemes), profile.greyHues, random.fork('palette'));
  const text = chooseTextColors(palette, colors.text);
  const pair = random.fork('fonts').pick(profile.fonts);
  return {
    ...profile.words,
    ...words,
    palette,
    accent: chooseAccent(palette, product, colors.accent, text),
    ...text,
    fonts: { heading: fonts.heading ?? pair.heading, body: fonts.body ?? pair.body },
    grade: profile.grade,
    light: analysis?.light ?? STUDIO_LIGHT,
  };
}
