/**
 * Seconds since playing began, by the sound's clock while it runs. A sound clock that stands still although it should run (no output device,
 * a context that was suspended) is left for the page's own, so the picture never waits for a sound card. Pure: clocks come in as functions.
 */

/** Seconds since it was started; never runs backwards. */
export type Stopwatch = () => number;

/** How long the sound's clock may stand still while the page's runs. */
const STALL_SECONDS = 0.3;

/** Runs by one clock. */
export function startStopwatch(now: () => number): Stopwatch {
  const start = now();
  return () => now() - start;
}

/**
 * Runs by the sound's clock, and by the page's once that stands still.
 * @param soundNow seconds of what is heard at this moment
 * @param startsAt when what is heard begins, by the sound's clock
 */
export function startSoundStopwatch(soundNow: () => number, startsAt: number, pageNow: () => number): Stopwatch {
  let last = { sound: soundNow(), page: pageNow() };
  let elapsed = 0;
  let fallback: Stopwatch | undefined;
  return () => {
    if (fallback) return elapsed + fallback();
    const sound = soundNow();
    const page = pageNow();
    if (sound !== last.sound) last = { sound, page };
    else if (page - last.page > STALL_SECONDS) fallback = startStopwatch(pageNow);
    elapsed = Math.max(elapsed, sound - startsAt);
    return elapsed;
  };
}
