/** Which frames are looked at to fetch pictures before they are needed. Pure. */

/** Near frames are looked at one by one, since a product that comes to rest wants another picture for that one frame on. */
const NEAR = 8;
const STRIDE = 4;

/** Frames from the playhead on, nearest first, in the direction that it runs, as far as `reach`; then round to the film's other end. */
export function framesAhead(frame: number, durationFrames: number, rate: number, reach: number): number[] {
  const way = rate < 0 ? -1 : 1;
  const count = Math.min(reach, durationFrames);
  const frames: number[] = [];
  for (let offset = 1; offset < count; offset += offset < NEAR ? 1 : STRIDE) frames.push((((frame + way * offset) % durationFrames) + durationFrames) % durationFrames);
  return frames;
}
