/** `just now`, `3 min. ago`, `yesterday`, then the date: what matters of a date in a list. */
export function formatDate(atMs: number, nowMs: number, language: string): string {
  const seconds = Math.max(0, Math.round((nowMs - atMs) / 1000));
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (seconds < 60) return relative.format(0, 'second');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  const days = daysBetween(atMs, nowMs);
  if (days === 0) return relative.format(-Math.floor(seconds / 3600), 'hour');
  if (days < 7) return relative.format(-days, 'day');
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Date(atMs).toLocaleDateString(language, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** Midnights between two moments; a day with a clock change counts as one as well. */
function daysBetween(atMs: number, nowMs: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(nowMs) - midnight(atMs)) / 86_400_000);
}
