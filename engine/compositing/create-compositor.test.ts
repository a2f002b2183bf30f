import { afterEach, describe, expect, it } from 'vitest';
import type { FramePlan, Layer } from '#core/composition/layer.ts';
import { createRandom } from '#core/lib/random.ts';
import type { Raster } from './raster.ts';
import { createCompositor } from './create-compositor.ts';
import { deltaE2000 } from '#core/lib/color/delta-e-2000.ts';
import { labOfRgb } from '#core/lib/color/lab.ts';
import { readBack } from './compositor/nearest-yuv.ts';
import { largestDifference, peakSignalToNoise, ReferenceCanvas } from './compositor/reference-frame.ts';

const SIZE = { width: 108, height: 192 };
const LUMA = SIZE.width * SIZE.height;
const open: ReturnType<typeof createCompositor>[] = [];

afterEach(() => {
  for (const compositor of open.splice(0)) compositor.dispose();
});

function start(size = SIZE): ReturnType<typeof createCompositor> {
  const compositor = createCompositor(size);
  open.push(compositor);
  return compositor;
}

function layer(source: string, x: number, y: number, width: number, height: number, more: Partial<Layer> = {}): Layer {
  return { source, rect: { x, y, width, height }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'smooth', ...more };
}

function plan(...layers: Layer[]): FramePlan {
  return { frame: 0, from: { sceneId: 'a', layers } };
}

/** A picture with flat parts, hard coloured edges, soft alpha and noise. */
function picture(width: number, height: number, seed: number): Raster {
  const random = createRandom(seed, 'picture');
  const colours = Array.from({ length: 6 }, () => [random.below(256), random.below(256), random.below(256)]);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colours[(Math.floor(x / 7) + 2 * Math.floor(y / 9)) % 6] ?? [0, 0, 0];
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y);
      data.set([...colour.map((value) => Math.min(255, value + random.below(5))), Math.min(255, edge * 60)], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

function flat(red: number, green: number, blue: number, alpha = 255): Raster {
  return { width: 1, height: 1, data: Uint8Array.of(red, green, blue, alpha) };
}

function gradient(width: number, height: number): { width: number; height: number; channels: 3; data: Uint16Array } {
  const data = new Uint16Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
    data.set([20000 + 9000 * x, 26000 + 4000 * y, 30000 - 5000 * x * y], i * 3);
  }
  return { width, height, channels: 3, data };
}

const FULL = [0, 0, SIZE.width, SIZE.height] as const;

describe('flat colours', () => {
  // 8-bit 4:2:0 has no triple within 0.5 for one colour in sixty (pale, nearly grey ones).
  it('read back within CIEDE2000 0.5, or as the nearest triple there is, from 200 random colours', () => {
    const compositor = start({ width: 32, height: 32 });
    const random = createRandom(7, 'flat');
    const distances: number[] = [];
    for (let i = 0; i < 200; i++) {
      const rgb = [random.below(256), random.below(256), random.below(256)] as const;
      compositor.setSource('flat', flat(rgb[0], rgb[1], rgb[2]));
      const frame = compositor.draw(plan(layer('flat', 0, 0, 32, 32)), { isFlat: true });
      const shown = readBack([frame[500] as number, frame[1024 + 100] as number, frame[1280 + 100] as number]);
      expect(new Set(frame.subarray(0, 1024)).size).toBe(1);
      distances.push(deltaE2000(labOfRgb(rgb[0] / 255, rgb[1] / 255, rgb[2] / 255), labOfRgb(...shown)));
    }
    distances.sort((a, b) => a - b);
    expect(distances[195]).toBeLessThanOrEqual(0.5);
    expect(distances[199]).toBeLessThanOrEqual(0.75);
  });

  it('draws black where nothing lies', () => {
    const frame = start().draw(plan());
    expect(new Set(frame.subarray(0, LUMA))).toEqual(new Set([16]));
    expect(new Set(frame.subarray(LUMA))).toEqual(new Set([128]));
  });
});

describe('alpha-over on whole pixels', () => {
  for (const [x, y] of [[20, 30], [21, 30], [20, 31], [21, 31], [-13, 5], [70, 160]] as const) {
    for (const sampling of ['exact', 'smooth'] as const) {
      it(`${sampling} at ${x},${y} differs from the float composite by rounding only`, () => {
        const compositor = start();
        const product = picture(50, 60, 3);
        compositor.setSource('back', flat(200, 60, 40));
        compositor.setSource('product', product);
        const frame = compositor.draw(plan(layer('back', ...FULL), layer('product', x, y, 50, 60, { sampling })), { isFlat: true });
        const expected = new ReferenceCanvas(SIZE).blend('normal', 1, () => [200 / 255, 60 / 255, 40 / 255, 1]).place(product, x, y).toYuv();
        expect(largestDifference(frame, expected)).toBeLessThan(1.6);
        expect(peakSignalToNoise(frame, expected)).toBeGreaterThan(55);
      });
    }
  }
});

