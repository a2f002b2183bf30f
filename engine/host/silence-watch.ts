/**
 * Notices a process that is there but does nothing any more. It counts its own ticks since the last sign of life instead of
 * reading a clock, so a machine that was asleep does not look like a process that was silent.
 */
export interface SilenceWatch {
  /** A sign of life. */
  beat(): void;
  stop(): void;
}

export interface SilenceThresholds {
  readonly beatMs: number;
  /** Told once per silence, after four missing beats: something is slow. */
  onSlow(): void;
  /** Told once, after twelve: it will not come back. */
  onSilent(): void;
}

const SLOW_BEATS = 4;
const SILENT_BEATS = 12;

export function watchSilence({ beatMs, onSlow, onSilent }: SilenceThresholds): SilenceWatch {
  let missing = 0;
  const timer = setInterval(() => {
    missing += 1;
    if (missing === SLOW_BEATS) onSlow();
    if (missing === SILENT_BEATS) onSilent();
  }, beatMs);
  return { beat: () => void (missing = 0), stop: () => clearInterval(timer) };
}
