/** Ad structures by scene count: the order in which an advert argues. The end card follows each and is not listed. */
import type { Random } from '../../lib/random.ts';
import type { ScenePurpose } from '../../project/schema.ts';
import type { CopyMaterial } from '../copy/gather-material.ts';
import type { ToneFamily } from '../tone/tone-profile.ts';

const SHORTHAND: Readonly<Record<string, ScenePurpose>> = { h: 'hook', q: 'problem', p: 'product', b: 'benefit', f: 'proof', m: 'mood' };

/** h hook, q problem (question), p product, b benefit, f proof (figure), m mood. */
const STRUCTURES: Readonly<Record<number, readonly string[]>> = {
  2: ['hp', 'pb', 'mp', 'qp', 'pf'],
  3: ['hpb', 'mpb', 'qpb', 'hpf', 'pbm', 'hpm'],
  4: ['hpbb', 'hmpb', 'qpbf', 'hpbf', 'mpbb', 'hqpb', 'hpbm'],
  5: ['hmpbb', 'hpbbm', 'hqpbf', 'mhpbb', 'hpbfm', 'qpbbm', 'hpbmb'],
  6: ['hmpbbm', 'hqpbfb', 'mhpbbf', 'hpbmbb', 'hpbbfm', 'qmpbbb'],
  7: ['hmpbbmb', 'hqpbbfm', 'mhpbbfb', 'hpbmbbm', 'hmpbfbb'],
};

const SLOW: ReadonlySet<ToneFamily> = new Set(['elegant', 'calm', 'natural', 'warm']);

/** Purposes of the scenes before the end card, 2..7 of them; problem and proof only where the brief has words for them. */
export function chooseStructure(bodyCount: number, tone: ToneFamily, material: CopyMaterial, random: Random): ScenePurpose[] {
  const possible = (STRUCTURES[bodyCount] ?? []).filter((structure) => fits(structure, material));
  const scored = possible.map((structure) => ({ structure, score: score(structure, tone, material) + random.between(0, 1.5) }));
  scored.sort((left, right) => right.score - left.score);
  const chosen = scored[0]?.structure ?? 'p'.repeat(bodyCount);
  return [...chosen].map((letter) => SHORTHAND[letter] ?? 'product');
}

/** The structure's name as it is shown, e.g. `hook-product-benefit-cta`. */
export function structureName(purposes: readonly ScenePurpose[]): string {
  return [...purposes.filter((purpose) => purpose !== 'callToAction'), 'cta'].join('-');
}

function fits(structure: string, material: CopyMaterial): boolean {
  return (!structure.includes('q') || material.questions.length > 0) && (!structure.includes('f') || material.proofs.length > 0);
}

function score(structure: string, tone: ToneFamily, material: CopyMaterial): number {
  const words = material.facts.length + material.messages.length + material.proofs.length;
  const moods = structure.split('m').length - 1;
  return (
    (structure.includes('q') ? 2 : 0) +
    (structure.includes('f') ? 1 : 0) +
    (structure.startsWith('m') ? (SLOW.has(tone) ? 0.8 : -0.8) : 0) +
    moods * (SLOW.has(tone) ? 0.4 : -0.3) +
    // A brief with few words wants scenes that need none.
    (words < 2 ? moods * 0.8 : 0) +
    // One with many has something to say in every scene.
    (words >= structure.length ? moods * -1.2 : 0) +
    // The key message opens the advert.
    (structure.startsWith('h') && material.messages.length > 0 ? 2 : 0)
  );
}
