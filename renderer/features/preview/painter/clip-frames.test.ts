import { expect, test } from 'vitest';
import { ClipFrames } from './clip-frames.ts';

function picture() {
  const made = { width: 1, height: 1, isClosed: false, close: () => void (made.isClosed = true) };
  return made;
}
const clip = (sceneId: string, hash: string, frame = 0) => ({ sceneId, hash, frame });

test('the clips of one scene in several ratios do not take each other\'s place', () => {
  const frames = new ClipFrames<ReturnType<typeof picture>>();
  const [tall, wide] = [picture(), picture()];
  frames.put(clip('scene_1', 'tall', 4), tall);
  frames.put(clip('scene_1', 'wide', 4), wide);
  expect([frames.find(clip('scene_1', 'tall')), frames.find(clip('scene_1', 'wide'))]).toEqual([tall, wide]);
  expect([frames.has(clip('scene_1', 'tall', 4)), frames.has(clip('scene_1', 'tall', 5)), frames.has(clip('scene_2', 'tall', 4))]).toEqual([true, false, false]);
  expect(tall.isClosed).toBe(false);
});

test('a newer frame closes the one before it; what is used stays when there are too many clips', () => {
  const frames = new ClipFrames<ReturnType<typeof picture>>();
  const [first, second] = [picture(), picture()];
  frames.put(clip('a', 'x', 0), first);
  frames.put(clip('a', 'x', 1), second);
  expect([first.isClosed, second.isClosed]).toEqual([true, false]);
  const others = Array.from({ length: 20 }, (_, index) => {
    const other = picture();
    frames.put(clip(`scene_${index}`, 'y'), other);
    expect(frames.find(clip('a', 'x'))).toBe(second);
    return other;
  });
  expect(others.filter(({ isClosed }) => !isClosed)).toHaveLength(7);
});
