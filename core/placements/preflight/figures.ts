/** Figures as readers write them; for findings, in English like the engine's other sentences. */

/** `15 s`, `7.5 s`. */
export function formatSeconds(seconds: number): string {
  return `${trim(seconds, 2)} s`;
}

/** `4.2 MB`. */
export function formatSize(bytes: number): string {
  if (bytes >= 1e9) return `${trim(bytes / 1e9, 2)} GB`;
  return bytes >= 1e6 ? `${trim(bytes / 1e6, 1)} MB` : `${trim(bytes / 1e3, 0)} kB`;
}

/** `8.2 Mbit/s`. */
export function formatBitrate(bitsPerSecond: number): string {
  return bitsPerSecond >= 1e6 ? `${trim(bitsPerSecond / 1e6, 1)} Mbit/s` : `${trim(bitsPerSecond / 1e3, 0)} kbit/s`;
}

/** `−14.1 LUFS`. */
export function formatLoudness(lufs: number): string {
  return `${trim(lufs, 1).replace('-', '−')} LUFS`;
}

/** A share in percent. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
