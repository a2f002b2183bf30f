import { describe, expect, it } from 'vitest';
import { NO_ETA, updateEta } from './eta.ts';
import type { Eta } from './eta.ts';

/** Looks every half second at a run whose progress is given by its time, and answers what was shown. */
function watch(progressAt: (seconds: number) => number, seconds: number): { readonly shown: (number | null)[]; readonly eta: Eta } {
  let eta = NO_ETA;
  const shown: (number | null)[] = [];
  for (let at = 0; at <= seconds; at += 0.5) {
    eta = updateEta(eta, at * 1000, progressAt(at));
    shown.push(eta.shownSeconds);
  }
  return { shown, eta };
}

describe('the time that is left', () => {
  it('is not told before anything is known', () => {
    expect(watch(() => 0, 60).shown.every((seconds) => seconds === null)).toBe(true);
    expect(watch((at) => at / 60, 3).shown.at(-1)).toBeNull();
  });

  it('is right for an even run, to a step', () => {
    const { shown } = watch((at) => at / 60, 30);
    expect(shown.at(-1)).toBeGreaterThanOrEqual(30);
    expect(shown.at(-1)).toBeLessThanOrEqual(35);
  });

  it('never grows while a run goes on evenly, however roughly it is reported', () => {
    const { shown } = watch((at) => Math.floor(at / 4) * 0.05, 78);
    const told = shown.filter((seconds) => seconds !== null);
    expect(told.some((seconds, index) => index > 0 && seconds > (told[index - 1] ?? 0))).toBe(false);
  });

  it('changes its mind seldom when work stalls, and does when it stays slow', () => {
    const { shown } = watch((at) => (at < 20 ? at / 40 : 0.5 + (at - 20) / 400), 80);
    const changes = shown.filter((seconds, index) => index > 0 && seconds !== shown[index - 1]).length;
    expect(changes).toBeLessThan(40);
    expect(shown.at(-1)).toBeGreaterThan(60);
  });

  it('is never nothing while the run goes on, and nothing at its end', () => {
    expect(watch((at) => Math.min(0.99, at / 20), 60).shown.at(-1)).toBeGreaterThan(0);
    expect(updateEta(NO_ETA, 1000, 1).shownSeconds).toBe(0);
  });

  it('keeps little, however long a run takes', () => {
    expect(watch((at) => at / 7200, 3600).eta.samples.length).toBeLessThan(200);
  });
});
