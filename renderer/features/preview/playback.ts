/**
 * The playhead: one for the whole page, shared by the timeline, the preview and whatever else follows time. The clock is the sound's while
 * there is sound that plays, else the page's. What follows every frame listens with `subscribeFrame` and moves by transform; components
 * that only need to know whether something plays select just that, so they are not drawn thirty times a second.
 */
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { dueFrame, rangeFrom, shuttleRate } from './playback-clock.ts';
import type { Anchor, PlayRange } from './playback-clock.ts';
import { scrubSound, startSound, stopSound } from './sound-player.ts';
import type { Stopwatch } from './stopwatch.ts';

/** What is known of the playhead. Frames count on the project's clock from 0. */
export interface Playback {
  readonly frame: number;
  readonly isPlaying: boolean;
  /** 1 = forwards at normal speed; kept while paused. */
  readonly rate: number;
  readonly durationFrames: number;
  readonly fps: number;
  /** First and last frame of what is looped. */
  readonly inFrame: number | null;
  readonly outFrame: number | null;
}

const usePlaybackStore = create<Playback>(() => ({ frame: 0, isPlaying: false, rate: 1, durationFrames: 1, fps: 30, inFrame: null, outFrame: null }));

/** The playhead; a component that uses `frame` is drawn for every frame. */
export function usePlayback(): Playback {
  return usePlaybackStore();
}

/** A part of the playhead's state; the component is drawn when that part changes. */
export function usePlaybackSelector<T>(selector: (playback: Playback) => T): T {
  return usePlaybackStore(useShallow(selector));
}

/** The playhead outside React. */
export function playbackNow(): Playback {
  return usePlaybackStore.getState();
}

/** Calls `listener` with every frame that the playhead comes to, from the next one on. Returns the way out. */
export function subscribeFrame(listener: (frame: number) => void): () => void {
  return usePlaybackStore.subscribe((next, last) => {
    if (next.frame !== last.frame) listener(next.frame);
  });
}

let playing: { readonly anchor: Anchor; readonly range: PlayRange; readonly elapsed: Stopwatch; handle: number } | undefined;

/** Tells how long the film is now; the playhead stays inside it. */
export function setFilmLength(durationFrames: number, fps = 30): void {
  const { frame, inFrame, outFrame } = playbackNow();
  const last = Math.max(0, durationFrames - 1);
  const within = (point: number | null): number | null => (point !== null && point > last ? null : point);
  usePlaybackStore.setState({ durationFrames: Math.max(1, durationFrames), fps, frame: Math.min(frame, last), inFrame: within(inFrame), outFrame: within(outFrame) });
  if (playing) anchorAt(playbackNow().frame);
}

/** Another film: from its beginning, without points. */
export function resetPlayback(): void {
  pause();
  usePlaybackStore.setState({ frame: 0, rate: 1, inFrame: null, outFrame: null });
}

/** Goes to a frame; playing goes on from there. */
export function seek(frame: number): void {
  const { durationFrames, isPlaying, fps } = playbackNow();
  if (!Number.isFinite(frame)) return;
  const next = Math.min(Math.max(0, Math.round(frame)), durationFrames - 1);
  usePlaybackStore.setState({ frame: next });
  if (isPlaying) anchorAt(next);
  else scrubSound(next / fps, 1 / fps);
}

/** Some frames on (or back, when negative); stops what plays. */
export function step(frames: number): void {
  pause();
  seek(playbackNow().frame + frames);
}

/** Plays from where the playhead stands; at the end, from the beginning. */
export function play(rate = 1): void {
  if (rate === 0) return pause();
  const { frame, durationFrames, inFrame, outFrame } = playbackNow();
  const range = rangeFrom(frame, durationFrames, inFrame, outFrame);
  const isAtEnd = !range.isLoop && (rate > 0 ? frame >= range.endFrame - 1 : frame <= range.startFrame);
  const from = isAtEnd ? (rate > 0 ? range.startFrame : range.endFrame - 1) : frame;
  usePlaybackStore.setState({ isPlaying: true, rate, frame: from });
  anchorAt(from);
}

/** Stops where it is. */
export function pause(): void {
  if (playing) cancelAnimationFrame(playing.handle);
  playing = undefined;
  stopSound();
  if (playbackNow().isPlaying) usePlaybackStore.setState({ isPlaying: false, rate: 1 });
}

/** Space. */
export function togglePlay(): void {
  if (playbackNow().isPlaying) pause();
  else play();
}

/** J (−1) and L (1): plays that way; again: faster. */
export function shuttle(direction: 1 | -1): void {
  const { rate, isPlaying } = playbackNow();
  play(shuttleRate(rate, isPlaying, direction));
}

/** Sets the first frame of the loop; null takes it away. A point on the wrong side of the other one takes that away. */
export function setInFrame(frame: number | null): void {
  const { outFrame } = playbackNow();
  usePlaybackStore.setState({ inFrame: frame, outFrame: frame !== null && outFrame !== null && outFrame <= frame ? null : outFrame });
  if (playing) anchorAt(playbackNow().frame);
}

/** Sets the last frame of the loop; null takes it away. */
export function setOutFrame(frame: number | null): void {
  const { inFrame } = playbackNow();
  usePlaybackStore.setState({ outFrame: frame, inFrame: frame !== null && inFrame !== null && inFrame >= frame ? null : inFrame });
  if (playing) anchorAt(playbackNow().frame);
}

/** Anchors what plays at a frame and this moment, with the sound from there. */
function anchorAt(frame: number): void {
  const { rate, durationFrames, inFrame, outFrame, fps } = playbackNow();
  if (playing) cancelAnimationFrame(playing.handle);
  const range = rangeFrom(frame, durationFrames, inFrame, outFrame);
  playing = { anchor: { frame, seconds: 0, rate }, range, elapsed: startSound(frame / fps, rate, joinSound), handle: requestAnimationFrame(tick) };
}

/** Sound has become possible while the picture plays: both go on from here. */
function joinSound(): void {
  if (playing) anchorAt(playbackNow().frame);
}

function tick(): void {
  if (!playing) return;
  const { fps, frame } = playbackNow();
  const { anchor, range, elapsed } = playing;
  const due = dueFrame(anchor, elapsed(), fps, range);
  if (due.hasEnded) {
    usePlaybackStore.setState({ frame: due.frame });
    return pause();
  }
  const hasWrapped = range.isLoop && (anchor.rate > 0 ? due.frame < frame : due.frame > frame);
  if (due.frame !== frame) usePlaybackStore.setState({ frame: due.frame });
  if (hasWrapped) return anchorAt(due.frame); // the sound begins again with the picture
  playing.handle = requestAnimationFrame(tick);
}
