/**
 * Lengths of scenes and transitions in frames. Invariant: Σ lengths − Σ transitions = the advert's length exactly.
 * A scene with words gets at least the time to read them as long as the total allows; the rest is shared by weight.
 */

/** What one scene asks for. */
export interface SceneTimeRequest {
  /** Relative share of the time that is left over; > 0. */
  readonly weight: number;
  /** Frames that its captions need between the transitions: all of them, then ever fewer or shorter ones; empty = no captions. */
  readonly readingFrames: readonly number[];
}

/** Start, length and the transition to the next scene, frames; the last scene's transition is 0. */
export interface SceneTime {
  readonly startFrame: number;
  readonly durationFrames: number;
  readonly transitionFrames: number;
}

/** End card at least this long, where the advert is long enough for one. */
const END_CARD_SECONDS = 2.2;
/** A scene is never shorter than this (the schema's floor is 6). */
const MIN_SCENE_FRAMES = 8;
/** The most of a scene that its two transitions may take together. */
const MAX_TRANSITION_SHARE = 0.4;

/**
 * @param wanted transition lengths in frames, one per scene but the last; shortened where scenes are short
 */
export function layOutTimes(durationFrames: number, fps: number, requests: readonly SceneTimeRequest[], wanted: readonly number[]): SceneTime[] {
  const transitions = fitTransitions(durationFrames, requests.length, wanted);
  const total = durationFrames + transitions.reduce((sum, frames) => sum + frames, 0);
  const floors = affordableFloors(requests.map((request, index) => floorsOf(request, index, requests.length, transitions, durationFrames, fps)), total);
  const lengths = share(total, floors, requests.map((request) => request.weight));
  return toTimes(lengths, transitions);
}

// Overlaps are kept short against the mean scene, so that three of them never meet and captions keep room.
function fitTransitions(durationFrames: number, count: number, wanted: readonly number[]): number[] {
  const longest = Math.floor((durationFrames / count) * (MAX_TRANSITION_SHARE / 2));
  return wanted.slice(0, count - 1).map((frames) => (Math.min(frames, longest) < 3 ? 0 : Math.min(frames, longest, 90)));
}

/** What a scene would like at least, then what it can make do with, down to its bare transitions. */
function floorsOf(request: SceneTimeRequest, index: number, count: number, transitions: readonly number[], durationFrames: number, fps: number): number[] {
  const [before, after] = [transitions[index - 1] ?? 0, transitions[index] ?? 0];
  const around = before + after;
  const card = index === count - 1 ? Math.min(Math.ceil(END_CARD_SECONDS * fps), Math.floor(durationFrames * 0.45)) : 0;
  const bare = Math.max(MIN_SCENE_FRAMES, around + 4, 2 * Math.max(before, after), card); // no transition is drawn over more than half of a scene
  return [...request.readingFrames.map((frames) => Math.max(bare, frames + around + 2)), bare];
}

/** Lowers what scenes ask for one step at a time, last body scenes first and the end card last, until it fits. */
function affordableFloors(wishes: readonly number[][], total: number): number[] {
  const steps = wishes.map(() => 0);
  const floors = (): number[] => wishes.map((wish, index) => wish[Math.min(steps[index] ?? 0, wish.length - 1)] ?? MIN_SCENE_FRAMES);
  const excess = (): number => floors().reduce((sum, frames) => sum + frames, 0) - total;
  const deepest = Math.max(...wishes.map((wish) => wish.length));
  const lower = (indexes: readonly number[]): void => {
    for (let step = 1; step <= deepest; step++) for (const index of indexes) if (excess() > 0) steps[index] = step;
  };
  lower([...wishes.keys()].slice(0, -1).reverse());
  lower([wishes.length - 1]);
  const result = floors();
  if (excess() > 0) result[result.length - 1] = Math.max(1, (result.at(-1) ?? 0) - excess());
  return result;
}

/** Water-filling: shares by weight, but nobody below the floor; whole frames by largest remainder. */
function share(total: number, floors: readonly number[], weights: readonly number[]): number[] {
  const fixed = new Set<number>();
  for (;;) {
    const left = total - floors.reduce((sum, floor, index) => sum + (fixed.has(index) ? floor : 0), 0);
    const weight = weights.reduce((sum, value, index) => sum + (fixed.has(index) ? 0 : value), 0);
    const short = floors.findIndex((floor, index) => !fixed.has(index) && (left * (weights[index] ?? 1)) / weight < floor);
    if (short < 0) return roundShares(floors.map((floor, index) => (fixed.has(index) ? floor : (left * (weights[index] ?? 1)) / weight)), total);
    fixed.add(short);
    if (fixed.size === floors.length) return roundShares(floors.map((floor) => (floor * total) / floors.reduce((sum, value) => sum + value, 0)), total);
  }
}

function roundShares(exact: readonly number[], total: number): number[] {
  const rounded = exact.map(Math.floor);
  const order = exact.map((value, index) => ({ index, rest: value - Math.floor(value) })).sort((left, right) => right.rest - left.rest || left.index - right.index);
  let missing = total - rounded.reduce((sum, frames) => sum + frames, 0);
  for (let i = 0; missing > 0; i = (i + 1) % order.length, missing--) rounded[order[i]?.index ?? 0]! += 1;
  return rounded;
}

function toTimes(lengths: readonly number[], transitions: readonly number[]): SceneTime[] {
  let startFrame = 0;
  return lengths.map((durationFrames, index) => {
    const transitionFrames = transitions[index] ?? 0;
    const time = { startFrame, durationFrames, transitionFrames };
    startFrame += durationFrames - transitionFrames;
    return time;
  });
}