it('draws a layer of a single ink, whose alpha alone is sampled, like any other', () => {
  const compositor = start();
  const ink = [60000, 20000, 9000] as const;
  const data = new Uint16Array(40 * 50 * 4);
  for (let i = 0; i < 2000; i++) data.set([...ink, Math.round(65535 * Math.max(0, 1 - Math.hypot((i % 40) / 20 - 1, Math.floor(i / 40) / 25 - 1)))], i * 4);
  compositor.setSource('back', flat(40, 90, 160));
  compositor.setSource('glow', { width: 40, height: 50, channels: 4, data });
  const frame = compositor.draw(plan(layer('back', ...FULL), layer('glow', 31, 40, 40, 50, { opacity: 0.8 })), { isFlat: true });
  const expected = new ReferenceCanvas(SIZE)
    .blend('normal', 1, () => [40 / 255, 90 / 255, 160 / 255, 1])
    .blend('normal', 0.8, (x, y) => {
      const inside = x >= 31 && x < 71 && y >= 40 && y < 90;
      return [ink[0] / 65535, ink[1] / 65535, ink[2] / 65535, inside ? (data[((y - 40) * 40 + x - 31) * 4 + 3] as number) / 65535 : 0];
    })
    .toYuv();
  expect(largestDifference(frame, expected)).toBeLessThan(1.6);
  expect(peakSignalToNoise(frame, expected)).toBeGreaterThan(52);
});

describe('multiply and screen', () => {
  for (const blend of ['multiply', 'screen'] as const) {
    for (const colour of [[90, 90, 90], [200, 120, 40], [30, 20, 60]] as const) {
      it(`${blend} with ${colour.join()} at 70 % follows the RGB arithmetic`, () => {
        const compositor = start();
        const back = picture(SIZE.width, SIZE.height, 5);
        back.data.forEach((_, i) => i % 4 === 3 && (back.data[i] = 255));
        compositor.setSource('back', back);
        const [r, g, b] = colour;
        compositor.setSource('light', flat(r, g, b, 180));
        const frame = compositor.draw(plan(layer('back', ...FULL), layer('light', ...FULL, { blend, opacity: 0.7 })), { isFlat: true });
        const expected = new ReferenceCanvas(SIZE).place(back, 0, 0).blend(blend, 0.7, () => [r / 255, g / 255, b / 255, 180 / 255]).toYuv();
        expect(peakSignalToNoise(frame.subarray(LUMA), expected.subarray(LUMA))).toBeGreaterThan(52);
        expect(peakSignalToNoise(frame.subarray(0, LUMA), expected.subarray(0, LUMA))).toBeGreaterThan(r === g ? 55 : 35);
      });
    }
  }
});

