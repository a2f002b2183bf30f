import { describe, expect, test } from 'vitest';
import { SET_KINDS, type SetKind } from '#core/project/schema.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { buildSet } from './build-set.ts';
import { parseHex, toLab } from './paint/color.ts';
import type { BuiltSet, SetLayer } from './set-types.ts';
import { lumaOf, pixelOf, pointOf } from './testing/flatten.ts';
import { STANDING, TEST_PALETTES, testRequest } from './testing/requests.ts';

const STUDIO_SETS = SET_KINDS.filter((set) => set !== 'flat');
const REACH = 0.06;

/** Products that a layout would hardly choose, and none at all. */
const AWKWARD: readonly BackdropRequest['product'][] = [
  undefined,
  { x: 0.1, y: 0.35, height: 0.3, width: 0.05, cameraElevationDeg: 0 },
  { x: 0.95, y: 1.05, height: 1.2, width: 0.9, cameraElevationDeg: 35 },
  { x: 0.5, y: 0.6, height: 0.4, width: 0.5, cameraElevationDeg: 90 },
];

const built = new Map<SetKind, BuiltSet>();

/** The set in its plainest request, built once. */
function plain(set: SetKind): BuiltSet {
  const known = built.get(set) ?? buildSet(testRequest({ set }));
  built.set(set, known);
  return known;
}

describe.each(SET_KINDS)('%s', (set) => {
  test('is the same for the same seed and another arrangement for another', () => {
    const one = plain(set);
    expect(buildSet(testRequest({ set }))).toEqual(one);
    if (set !== 'flat') expect(meanDifference(one, buildSet(testRequest({ set, seed: 9 })))).toBeGreaterThan(0.002);
  });

  test.each(['1:1', '16:9'] as const)('fills %s and what the camera can see beyond it', (ratio) => {
    expectFilled(ratio === '1:1' ? plain(set) : buildSet(testRequest({ set, ratio, palette: TEST_PALETTES.pastel })));
  });

  test.each([['white', 0], ['black', 1], ['neon', 2], ['navy', 3]] as const)('stands in %s with awkward product %i', (palette, index) => {
    const built = buildSet(testRequest({ set, ratio: index === 0 ? '9:16' : '1:1', palette: TEST_PALETTES[palette], product: AWKWARD[index], light: { azimuthDeg: index * 90 - 170, elevationDeg: 5 + index * 25, softness: index / 3 } }));
    expectFilled(built);
    expect(built.horizon).toBeGreaterThanOrEqual(0);
    expect(built.horizon).toBeLessThanOrEqual(1);
  });
});

describe.each(STUDIO_SETS)('%s', (set) => {
  test('uses no hue that the palette lacks', () => {
    const palette = ['#1e6fd9', '#8fb8ee', '#0d2f5c'];
    const built = buildSet(testRequest({ set, palette }));
    const hue = hueOf(toLab(parseHex(palette[0]!)));
    for (const layer of built.layers.filter(({ blend }) => blend === 'normal')) {
      for (const [x, y] of grid(24)) {
        const pixel = pixelOf(layer, x, y);
        if (!pixel || pixel[3] < 0.5) continue;
        const lab = toLab(pixel.slice(0, 3).map((value) => parseHex(`#${Math.round(value * 255).toString(16).padStart(2, '0').repeat(3)}`)[0]) as [number, number, number]);
        if (Math.hypot(lab[1], lab[2]) > 0.04) expect(hueDistance(hueOf(lab), hue)).toBeLessThan(18);
      }
    }
  });

  test('keeps the product plane still and the foreground off the product', () => {
    for (const layer of plain(set).layers) {
      if (layer.depth === 1) expect(layer.motion.kind).toBe('none');
      expect(layer.isForeground).toBe(layer.depth > 1);
      if (!layer.isForeground) continue;
      const isOver = layer.rect.x < 0.6 && layer.rect.x + layer.rect.width > 0.4 && layer.rect.y < 0.7 && layer.rect.y + layer.rect.height > 0.4;
      expect(isOver).toBe(false);
    }
  });

  test('is 16 bits deep throughout, so that the compositor dithers every gradient', () => {
    for (const { picture } of plain(set).layers) expect(picture.data).toBeInstanceOf(Uint16Array);
  });

  test('is calm behind the product', () => {
    expect(fineContrast(plain(set))).toBeLessThan(0.024);
  });

});

