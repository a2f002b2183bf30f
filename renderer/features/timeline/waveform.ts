/** Peaks of a sound as columns of a drawing. Pure. */

/** What of a sound is heard where: frame `startFrame` of the film plays second `trimSeconds` of the sound. */
export interface SoundPlace {
  readonly startFrame: number;
  readonly trimSeconds: number;
  readonly endFrame: number;
  readonly fps: number;
}

/** The loudest of the peaks between two moments; 0 outside of the sound. */
export function peakBetween(peaks: readonly number[], durationSeconds: number, from: number, to: number): number {
  if (durationSeconds <= 0 || peaks.length === 0 || to <= 0 || from >= durationSeconds) return 0;
  const perSecond = peaks.length / durationSeconds;
  const first = Math.max(0, Math.floor(from * perSecond));
  const last = Math.min(peaks.length - 1, Math.max(first, Math.ceil(to * perSecond) - 1));
  let most = 0;
  for (let index = first; index <= last; index += 1) most = Math.max(most, peaks[index] ?? 0);
  return most;
}

/** The second of the sound that a frame of the film plays; undefined where it is silent. */
export function secondAt({ startFrame, trimSeconds, endFrame, fps }: SoundPlace, frame: number): number | undefined {
  return frame < startFrame || frame >= endFrame ? undefined : trimSeconds + (frame - startFrame) / fps;
}

/** How loud a fade lets the sound be at a frame, 0..1. */
export function fadeAt(frame: number, durationFrames: number, fadeInFrames: number, fadeOutFrames: number): number {
  const coming = fadeInFrames > 0 ? Math.min(1, Math.max(0, frame / fadeInFrames)) : 1;
  const going = fadeOutFrames > 0 ? Math.min(1, Math.max(0, (durationFrames - frame) / fadeOutFrames)) : 1;
  return Math.min(coming, going);
}