describe('repetition', () => {
  it('repeats a held product bit by bit while the backdrop moves', () => {
    const compositor = start();
    compositor.setSource('wall', gradient(40, 70));
    compositor.setSource('product', picture(40, 50, 1));
    const drawAt = (shift: number): Uint8Array =>
      compositor.draw(plan(layer('wall', -10 - shift, -10, 140, 230), layer('product', 31, 41, 40, 50, { sampling: 'exact' }))).slice();
    const inside = (frame: Uint8Array): number[] => {
      const out: number[] = [];
      for (let y = 50; y < 84; y++) out.push(...frame.subarray(y * SIZE.width + 40, y * SIZE.width + 62));
      return out;
    };
    const first = drawAt(0);
    const second = drawAt(3.7);
    expect(inside(second)).toEqual(inside(first));
    expect(second).not.toEqual(first);
  });

  it('keeps what stands still between whole pixels, in every blend, while the backdrop moves', () => {
    const [held, fresh] = [start(), start()];
    const standing = [
      layer('ink', 10.3, 20.7, 60.4, 70.2, { opacity: 0.7 }), layer('product', 20.6, 30.2, 70.1, 90.9),
      layer('product', 5.4, 90.3, 60.6, 70.8, { blend: 'multiply' }), layer('grey', 30.5, 5.5, 50.5, 60.5, { blend: 'screen', opacity: 0.6 }),
    ];
    for (const compositor of [held, fresh]) {
      compositor.setSource('back', gradient(130, 230));
      compositor.setSource('product', picture(80, 90, 3));
      compositor.setSource('ink', { ...picture(50, 50, 4), data: picture(50, 50, 4).data.map((value, i) => (i % 4 === 3 ? value : 40)) });
      compositor.setSource('grey', flat(90, 90, 90, 200));
    }
    const frame = (i: number): FramePlan => plan(layer('back', -5 - i * 0.37, -8, 130, 230), ...standing);
    for (let i = 0; i < 5; i++) {
      const drawn = held.draw(frame(i)).slice();
      fresh.draw(plan(layer('back', ...FULL))); // nothing stands still in this one
      expect(drawn).toEqual(fresh.draw(frame(i)));
      fresh.draw(plan(layer('back', ...FULL)));
    }
  });

  it('is the same in another compositor and after other frames', () => {
    const draw = (compositor: ReturnType<typeof createCompositor>, x: number): Uint8Array =>
      compositor.draw(plan(layer('wall', -10, -10, 140, 230), layer('product', x, 20, 61, 77, { sampling: 'exact', rotationDeg: x })), { grain: 0.4 }).slice();
    const [first, second] = [start(), start()];
    for (const compositor of [first, second]) {
      compositor.setSource('wall', gradient(40, 70));
      compositor.setSource('product', picture(40, 50, 1));
    }
    draw(first, 2);
    draw(first, 9.25);
    expect(draw(first, 4)).toEqual(draw(second, 4));
  });

  it('dithers a 16-bit gradient around its exact value and leaves a flat plan alone', () => {
    const compositor = start();
    const wall = gradient(SIZE.width, SIZE.height);
    compositor.setSource('wall', wall);
    const expected = new ReferenceCanvas(SIZE)
      .blend('normal', 1, (x, y) => [0, 1, 2].map((c) => (wall.data[(y * SIZE.width + x) * 3 + c] as number) / 65535).concat(1) as never)
      .toYuv();
    const dithered = compositor.draw(plan(layer('wall', ...FULL))).slice();
    const rounded = compositor.draw(plan(layer('wall', ...FULL)), { isFlat: true });
    expect(largestDifference(rounded, expected)).toBeLessThan(0.53);
    expect(largestDifference(dithered, expected)).toBeLessThan(1.45);
    const mean = (from: ArrayLike<number>): number => Array.from({ length: LUMA }, (_, i) => from[i] as number).reduce((a, b) => a + b) / LUMA;
    expect(Math.abs(mean(dithered) - mean(expected))).toBeLessThan(0.02);
  });
});

describe('sources', () => {
  it('passes a canvas-sized clip through untouched', () => {
    const compositor = start();
    const random = createRandom(1, 'clip');
    const clip = Uint8Array.from({ length: compositor.frameBytes }, () => 16 + random.below(220));
    compositor.setYuvSource('clip', SIZE, clip);
    expect(compositor.draw(plan(layer('clip', ...FULL)))).toEqual(clip);
  });

  it('gives memory back and sees a replaced source', () => {
    const compositor = start();
    compositor.setSource('back', flat(255, 0, 0));
    const red = compositor.draw(plan(layer('back', ...FULL))).slice();
    const drawAndDrop = (times: number): number => {
      for (let i = 0; i < times; i++) {
        compositor.setSource('product', picture(80, 90, i));
        compositor.draw(plan(layer('back', ...FULL), layer('product', 3, 3, 71.5, 80.25, { sampling: 'exact' })));
        compositor.draw(plan(layer('back', ...FULL), layer('product', 3, 3, 20.5, 20.25)));
      }
      compositor.dropSource('product');
      return compositor.usedBytes;
    };
    expect(drawAndDrop(20)).toBe(drawAndDrop(1));
    expect(compositor.hasSource('product')).toBe(false);
    compositor.setSource('back', flat(0, 0, 255));
    expect(compositor.draw(plan(layer('back', ...FULL)))).not.toEqual(red);
  });

  it('refuses what cannot be drawn, with the reason', () => {
    const compositor = start();
    expect(() => compositor.draw(plan(layer('nothing', ...FULL)))).toThrow('no source "nothing"');
    expect(() => compositor.setSource('bad', { width: 4, height: 4, data: new Uint8Array(4) })).toThrow(RangeError);
    expect(() => compositor.setYuvSource('bad', SIZE, new Uint8Array(4))).toThrow(RangeError);
    expect(() => createCompositor({ width: 11, height: 20 })).toThrow(RangeError);
  });
});

