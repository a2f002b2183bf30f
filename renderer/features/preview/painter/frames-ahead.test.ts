import { describe, expect, it } from 'vitest';
import { framesAhead } from './frames-ahead.ts';

describe('frames that are looked at ahead', () => {
  it('are the nearest first, each one at first, and stay in the film', () => {
    const frames = framesAhead(290, 300, 1, 40);
    expect(frames.slice(0, 8)).toEqual([291, 292, 293, 294, 295, 296, 297, 298]);
    expect(frames.every((frame) => frame >= 0 && frame < 300)).toBe(true);
    expect(frames).toContain(6);
  });
  it('lie behind the playhead when it runs backwards', () => {
    expect(framesAhead(3, 300, -2, 6)).toEqual([2, 1, 0, 299, 298]);
  });
  it('are none in a film of one frame', () => {
    expect(framesAhead(0, 1, 1, 100)).toEqual([]);
  });
});
