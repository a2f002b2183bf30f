import { describe, expect, it } from 'vitest';
import { dueFrame, rangeFrom, shuttleRate } from './playback-clock.ts';

const whole = { startFrame: 0, endFrame: 300, isLoop: false };

describe('the frame that is due', () => {
  it('is every frame once at the rate of the film, however odd the moments are', () => {
    const anchor = { frame: 10, seconds: 0.1 + 0.2, rate: 1 };
    for (let n = 0; n < 200; n++) expect(dueFrame(anchor, 0.1 + 0.2 + n / 30, 30, whole).frame).toBe(10 + n);
  });
  it('stays while its time is not over', () => {
    expect(dueFrame({ frame: 0, seconds: 0, rate: 1 }, 0.99 / 30, 30, whole).frame).toBe(0);
    expect(dueFrame({ frame: 50, seconds: 0, rate: -1 }, 0.99 / 30, 30, whole).frame).toBe(50);
  });
  it('runs backwards, and faster', () => {
    expect(dueFrame({ frame: 100, seconds: 5, rate: -2 }, 6, 30, whole).frame).toBe(40);
    expect(dueFrame({ frame: 0, seconds: 5, rate: 4 }, 6, 30, whole).frame).toBe(120);
  });
  it('ends on the last frame, and on the first when it runs backwards', () => {
    expect(dueFrame({ frame: 290, seconds: 0, rate: 1 }, 9, 30, whole)).toEqual({ frame: 299, hasEnded: true });
    expect(dueFrame({ frame: 10, seconds: 0, rate: -4 }, 9, 30, whole)).toEqual({ frame: 0, hasEnded: true });
  });
  it('goes round between in and out point, both ways, and never leaves them', () => {
    const range = { startFrame: 20, endFrame: 30, isLoop: true };
    expect(dueFrame({ frame: 25, seconds: 0, rate: 1 }, 5 / 30, 30, range).frame).toBe(20);
    expect(dueFrame({ frame: 25, seconds: 0, rate: -1 }, 6 / 30, 30, range).frame).toBe(29);
    for (let n = 0; n < 100; n++) expect(dueFrame({ frame: 25, seconds: 0, rate: -2 }, n / 7, 30, range).frame).toSatisfy((frame: number) => frame >= 20 && frame < 30);
  });
  it('is frame 0 of a film without frames', () => {
    expect(dueFrame({ frame: 0, seconds: 0, rate: 1 }, 4, 30, rangeFrom(0, 0, null, null)).frame).toBe(0);
  });
});

describe('the range that is played', () => {
  it('is the whole film without points, and when the playhead stands outside of them', () => {
    expect(rangeFrom(10, 300, null, null)).toEqual(whole);
    expect(rangeFrom(10, 300, 20, 40)).toEqual(whole);
  });
  it('holds both points, and one alone reaches to the film\'s end', () => {
    expect(rangeFrom(30, 300, 20, 40)).toEqual({ startFrame: 20, endFrame: 41, isLoop: true });
    expect(rangeFrom(30, 300, 20, null)).toEqual({ startFrame: 20, endFrame: 300, isLoop: true });
    expect(rangeFrom(30, 300, null, 900)).toEqual({ startFrame: 0, endFrame: 300, isLoop: true });
  });
  it('is the whole film when the points stand the wrong way round', () => {
    expect(rangeFrom(30, 300, 40, 20)).toEqual(whole);
  });
});

describe('J and L', () => {
  it('begin at normal speed, double, and turn round', () => {
    expect(shuttleRate(1, false, 1)).toBe(1);
    expect([1, 2, 4].map((rate) => shuttleRate(rate, true, 1))).toEqual([2, 4, 4]);
    expect(shuttleRate(4, true, -1)).toBe(-1);
    expect([-1, -2, -4].map((rate) => shuttleRate(rate, true, -1))).toEqual([-2, -4, -4]);
  });
});
