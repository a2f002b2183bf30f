/** Time, so that tests can bring their own. */
import type { Timers, TimerName } from './states.ts';

export interface Clock {
  /** Only goes forward. */
  nowMs(): number;
  /** Returns what cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Keeps one alarm, for whichever of the machine's timers is due first. */
export function createAlarm(clock: Clock, onDue: (timer: TimerName) => void) {
  let cancel = (): void => {};
  return {
    set(timers: Timers): void {
      cancel();
      const [first] = (Object.entries(timers) as [TimerName, number][]).sort(([, a], [, b]) => a - b);
      // A timer may fire a fraction early; what is not due yet would be ignored and never come again.
      cancel = first === undefined ? () => {} : clock.after(Math.max(0, Math.ceil(first[1] - clock.nowMs()) + 1), () => onDue(first[0]));
    },
  };
}
