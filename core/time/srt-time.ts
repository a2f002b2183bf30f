/** Frames as SubRip files write them. */
import type { Timebase } from './frames.ts';

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
