/** Frames per second as a fraction: 30/1, 30000/1001. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** As ffmpeg writes it: `30000/1001`. */
export function formatFrameRate(rate: FrameRate): string {
  return `${rate.num}/${rate.den}`;
}

/** Duration of `frames` frames. */
export function framesToSeconds(frames: number, rate: FrameRate): number {
  return (frames * rate.den) / rate.num;
}
