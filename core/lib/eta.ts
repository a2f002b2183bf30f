/** How long a run still takes, from how fast its progress has moved; an average that forgets slowly. */
const FORGET_MS = 8000;

/** Remaining time of one task. */
export interface Eta {
  /** Undefined until enough is known. */
  remainingMs(progress: number, nowMs: number): number | undefined;
}

/** For one task; ask it at every change of the progress. */
export function createEta(): Eta {
  let last: { progress: number; atMs: number } | undefined;
  let ratePerMs = 0;
  return {
    remainingMs(progress, nowMs) {
      if (!last) last = { progress, atMs: nowMs };
      const elapsed = nowMs - last.atMs;
      if (elapsed >= 500) {
        const rate = Math.max(0, progress - last.progress) / elapsed;
        const weight = ratePerMs === 0 ? 1 : 1 - Math.exp(-elapsed / FORGET_MS);
        ratePerMs += (rate - ratePerMs) * weight;
        last = { progress, atMs: nowMs };
      }
      return ratePerMs > 0 && progress < 1 ? (1 - progress) / ratePerMs : undefined;
    },
  };
}

/** `about 1 min 20 s left`; empty when unknown. */
export function formatEta(remainingMs: number | undefined): string {
  if (remainingMs === undefined) return '';
  const seconds = Math.max(1, Math.round(remainingMs / 1000));
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}
