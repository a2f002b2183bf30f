/** Which studio set each scene plays in: the tone's favourites first, suited to the scene's purpose, none twice. */
import type { Random } from '../../lib/random.ts';
import { SET_KINDS, type ScenePurpose, type SetKind } from '../../project/schema.ts';
import type { ToneProfile } from '../tone/tone-profile.ts';

const AFFINITY: Readonly<Partial<Record<ScenePurpose, readonly SetKind[]>>> = {
  hook: ['spotlight', 'split', 'mesh', 'gobo', 'bokeh'],
  problem: ['split', 'spotlight', 'mesh'],
  product: ['podium', 'cyclorama', 'arch', 'spotlight', 'tabletop'],
  benefit: ['tabletop', 'gobo', 'paper', 'arch', 'waves'],
  proof: ['cyclorama', 'podium', 'split'],
  mood: ['bokeh', 'gobo', 'waves', 'mesh'],
};

/** One set per body scene; a wish that is given (by an LLM or the user) is kept if it is still free. */
export function chooseSets(purposes: readonly ScenePurpose[], profile: ToneProfile, cameraElevationDeg: number, random: Random, wishes: readonly (SetKind | undefined)[] = []): SetKind[] {
  const appeal = new Map(SET_KINDS.map((set) => [set, baseAppeal(set, profile, cameraElevationDeg) + random.between(0, 2.2)]));
  const used = new Set<SetKind>(['flat']);
  return purposes.map((purpose, index) => {
    const wish = wishes[index];
    const chosen = wish !== undefined && !used.has(wish) ? wish : mostAppealing(appeal, used, purpose);
    used.add(chosen);
    return chosen;
  });
}

function baseAppeal(set: SetKind, profile: ToneProfile, cameraElevationDeg: number): number {
  const rank = profile.sets.indexOf(set);
  const liking = rank < 0 ? -6 : 3 - rank * 0.35;
  // A product photographed from above stands on a table top; one at eye level does not.
  const fitsCamera = set === 'tabletop' ? (cameraElevationDeg > 12 ? 1.2 : -0.8) : 0;
  return liking + fitsCamera;
}

function mostAppealing(appeal: ReadonlyMap<SetKind, number>, used: ReadonlySet<SetKind>, purpose: ScenePurpose): SetKind {
  const score = (set: SetKind): number => (appeal.get(set) ?? 0) + (AFFINITY[purpose]?.includes(set) ? 1.3 : 0);
  const free = SET_KINDS.filter((set) => !used.has(set));
  return free.reduce((best, set) => (score(set) > score(best) ? set : best), free[0] ?? 'cyclorama');
}
