/** Times in words. Pure; the language is that of the catalogue's `Intl`. */

/** `1:05`, `12:40`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `just now` aside: `3 minutes ago`, `yesterday`. */
export function formatAgo(atMs: number, nowMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const seconds = Math.round((atMs - nowMs) / 1000);
  const units = [['day', 86_400], ['hour', 3600], ['minute', 60]] as const;
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  return unit ? format.format(Math.round(seconds / unit[1]), unit[0]) : format.format(Math.min(0, seconds), 'second');
}

/** Services count in US dollars. */
export function formatCost(usd: number, language: string): string {
  return usd.toLocaleString(language, { style: 'currency', currency: 'USD', maximumFractionDigits: usd < 1 ? 3 : 2 });
}
