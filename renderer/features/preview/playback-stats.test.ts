import { describe, expect, it } from 'vitest';
import { PlaybackStats } from './playback-stats.ts';

describe('frames that were left out', () => {
  it('are those between two that were shown', () => {
    const stats = new PlaybackStats();
    for (const frame of [10, 11, 11, 12, 15, 16]) stats.note(frame, 1);
    expect([stats.shown, stats.dropped]).toEqual([5, 2]);
  });
  it('are none at a seek, a loop, a pause, or another speed', () => {
    const stats = new PlaybackStats();
    for (const [frame, rate] of [[10, 1], [500, 1], [3, 1], [9, 0], [12, 1], [14, 2], [18, 2]] as const) stats.note(frame, rate);
    expect(stats.dropped).toBe(0);
  });
});
