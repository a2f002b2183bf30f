/** What a contour's strip says about where the outline runs: how clear an edge each place is, and what it costs to run there. */
import { COLUMNS, OUT, REACH, type ContourStrip } from './contour-strip.ts';
import { fitShadow } from './shadow-model.ts';

/** Places over which a plain slope (a shadow, a shading) is told from an edge. */
const RIDGE = 3;
/** Outermost places, where the background is looked at. */
const OUTER = 4;
/** What cannot be background costs this per place outside; as far as a lens's or a sharpener's fringe reaches it is free. */
const LEFT_OUT = 0.3;
const FRINGE = 1.5;
/** What looks just like the background costs this per place inside. */
const LET_IN = 0.04;
/** Per place that the outline moves. */
const STAY = 0.02;
/** How far along the contour (in places) lit ground is looked for. */
const LIT_REACH = 24;
/** Levels from any shade of the background. */
const UNLIKE_SHADOW = 9;

export interface StripEdges {
  /** Rows × columns, 0–1: abruptness against noise; plain slopes are none. */
  readonly abrupt: Float32Array;
  /** The same with slopes: an outline out of focus is one. */
  readonly plain: Float32Array;
}

export function findStripEdges(strip: ContourStrip, noise: number): StripEdges {
  const faint = (0.8 + 4 * noise) ** 2;
  const abrupt = new Float32Array(strip.count * COLUMNS);
  const plain = new Float32Array(strip.count * COLUMNS);
  const gradient = new Float32Array(COLUMNS);
  for (let row = 0; row < strip.count; row++) {
    const start = row * COLUMNS;
    for (let column = 0; column < COLUMNS; column++) {
      const before = start + Math.max(0, column - 1);
      const after = start + Math.min(COLUMNS - 1, column + 1);
      let sum = 0;
      for (const plane of strip.colours) sum += (plane[after]! - plane[before]!) ** 2;
      gradient[column] = Math.sqrt(sum / 3) / 2;
    }
    for (let column = 0; column < COLUMNS; column++) {
      const step = gradient[column]! ** 2;
      const sharp = (gradient[column]! - slopeAt(gradient, column)) ** 2;
      abrupt[start + column] = sharp / (sharp + faint);
      plain[start + column] = step / (step + faint);
    }
  }
  return { abrupt, plain };
}

/** The gradient's plateau: the least of it over a window, and the greatest of those around. */
function slopeAt(gradient: Float32Array, column: number): number {
  let slope = 0;
  for (let first = column - RIDGE; first <= column; first++) {
    let least = Infinity;
    for (let at = Math.max(0, first); at <= Math.min(COLUMNS - 1, first + RIDGE); at++) least = Math.min(least, gradient[at]!);
    slope = Math.max(slope, least);
  }
  return slope;
}

/** Rows × columns; Infinity where the outline would run through another part of the product or of the background. */
export function weighPlaces(strip: ContourStrip, edges: Float32Array, own: Float32Array, noise: number): Float32Array {
  const costs = new Float32Array(strip.count * COLUMNS);
  const sure = new Float32Array(COLUMNS);
  const like = new Float32Array(COLUMNS);
  const backgrounds = Array.from({ length: strip.count }, (_, row) => backgroundOf(strip, row));
  const brightest = brightestAround(backgrounds, LIT_REACH);
  for (let row = 0; row < strip.count; row++) {
    const start = row * COLUMNS;
    for (let column = 0; column < COLUMNS; column++) {
      const kind = kindOf(strip, start + column, backgrounds[row], brightest[row]!, noise);
      sure[column] = Math.max(0, kind);
      like[column] = Math.max(0, -kind);
    }
    const [first, last] = openPlaces(strip, row, own[row]!);
    let outside = 0;
    for (let column = COLUMNS - 1; column >= 0; column--) {
      let inside = 0;
      for (let at = first; at < column; at++) inside += like[at]!;
      const isOpen = column >= first && column <= last;
      const region = LEFT_OUT * Math.max(0, outside - FRINGE) + LET_IN * inside;
      costs[start + column] = isOpen ? 1 - edges[start + column]! + region + STAY * Math.abs(column - REACH - own[row]!) : Infinity;
      outside += sure[column]!;
    }
  }
  return costs;
}

type Colour = readonly [number, number, number];

/** The mean of the outermost places as far as they are background; undefined when they are not. */
function backgroundOf({ colours, sides }: ContourStrip, row: number): Colour | undefined {
  let count = 0;
  const sum: [number, number, number] = [0, 0, 0];
  for (let at = (row + 1) * COLUMNS - OUTER; at < (row + 1) * COLUMNS; at++) {
    if (sides[at] !== 0) continue;
    count++;
    for (let channel = 0; channel < 3; channel++) sum[channel] = sum[channel]! + colours[channel]![at]!;
  }
  return count < OUTER / 2 ? undefined : [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** The brightest background seen along the contour: between the product and a shadow's end the ground may be lit. */
function brightestAround(backgrounds: readonly (Colour | undefined)[], reach: number): Float32Array {
  const own = backgrounds.map((background) => (background === undefined ? -1 : brightnessOf(...background)));
  const count = own.length;
  return Float32Array.from(own, (_, row) => {
    let most = -1;
    for (let step = -reach; step <= reach; step += 4) most = Math.max(most, own[(((row + step) % count) + count) % count]!);
    return most;
  });
}

function isGrey(red: number, green: number, blue: number): boolean {
  return Math.max(red, green, blue) - Math.min(red, green, blue) < UNLIKE_SHADOW;
}

function brightnessOf(red: number, green: number, blue: number): number {
  return 0.3 * red + 0.5 * green + 0.2 * blue;
}

/** 1: cannot be the background, not even in shade; −1: just like it; 0: could be either. */
function kindOf({ colours }: ContourStrip, at: number, background: Colour | undefined, brightest: number, noise: number): number {
  if (background === undefined) return 0;
  const [red, green, blue] = [colours[0][at]!, colours[1][at]!, colours[2][at]!];
  const tolerance = 1.6 + 2 * noise;
  const difference = Math.hypot(red - background[0], green - background[1], blue - background[2]);
  if (difference < tolerance) return -1;
  const brightness = brightnessOf(red, green, blue);
  if (brightness > brightest + tolerance) return 1;
  if (brightness > brightnessOf(...background) + tolerance) return 0;
  // Greys are shades of one another, and so is what differs less.
  if (difference < UNLIKE_SHADOW || (isGrey(red, green, blue) && isGrey(...background))) return 0;
  return fitShadow(red, green, blue, ...background).residual > UNLIKE_SHADOW + 4 * noise ? 1 : 0;
}

/** The columns that the outline can reach without crossing another part: half-way to it at most. Along the photo's border it stays. */
function openPlaces({ sides }: ContourStrip, row: number, own: number): [number, number] {
  const start = row * COLUMNS;
  const here = Math.max(1, Math.min(COLUMNS - 2, Math.round(own + REACH)));
  if (sides[start + here + 1] === OUT) return [here, here];
  let first = here - 1;
  while (first > 0 && sides[start + first] !== 0) first--;
  let last = here + 1;
  while (last < COLUMNS - 1 && sides[start + last] !== 1) last++;
  const thin = first > 0 ? Math.ceil((first + here) / 2) : 0;
  const narrow = last < COLUMNS - 1 ? Math.floor((last + here) / 2) : COLUMNS - 1;
  return [Math.min(thin, here), Math.max(narrow, here)];
}