describe('placement', () => {
  it('survives any rectangle, also far outside the canvas', () => {
    const compositor = start();
    compositor.setSource('wall', gradient(40, 70));
    compositor.setSource('card', picture(33, 21, 2));
    const random = createRandom(99, 'fuzz');
    for (let i = 0; i < 300; i++) {
      const span = random.pick([0.2, 2, 40, 300]);
      const rect = [random.between(-300, 300), random.between(-400, 400), random.between(0, span), random.between(0, span)] as const;
      const frame = compositor.draw(plan(
        layer('wall', ...FULL),
        layer(random.pick(['wall', 'card']), ...rect, {
          rotationDeg: random.pick([0, 0, random.between(-180, 180)]),
          opacity: random.pick([0, 0.3, 1]),
          blend: random.pick(['normal', 'multiply', 'screen']),
          sampling: random.pick(['exact', 'smooth']),
        }),
      ));
      expect(frame.length).toBe(compositor.frameBytes);
    }
    expect(compositor.draw(plan(layer('wall', ...FULL), layer('card', 500, 500, 20, 20)))).toEqual(start2());
    function start2(): Uint8Array {
      const plain = start();
      plain.setSource('wall', gradient(40, 70));
      return plain.draw(plan(layer('wall', ...FULL)));
    }
  });

  it('turns by a right angle onto the pixels of the turned picture', () => {
    const compositor = start();
    const upright = picture(40, 60, 8);
    const turned: Raster = { width: 60, height: 40, data: new Uint8Array(60 * 40 * 4) };
    for (let y = 0; y < 60; y++) {
      for (let x = 0; x < 40; x++) turned.data.set(upright.data.subarray((y * 40 + x) * 4, (y * 40 + x) * 4 + 4), (x * 60 + 59 - y) * 4);
    }
    compositor.setSource('back', flat(20, 90, 160));
    compositor.setSource('upright', upright);
    compositor.setSource('turned', turned);
    const back = layer('back', ...FULL);
    const first = compositor.draw(plan(back, layer('upright', 30, 50, 40, 60, { sampling: 'exact', rotationDeg: 90 })), { isFlat: true }).slice();
    const second = compositor.draw(plan(back, layer('turned', 20, 60, 60, 40, { sampling: 'exact' })), { isFlat: true });
    expect(largestDifference(first, second)).toBeLessThanOrEqual(1);
  });

  it('covers part of an edge pixel by its share', () => {
    const compositor = start();
    compositor.setSource('back', flat(0, 0, 0));
    compositor.setSource('card', flat(255, 255, 255));
    const frame = compositor.draw(plan(layer('back', ...FULL), layer('card', 10.25, 20.5, 30, 30)), { isFlat: true });
    const luma = (x: number, y: number): number => frame[y * SIZE.width + x] as number;
    expect([luma(9, 30), luma(10, 30), luma(11, 30), luma(40, 30), luma(41, 30)]).toEqual([16, 180, 235, 71, 16]);
    expect([luma(20, 19), luma(20, 20), luma(20, 49), luma(20, 50), luma(20, 51)]).toEqual([16, 126, 235, 126, 16]);
  });
});

describe('transitions', () => {
  for (const kind of ['cut', 'dissolve', 'wipeLeft', 'wipeRight', 'wipeUp', 'pushLeft', 'pushUp', 'zoom'] as const) {
    it(`${kind} begins as the first scene, ends as the second and changes between`, () => {
      const compositor = start();
      compositor.setSource('wall', gradient(40, 70));
      compositor.setSource('card', picture(60, 90, 4));
      const from = { sceneId: 'a', layers: [layer('wall', ...FULL), layer('card', 20, 30, 60, 90, { sampling: 'exact' as const })] };
      const to = { sceneId: 'b', layers: [layer('wall', -30, -40, 200, 300), layer('card', 5, 80, 60, 90)] };
      const at = (progress: number): Uint8Array => compositor.draw({ frame: 1, from, to, transition: { kind, progress } }).slice();
      const [first, second] = [compositor.draw({ frame: 0, from }).slice(), compositor.draw({ frame: 0, from: to }).slice()];
      expect(at(0)).toEqual(first);
      expect(at(1)).toEqual(second);
      if (kind === 'cut') return;
      const middle = at(0.5);
      expect(middle).not.toEqual(first);
      expect(middle).not.toEqual(second);
    });
  }
});
