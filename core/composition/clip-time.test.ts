import { expect, test } from 'vitest';
import { clipFrameAt, slipOf } from './clip-time.ts';

const scene = (startFrame?: number) => ({ backdrop: { set: 'gobo' as const, prompt: '', focus: { x: 0.5, y: 0.5 }, ...(startFrame === undefined ? {} : { startFrame }) } });

test('a scene without a slip shows its clip from the beginning', () => {
  expect(slipOf(scene())).toBe(0);
  expect(clipFrameAt(scene(), { durationFrames: 60 }, 7)).toBe(7);
});

test('a slip is added, up to the clip\'s last frame', () => {
  expect(clipFrameAt(scene(20), { durationFrames: 60 }, 7)).toBe(27);
  expect(clipFrameAt(scene(500), { durationFrames: 60 }, 0)).toBe(59);
  expect(clipFrameAt(scene(500), { durationFrames: 0 }, 3)).toBe(3);
});
