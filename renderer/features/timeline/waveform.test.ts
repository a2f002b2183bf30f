import { describe, expect, it } from 'vitest';
import { fadeAt, peakBetween, secondAt } from './waveform.ts';
import { captionRowsOf, trackTops } from './metrics.ts';

describe('waveform', () => {
  const peaks = [0.1, 0.9, 0.3, 0.4];
  it('shows the loudest of what a column covers, and nothing outside of the sound', () => {
    expect(peakBetween(peaks, 4, 0, 1)).toBe(0.1);
    expect(peakBetween(peaks, 4, 0, 2)).toBe(0.9);
    expect(peakBetween(peaks, 4, 2.2, 2.3)).toBe(0.3);
    expect([peakBetween(peaks, 4, -2, 0), peakBetween(peaks, 4, 4, 5), peakBetween([], 4, 0, 1), peakBetween(peaks, 0, 0, 1)]).toEqual([0, 0, 0, 0]);
  });
  it('knows what is heard where', () => {
    const place = { startFrame: 30, trimSeconds: 2, endFrame: 90, fps: 30 };
    expect([secondAt(place, 29), secondAt(place, 30), secondAt(place, 60), secondAt(place, 90)]).toEqual([undefined, 2, 3, undefined]);
  });
  it('fades at both ends, also when the fades meet', () => {
    expect([fadeAt(0, 100, 10, 20), fadeAt(5, 100, 10, 20), fadeAt(50, 100, 10, 20), fadeAt(90, 100, 10, 20), fadeAt(100, 100, 10, 20)]).toEqual([0, 0.5, 1, 0.5, 0]);
    expect(fadeAt(0, 100, 0, 0)).toBe(1);
    expect(fadeAt(50, 100, 300, 300)).toBeCloseTo(1 / 6);
  });
});

it('captions that overlap get rows of their own, and the tracks below make room', () => {
  const scene = (captions: { startFrame: number; endFrame: number }[]) => ({ captions }) as never;
  expect(captionRowsOf([scene([])])).toBe(1);
  expect(captionRowsOf([scene([{ startFrame: 0, endFrame: 9 }, { startFrame: 5, endFrame: 9 }]), scene([])])).toBe(2);
  expect(trackTops(2).music - trackTops(1).music).toBe(22);
});
