import type { Timebase } from '#core/time/frames.ts';

/** Frames per second as a fraction: 30/1, 30000/1001. */
export type FrameRate = Timebase;

/** As ffmpeg writes it: `30000/1001`. */
export function formatFrameRate(rate: FrameRate): string {
  return `${rate.num}/${rate.den}`;
}
