/**
 * Which frame is due. Playing is an anchor (this frame at this moment, at this rate) and a clock; nothing is counted up, so nothing can
 * drift. Pure: the clock's seconds come in as a number, from the sound while there is one.
 */

/** A frame that was due at a moment, and how fast film passes since; negative rates run backwards. */
export interface Anchor {
  readonly frame: number;
  readonly seconds: number;
  readonly rate: number;
}

/** What can be played: the whole film, or the part between in and out point. `endFrame` is the first frame after it. */
export interface PlayRange {
  readonly startFrame: number;
  readonly endFrame: number;
  /** Begins again at its other end; else playing ends there. */
  readonly isLoop: boolean;
}

/** The frame that is due; `hasEnded` when the film has run out of its range. */
export interface DueFrame {
  readonly frame: number;
  readonly hasEnded: boolean;
}

/** Sums of seconds are not exact: a frame counts as begun this much of a frame early. */
const EPSILON = 1e-6;

/** The frame that is due at a moment of the clock. */
export function dueFrame(anchor: Anchor, seconds: number, fps: number, range: PlayRange): DueFrame {
  const length = Math.max(1, range.endFrame - range.startFrame);
  const position = anchor.frame + (seconds - anchor.seconds) * fps * anchor.rate;
  const frame = anchor.rate < 0 ? Math.ceil(position - EPSILON) : Math.floor(position + EPSILON);
  const isBeyond = anchor.rate < 0 ? frame < range.startFrame : frame >= range.endFrame;
  if (!isBeyond) return { frame, hasEnded: false };
  if (!range.isLoop) return { frame: anchor.rate < 0 ? range.startFrame : range.endFrame - 1, hasEnded: true };
  return { frame: range.startFrame + wrap(frame - range.startFrame, length), hasEnded: false };
}

function wrap(value: number, length: number): number {
  return ((value % length) + length) % length;
}

/** The range that plays from a frame: between the points if the frame stands there, else the whole film. */
export function rangeFrom(frame: number, durationFrames: number, inFrame: number | null, outFrame: number | null): PlayRange {
  const startFrame = Math.min(inFrame ?? 0, Math.max(0, durationFrames - 1));
  const endFrame = Math.min((outFrame ?? durationFrames - 1) + 1, durationFrames);
  const isSet = inFrame !== null || outFrame !== null;
  const isInside = frame >= startFrame && frame < endFrame && endFrame > startFrame;
  return isSet && isInside ? { startFrame, endFrame, isLoop: true } : { startFrame: 0, endFrame: Math.max(1, durationFrames), isLoop: false };
}

/** Rates of the J and L keys, slowest first. */
const SHUTTLE_RATES = [1, 2, 4] as const;

/** What J (−1) or L (+1) makes of a rate: the other way at normal speed, then faster and faster. */
export function shuttleRate(rate: number, isPlaying: boolean, direction: 1 | -1): number {
  if (!isPlaying || Math.sign(rate) !== direction) return direction;
  const next = SHUTTLE_RATES.find((candidate) => candidate > Math.abs(rate)) ?? SHUTTLE_RATES.at(-1) ?? 1;
  return next * direction;
}
