/** Scalar helpers that every shader uses. */

export const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

export const mix = (from: number, to: number, amount: number): number => from + (to - from) * amount;

/** 0 below `from`, 1 above `to`, with flat ends; also falls when `from` > `to`. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** exp(-t²): 1 at 0, 0.37 at ±1. */
export const bell = (t: number): number => Math.exp(-t * t);

/** Coverage of an edge: 1 inside (negative distance), 0 outside, blurred over `width`. */
export const coverage = (distance: number, width: number): number => smoothstep(width * 0.5, -width * 0.5, distance);

/** Photographic falloff of a light pool: 1 in the middle, long soft tail; `t2` is the squared distance in radii. */
export function poolFalloff(t2: number): number {
  const spread = 1 + t2;
  return 1 / (spread * Math.sqrt(spread));
}

/** Length of a vector; `Math.hypot` guards against overflow and costs ten times as much. */
export const lengthOf = (x: number, y: number): number => Math.sqrt(x * x + y * y);
