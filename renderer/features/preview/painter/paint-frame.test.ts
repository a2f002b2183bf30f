import { describe, expect, it } from 'vitest';
import type { FramePlan, Layer, SceneFrame } from '#core/composition/layer.ts';
import { paintFrame } from './paint-frame.ts';
import type { Scratch } from './paint-frame.ts';
import { paintScene } from './paint-scene.ts';
import type { Brush, DrawablePicture } from './paint-scene.ts';

const canvas = { width: 1080, height: 1920 };
const layer: Layer = { source: 'logo', rect: { x: 100, y: 200, width: 300, height: 400 }, rotationDeg: 0, opacity: 0.8, blend: 'multiply', sampling: 'smooth' };
const scene = (...layers: Layer[]): SceneFrame => ({ sceneId: 's', layers });
const picture = { image: { name: 'picture' } as unknown as CanvasImageSource, width: 300, height: 400 } satisfies DrawablePicture;

/** Writes down what is drawn: alpha, blend, and where. */
function recorder() {
  const drawn: { alpha: number; blend: string; at: readonly number[]; isSmooth: boolean }[] = [];
  const brush = {
    globalAlpha: 1, globalCompositeOperation: 'source-over', fillStyle: '', imageSmoothingEnabled: true, imageSmoothingQuality: 'low', canvas,
    setTransform: () => undefined, fillRect: () => undefined, save: () => undefined, restore: () => undefined, translate: () => undefined, rotate: () => undefined,
    createLinearGradient: () => ({ addColorStop: () => undefined }),
    drawImage(_image: unknown, ...at: number[]) {
      drawn.push({ alpha: this.globalAlpha, blend: this.globalCompositeOperation, at, isSmooth: this.imageSmoothingEnabled });
    },
  };
  return { brush: brush as unknown as Brush, drawn };
}

describe('a scene', () => {
  it('is drawn back to front with opacity and blend, pixel on pixel where the picture fits', () => {
    const { brush, drawn } = recorder();
    paintScene(brush, scene(layer, { ...layer, blend: 'normal', rect: { ...layer.rect, x: 100.5 } }), canvas, { scale: 1, pictureOf: () => picture });
    expect(drawn).toEqual([
      { alpha: 0.8, blend: 'multiply', at: [100, 200, 300, 400], isSmooth: false },
      { alpha: 0.8, blend: 'source-over', at: [100.5, 200, 300, 400], isSmooth: true },
    ]);
  });
  it('leaves out what cannot be seen, and what is not there yet', () => {
    const { brush, drawn } = recorder();
    paintScene(brush, scene({ ...layer, opacity: 0 }, { ...layer, rect: { ...layer.rect, x: 1080 } }, { ...layer, source: 'missing' }), canvas, { scale: 0.5, pictureOf: ({ source }) => (source === 'missing' ? undefined : picture) });
    expect(drawn).toEqual([]);
  });
  it('draws the part of a clip that covers the canvas', () => {
    const { brush, drawn } = recorder();
    paintScene(brush, scene(layer), canvas, { scale: 1, pictureOf: () => ({ ...picture, crop: { x: 5, y: 6, width: 70, height: 80 } }) });
    expect(drawn[0]?.at).toEqual([5, 6, 70, 80, 100, 200, 300, 400]);
  });
});

describe('a transition', () => {
  const paint = (kind: NonNullable<FramePlan['transition']>['kind'], progress: number, scale = 1) => {
    const [main, second] = [recorder(), recorder()];
    const scratch = { canvas: {} as OffscreenCanvas, brush: second.brush } satisfies Scratch;
    paintFrame(main.brush, { frame: 0, from: scene(layer), to: scene(layer, layer), transition: { kind, progress } }, canvas, { scale, pictureOf: () => picture }, () => scratch);
    return { main: main.drawn, second: second.drawn };
  };
  it('that cuts shows one scene alone', () => {
    expect([paint('cut', 0.4).main.length, paint('cut', 0.6).main.length]).toEqual([1, 2]);
  });
  it('that dissolves lays the coming scene over the leaving one, as much of it as the export', () => {
    const { main, second } = paint('dissolve', 0.25);
    expect(second).toHaveLength(2);
    expect(main.at(-1)).toMatchObject({ alpha: 0.15625, at: [0, 0] });
  });
  it('that pushes moves both by the same whole pixels, also on a smaller canvas', () => {
    expect(paint('pushLeft', 0.5).main.map(({ at }) => at)).toEqual([[-540, 0], [540, 0]]);
    const [out, next] = paint('pushUp', 0.3, 0.25).main;
    expect((next?.at[1] ?? 0) - (out?.at[1] ?? 0)).toBe(480);
    expect(Number.isInteger(next?.at[1])).toBe(true);
  });
  it('that wipes keeps of the coming scene what is uncovered, and lays it over in full', () => {
    expect(paint('wipeUp', 0.5).main.at(-1)).toMatchObject({ alpha: 1, blend: 'source-over', at: [0, 0] });
  });
});
