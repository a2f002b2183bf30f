import { describe, expect, it } from 'vitest';
import { formatTimecode, parseTimecode } from './timecode.ts';

describe('timecode', () => {
  it('is minutes, seconds and frames', () => {
    expect([0, 29, 30, 102, 1800, 18_000].map((frame) => formatTimecode(frame, 30))).toEqual(['00:00:00', '00:00:29', '00:01:00', '00:03:12', '01:00:00', '10:00:00']);
  });
  it('is read back as it was written', () => {
    for (let frame = 0; frame < 4000; frame += 7) expect(parseTimecode(formatTimecode(frame, 30), 30, 0)).toBe(frame);
  });
  it('may be shorter, in frames, in seconds, or relative', () => {
    expect(parseTimecode('3:12', 30, 0)).toBe(102);
    expect(parseTimecode('90', 30, 0)).toBe(90);
    expect(parseTimecode('2.5s', 30, 0)).toBe(75);
    expect(parseTimecode('2,5 s', 30, 0)).toBe(75);
    expect(parseTimecode('+10', 30, 50)).toBe(60);
    expect(parseTimecode('-100', 30, 50)).toBe(0);
  });
  it('is nothing else', () => {
    for (const text of ['', 'abc', '1:2:3:4', '--3', '1e9', ':', '99999999']) expect(parseTimecode(text, 30, 0)).toBeUndefined();
  });
});
