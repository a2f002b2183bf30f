/** Frames as people and subtitle files write them. */
import type { Timebase } from './frames.ts';

/** `HH:MM:SS:FF` without drop frames, on the rate rounded to whole frames per second, as editing programs count. */
export function formatTimecode(frame: number, timebase: Timebase): string {
  const rate = Math.round(timebase.num / timebase.den);
  const seconds = Math.floor(frame / rate);
  return `${clock(seconds)}:${pad(frame % rate, 2)}`;
}

/** `HH:MM:SS,mmm` of the moment at which a frame starts, to the nearest millisecond (SubRip). */
export function formatSrtTime(frame: number, timebase: Timebase): string {
  const milliseconds = Math.floor((frame * timebase.den * 1000) / timebase.num + 0.5);
  return `${clock(Math.floor(milliseconds / 1000))},${pad(milliseconds % 1000, 3)}`;
}

function clock(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((value) => pad(value, 2)).join(':');
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
