/**
 * Lengths of scenes and transitions in frames. Invariant: Σ lengths − Σ transitions = the advert's length exactly.
 * A scene with words gets at least the time to read them as long as the total allows; the rest is shared by weight.
 */

/** What one scene asks for. */
export interface SceneTimeRequest {
  /** Relative share of the time that is left over; > 0. */
  readonly weight: number;
  /** Frames that its captions need between the transitions; 0 = no captions. */
  readonly readingFrames: number;
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
const MAX_TRANSITION_SHARE = 0.5;

/**
 * @param wanted transition lengths in frames, one per scene but the last; shortened where scenes are short
 */
export function layOutTimes(durationFrames: number, fps: number, requests: readonly SceneTimeRequest[], wanted: readonly number[]): SceneTime[] {
  const transitions = fitTransitions(durationFrames, requests.length, wanted);
  const total = durationFrames + transitions.reduce((sum, frames) => sum + frames, 0);
  const floors = requests.map((request, index) => floorOf(request, index, requests.length, transitions, durationFrames, fps));
  const lengths = share(total, affordableFloors(floors, total, transitions), requests.map((request) => request.weight));
  return toTimes(lengths, transitions);
}

// Overlaps are kept short against the mean scene, so that three of them never meet and captions keep room.
function fitTransitions(durationFrames: number, count: number, wanted: readonly number[]): number[] {
  const longest = Math.floor((durationFrames / count) * (MAX_TRANSITION_SHARE / 2));
  return wanted.slice(0, count - 1).map((frames) => (Math.min(frames, longest) < 3 ? 0 : Math.min(frames, longest, 90)));
}

function floorOf(request: SceneTimeRequest, index: number, count: number, transitions: readonly number[], durationFrames: number, fps: number): number {
  const around = (transitions[index - 1] ?? 0) + (transitions[index] ?? 0);
  const reading = request.readingFrames === 0 ? 0 : request.readingFrames + around + 2;
  const card = index === count - 1 ? Math.min(Math.ceil(END_CARD_SECONDS * fps), Math.floor(durationFrames * 0.45)) : 0;
  return Math.max(MIN_SCENE_FRAMES, around + 4, reading, card);
}

/** Lowers what scenes ask for, last body scenes first, until it fits; the end card keeps its floor longest. */
function affordableFloors(floors: readonly number[], total: number, transitions: readonly number[]): number[] {
  const bare = floors.map((_, index) => Math.max(MIN_SCENE_FRAMES, (transitions[index - 1] ?? 0) + (transitions[index] ?? 0) + 4));
  const result = [...floors];
  const excess = (): number => result.reduce((sum, frames) => sum + frames, 0) - total;
  for (let index = result.length - 2; index >= 0 && excess() > 0; index--) result[index] = bare[index] ?? MIN_SCENE_FRAMES;
  const last = result.length - 1;
  if (excess() > 0) result[last] = Math.max(1, (result[last] ?? 0) - excess());
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
