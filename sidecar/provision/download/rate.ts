/** Bytes per second over the last seconds, for a figure that neither jumps nor lags. */

const WINDOW_MS = 5000;

export interface RateMeter {
  /** `nowMs` never goes back. */
  add(bytes: number, nowMs: number): void;
  bytesPerSecond(nowMs: number): number;
}

export function createRateMeter(startedMs: number): RateMeter {
  let samples: { readonly ms: number; readonly bytes: number }[] = [];
  return {
    add(bytes, nowMs) {
      const last = samples.at(-1);
      if (last !== undefined && nowMs - last.ms < 100) samples[samples.length - 1] = { ms: last.ms, bytes: last.bytes + bytes };
      else samples.push({ ms: nowMs, bytes });
      samples = samples.filter(({ ms }) => nowMs - ms <= WINDOW_MS);
    },
    bytesPerSecond(nowMs) {
      const recent = samples.filter(({ ms }) => nowMs - ms <= WINDOW_MS);
      const spanMs = Math.max(1, Math.min(WINDOW_MS, nowMs - startedMs));
      return Math.round((recent.reduce((sum, { bytes }) => sum + bytes, 0) * 1000) / spanMs);
    },
  };
}
