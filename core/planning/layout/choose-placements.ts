/** How the product stands in each scene: its size and side, how it comes in, shadow and reflection. */
import type { Random } from '../../lib/random.ts';
import type { Placement, ScenePurpose } from '../../project/schema.ts';
import type { ToneProfile } from '../tone/tone-profile.ts';

type Intent = Placement['intent'];

const HERO: readonly Intent[] = ['hero'];

const INTENTS: Readonly<Partial<Record<ScenePurpose, readonly Intent[]>>> = {
  hook: ['close', 'hero', 'small'],
  problem: ['small', 'left', 'right'],
  product: ['hero'],
  benefit: ['left', 'right', 'close'],
  proof: ['right', 'left', 'small'],
  mood: ['small', 'close', 'left', 'right'],
};

/** Placements of the body scenes; products take turns. With five scenes or more, one opening or mood scene may go without. */
export function choosePlacements(purposes: readonly ScenePurpose[], productIds: readonly string[], profile: ToneProfile, random: Random): Placement[] {
  const absent = absentScene(purposes, random);
  let previous: Intent = 'absent';
  return purposes.map((purpose, index) => {
    const options: readonly Intent[] = (INTENTS[purpose] ?? HERO).filter((intent) => intent !== previous);
    const intent: Intent = index === absent ? 'absent' : random.pick(options.length > 0 ? options : HERO);
    previous = intent;
    return placement(productIds[index % productIds.length] ?? 'product', intent, entranceFor(intent, profile, random), profile.reflection);
  });
}

/** Placement on the end card: quiet, small reflection off, the product beside or above name and button. */
export function endCardPlacement(productId: string, profile: ToneProfile): Placement {
  return { ...placement(productId, 'hero', profile.endCardAnimation === 'fade' ? 'fade' : 'settle', 0), shadow: 0.6 };
}

function absentScene(purposes: readonly ScenePurpose[], random: Random): number {
  const moods = purposes.flatMap((purpose, index) => (purpose === 'mood' ? [index] : []));
  const draw = random.next();
  // Body scenes do not count the end card: four of them make five scenes.
  if (purposes.length < 4) return -1;
  // A mood scene can do without the product now and then; an advert that opens without it is the exception.
  if (moods.length > 0) return draw < 0.4 ? random.pick(moods) : -1;
  return draw < 0.12 && purposes[0] === 'hook' ? 0 : -1;
}

function entranceFor(intent: Placement['intent'], profile: ToneProfile, random: Random): Placement['entrance'] {
  const entrance = random.pick(profile.entrances);
  // A product that stands left comes from the left.
  if (entrance === 'slideLeft' && intent === 'left') return 'slideRight';
  if (entrance === 'slideRight' && intent === 'right') return 'slideLeft';
  return intent === 'absent' ? 'none' : entrance;
}

function placement(productId: string, intent: Placement['intent'], entrance: Placement['entrance'], reflection: number): Placement {
  return { productId, keyframes: {}, intent, entrance, shadow: 1, reflection };
}
