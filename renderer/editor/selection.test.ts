import { describe, expect, it } from 'vitest';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { clipOrder, nextClip } from './selection.ts';

describe('walking from clip to clip', () => {
  const order = clipOrder(exampleProject(), '1:1');
  it('goes in reading order, and stops at both ends', () => {
    expect(nextClip(order, undefined, [1, false])).toBe('scene:scene_1');
    expect(nextClip(order, 'scene:scene_1', [1, false])).toBe('caption:scene_1:a');
    expect(nextClip(order, 'scene:scene_1', [-1, false])).toBe('scene:scene_1');
    expect(nextClip(order, 'music', [1, false])).toBe('music');
  });
  it('goes among clips of the same kind, and to the ends', () => {
    expect(nextClip(order, 'scene:scene_1', [1, true])).toBe('scene:scene_2');
    expect(nextClip(order, 'caption:scene_2:a', [-1, true])).toBe('caption:scene_1:b');
    expect(nextClip(order, 'caption:scene_1:a', [Number.POSITIVE_INFINITY, false])).toBe('music');
    expect(nextClip(order, 'music', [Number.NEGATIVE_INFINITY, false])).toBe('scene:scene_1');
  });
  it('begins anew when what was selected is gone', () => {
    expect(nextClip(order, 'scene:gone', [1, false])).toBe('scene:scene_1');
    expect(nextClip([], undefined, [1, false])).toBeUndefined();
  });
});