test.each(['cyclorama', 'podium', 'mesh'] as const)('%s moves the horizon up when the camera looks down', (set) => {
  const low = buildSet(testRequest({ set, product: { ...STANDING!, cameraElevationDeg: 6 } }));
  const high = buildSet(testRequest({ set, product: { ...STANDING!, cameraElevationDeg: 20 } }));
  expect(high.horizon).toBeLessThan(low.horizon - 0.1);
  if (set !== 'podium') expect(low.horizon).toBeLessThan(STANDING!.y);
});

test('flat is exactly the dominant colour, everywhere', () => {
  const built = buildSet(testRequest({ set: 'flat', palette: ['#e8501f', '#000000', '#ffffff'] }));
  expect(built).toMatchObject({ isFlat: true, hasFloor: false });
  const { data } = built.layers[0]!.picture;
  for (let at = 0; at < data.length; at += 4) expect([...data.subarray(at, at + 4)]).toEqual([0xe8, 0x50, 0x1f, 0xff]);
});

/** Every point of the canvas and a margin round it is opaque, and every layer that leaves the canvas leaves it far enough. */
function expectFilled(built: BuiltSet): void {
  for (const [x, y] of grid(16)) {
    const at = [(x * (1 + 2 * REACH) - REACH), (y * (1 + 2 * REACH) - REACH)] as const;
    expect(pointOf(built, at[0], at[1]).alpha, `${at}`).toBeGreaterThan(0.99);
  }
  for (const layer of built.layers.filter(({ isForeground }) => !isForeground)) {
    const { x, y, width, height } = layer.rect;
    const inset = 1e-6;
    if (-x > -0.001 && -x < REACH) expectUnseen(layer, [x + inset, y + height / 2]);
    if (-y > -0.001 && -y < REACH) expectUnseen(layer, [x + width / 2, y + inset]);
    if (x + width > 0.999 && x + width < 1 + REACH) expectUnseen(layer, [x + width - inset, y + height / 2]);
    if (y + height > 0.999 && y + height < 1 + REACH) expectUnseen(layer, [x + width / 2, y + height - inset]);
  }
}

/** A picture may end near the canvas' edge only where it has faded to nothing. */
function expectUnseen(layer: SetLayer, [x, y]: readonly [number, number]): void {
  const [red, green, blue, alpha] = pixelOf(layer, x, y)!;
  expect(layer.blend === 'screen' ? Math.max(red, green, blue) : alpha).toBeLessThan(0.02);
}

function* grid(steps: number): Generator<readonly [number, number]> {
  for (let row = 0; row < steps; row++) for (let column = 0; column < steps; column++) yield [(column + 0.5) / steps, (row + 0.5) / steps];
}

function meanDifference(one: BuiltSet, other: BuiltSet): number {
  let sum = 0;
  let count = 0;
  for (const [x, y] of grid(40)) {
    sum += Math.abs(lumaOf(pointOf(one, x, y).color) - lumaOf(pointOf(other, x, y).color));
    count++;
  }
  return sum / count;
}

/** Mean luma step between neighbours one fortieth of the product apart, over the product's box. */
function fineContrast(built: BuiltSet): number {
  const { x, y, width, height } = STANDING!;
  let sum = 0;
  let count = 0;
  for (const [u, v] of grid(40)) {
    const left = x - width / 2 + u * width;
    const top = y - height + v * height;
    const here = lumaOf(pointOf(built, left, top).color);
    sum += Math.abs(here - lumaOf(pointOf(built, left + width / 40, top).color)) + Math.abs(here - lumaOf(pointOf(built, left, top + height / 40).color));
    count += 2;
  }
  return sum / count;
}

const hueOf = ([, a, b]: readonly [number, number, number]): number => (Math.atan2(b, a) * 180) / Math.PI;
const hueDistance = (one: number, other: number): number => Math.abs(((one - other + 540) % 360) - 180);
