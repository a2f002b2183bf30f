/** Frame arithmetic on rational frame rates (30000/1001 is not 29.97). Frames are whole and count from 0. */

/** Frames per second as a fraction, e.g. `{ num: 30000, den: 1001 }`. Both are positive whole numbers. */
export interface Timebase {
  readonly num: number;
  readonly den: number;
}

/** Moment at which a frame starts, in seconds. */
export function framesToSeconds(frames: number, timebase: Timebase): number {
  return (frames * timebase.den) / timebase.num;
}

/** The frame that starts nearest to a moment; halves go up. */
export function secondsToFrames(seconds: number, timebase: Timebase): number {
  // Without the nudge, the seconds of a frame can come back one frame early through rounding in the last bit.
  return Math.floor((seconds * timebase.num) / timebase.den + 0.5 + 1e-9);
}

/** The frame of clock `to` that starts nearest to a frame of clock `from`. Exact on whole numbers up to 2^53. */
export function retime(frame: number, from: Timebase, to: Timebase): number {
  const numerator = BigInt(frame) * BigInt(from.den) * BigInt(to.num);
  const denominator = BigInt(from.num) * BigInt(to.den);
  return Number(floorDivide(2n * numerator + denominator, 2n * denominator));
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}
