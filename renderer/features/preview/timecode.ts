/** Frames as people write times: minutes, seconds, frames. Pure. */

/** `00:03:12`: minutes, seconds, frames. */
export function formatTimecode(frame: number, fps: number): string {
  const rate = Math.round(fps);
  const whole = Math.max(0, Math.round(frame));
  const seconds = Math.floor(whole / rate);
  return [Math.floor(seconds / 60), seconds % 60, whole % rate].map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * The frame that somebody has typed: `3:12` and `0:03:12` as shown, `90` frames, `2.5s` seconds, `+10` and `-10` from where the playhead is.
 * Undefined when it is none of these.
 */
export function parseTimecode(text: string, fps: number, currentFrame: number): number | undefined {
  const typed = text.trim().toLowerCase();
  const rate = Math.round(fps);
  const relative = /^([+-])(\d{1,6})$/.exec(typed);
  if (relative) return Math.max(0, currentFrame + (relative[1] === '-' ? -1 : 1) * Number(relative[2]));
  const seconds = /^(\d{1,5}(?:[.,]\d{1,3})?)\s*s$/.exec(typed)?.[1];
  if (seconds !== undefined) return Math.round(Number(seconds.replace(',', '.')) * rate);
  if (!/^\d{1,6}(?:[:.;]\d{1,2}){0,2}$/.test(typed)) return undefined;
  const [frames = 0, second = 0, minute = 0] = typed.split(/[:.;]/).map(Number).reverse();
  return (minute * 60 + second) * rate + frames;
}
