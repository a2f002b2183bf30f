import { describe, expect, it } from 'vitest';
import { startSoundStopwatch } from './stopwatch.ts';

describe('the stopwatch of playing', () => {
  const start = (startsAt: number) => {
    const clocks = { sound: 10, page: 100 };
    return { clocks, read: startSoundStopwatch(() => clocks.sound, startsAt, () => clocks.page) };
  };
  it('stands at 0 until the sound is heard, then runs with it', () => {
    const { clocks, read } = start(10.5);
    expect(read()).toBe(0);
    clocks.sound = 10.4;
    expect(read()).toBe(0);
    clocks.sound = 12;
    clocks.page = 107; // a page that was busy changes nothing
    expect(read()).toBeCloseTo(1.5);
  });
  it('goes on by the page when the sound stands still, without a leap', () => {
    const { clocks, read } = start(10);
    clocks.sound = 11;
    clocks.page = 101;
    expect(read()).toBeCloseTo(1);
    clocks.page = 101.2;
    expect(read()).toBeCloseTo(1);
    clocks.page = 101.4;
    expect(read()).toBeCloseTo(1);
    clocks.page = 101.9;
    expect(read()).toBeCloseTo(1.5);
    clocks.sound = 90; // a clock that comes back is not believed any more
    expect(read()).toBeCloseTo(1.5);
  });
  it('never runs backwards', () => {
    const { clocks, read } = start(10);
    clocks.sound = 11;
    read();
    clocks.sound = 10.9;
    expect(read()).toBeCloseTo(1);
  });
});
