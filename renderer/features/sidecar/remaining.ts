/** A remaining time in words, coarser the longer it is. Pure. */
interface Words {
  minutes(minutes: number): string;
  secondsLeft(seconds: number): string;
  hours(hours: number, minutes: number): string;
}

/** `90` → `2 min`: never less than it will be. */
export function formatRemaining(seconds: number, words: Words): string {
  if (seconds < 60) return words.secondsLeft(Math.max(5, Math.ceil(seconds / 5) * 5));
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60);
}
