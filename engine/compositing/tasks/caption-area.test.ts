import { describe, expect, it } from 'vitest';
import { layoutOf } from '#core/composition/evaluate.ts';
import { sampleScene } from '#core/composition/testing/sample-film.ts';
import { canvasSize, RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Caption, Scene } from '#core/project/schema.ts';
import { captionArea } from './caption-area.ts';

const words = (id: string, role: Caption['role']): Caption => ({ id, role, text: 'Cold, and nothing else', startFrame: 0, endFrame: 60, animation: 'none', position: {} });
const scene = sampleScene('scene_1', { captions: [words('brand', 'brand'), words('line', 'support'), words('button', 'callToAction')] });

/** Room by caption, as the task asks for it one after the other; each fills half of what it gets. */
function roomsOf({ captions }: Pick<Scene, 'captions'>, ratio: Ratio): Record<string, { width: number; height: number }> {
  const { areas } = layoutOf({ scene }, ratio, { products: { product_1: { aspect: 0.5 } } } as never);
  const before: { caption: Caption; inkHeight: number; fontPx: number }[] = [];
  return Object.fromEntries(captions.map((caption) => {
    const { rect } = captionArea(caption, ratio, areas, captions, before);
    before.push({ caption, inkHeight: rect.height / 2, fontPx: 40 });
    return [caption.id, { width: rect.width, height: rect.height }];
  }));
}

const moved = (ratio: Ratio, id: string, width: number): Scene => ({ ...scene, captions: scene.captions.map((caption) => (caption.id === id ? { ...caption, position: { [ratio]: { x: 0.5, y: 0.2, width } } } : caption)) });

describe.each(RATIOS)('the room of captions in %s', (ratio) => {
  const automatic = roomsOf(scene, ratio);

  it('is shared by a group', () => {
    const heights = Object.values(automatic).map(({ height }) => height);
    expect(new Set(heights).size).toBeGreaterThan(1);
  });

  it.each(['brand', 'line', 'button'])('stays the same for all when %s is moved by hand', (id) => {
    const kept = Math.round((automatic[id]!.width / canvasSize(ratio).width) * 1e5) / 1e5; // as the canvas writes it down
    expect(roomsOf(moved(ratio, id, kept), ratio)).toEqual(automatic);
  });

  it('has the width that was given by hand', () => {
    expect(roomsOf(moved(ratio, 'line', 0.5), ratio)['line']).toEqual({ width: canvasSize(ratio).width / 2, height: automatic['line']?.height });
  });
});
