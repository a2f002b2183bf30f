/** Sizes as disks and downloads are sold: decimal, one digit after the point from megabytes on. Pure. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1 500 000 000` → `1.5 GB`, in the user's spelling. */
export function formatBytes(bytes: number, language: string): string {
  const safe = Math.max(0, bytes);
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, safe)) / 3)));
  const digits = power >= 2 ? 1 : 0;
  return `${(safe / 1000 ** power).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${UNITS[power]}`;
}
