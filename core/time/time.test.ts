import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesToSeconds, retime, secondsToFrames, type Timebase } from './frames.ts';
import { formatSrtTime } from './srt-time.ts';

const RATES: readonly Timebase[] = [{ num: 30, den: 1 }, { num: 30_000, den: 1001 }, { num: 24_000, den: 1001 }, { num: 25, den: 1 }, { num: 60, den: 1 }, { num: 12, den: 1 }];
const rate = fc.constantFrom(...RATES);
const frame = fc.integer({ min: 0, max: 10_000_000 });

describe('frames', () => {
  it('come back from seconds exactly', () => {
    fc.assert(fc.property(frame, rate, (frames, timebase) => secondsToFrames(framesToSeconds(frames, timebase), timebase) === frames));
  });

  it('keep their order', () => {
    fc.assert(fc.property(frame, frame, rate, rate, (left, right, from, to) => left > right || retime(left, from, to) <= retime(right, from, to)));
  });

  it('move by less than half a frame when the clock changes', () => {
    fc.assert(fc.property(frame, rate, rate, (frames, from, to) => Math.abs(framesToSeconds(retime(frames, from, to), to) - framesToSeconds(frames, from)) <= framesToSeconds(1, to) / 2 + 1e-6));
  });

  it('survive a trip over a faster clock', () => {
    fc.assert(fc.property(frame, fc.constantFrom(...RATES.slice(0, 4)), (frames, slow) => retime(retime(frames, slow, { num: 60, den: 1 }), { num: 60, den: 1 }, slow) === frames));
  });
});

describe('SubRip times', () => {
  it('are hours, minutes, seconds and thousandths', () => {
    expect(formatSrtTime(0, { num: 30, den: 1 })).toBe('00:00:00,000');
    expect(formatSrtTime(1, { num: 30, den: 1 })).toBe('00:00:00,033');
    expect(formatSrtTime(30 * 3661 + 15, { num: 30, den: 1 })).toBe('01:01:01,500');
    expect(formatSrtTime(30_000, { num: 30_000, den: 1001 })).toBe('00:16:41,000');
  });

  it('are well formed for every frame', () => {
    fc.assert(fc.property(frame, rate, (frames, timebase) => /^\d{2,}:[0-5]\d:[0-5]\d,\d{3}$/.test(formatSrtTime(frames, timebase))));
  });
});
