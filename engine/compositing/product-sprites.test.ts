import { describe, expect, it } from 'vitest';
import { castShadow, contactShadow, cropToBounds, lightWrap, maskOf, reflection, type Mask, type ProductSprite } from './product-sprites.ts';
import type { Raster } from './raster.ts';

const LIGHT = { azimuthDeg: 135, elevationDeg: 45, softness: 0.4, tint: '#ffffff', confidence: 1 };

/** A cylinder seen from above, 200 x 300, with a handle on the right that hangs over the floor. */
function mug(): Mask {
  const [width, height] = [200, 300];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = (x - 70) / 70;
      const bottom = 275 + 25 * Math.sqrt(Math.max(0, 1 - across * across));
      const isBody = Math.abs(across) < 1 && y < bottom;
      const ring = Math.hypot((x - 140) / 60, (y - 130) / 80);
      if (isBody || (x >= 138 && ring < 1 && ring > 0.7)) data[y * width + x] = 255;
    }
  }
  return { width, height, data };
}

/** A box that turns a corner to the camera: two base edges rise from it. 300 x 200. */
function turnedBox(): Mask {
  const [width, height] = [300, 200];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bottom = x < 200 ? 140 + x * 0.3 : 200 - (x - 200) * 0.6;
      if (x > 2 && x < 298 && y < bottom) data[y * width + x] = 255;
    }
  }
  return { width, height, data };
}

function cutout(mask: Mask, colour: readonly [number, number, number]): Raster {
  const data = new Uint8Array(mask.width * mask.height * 4);
  mask.data.forEach((alpha, i) => data.set([...colour, alpha], i * 4));
  return { width: mask.width, height: mask.height, data };
}

/** Alpha at a place in the product's own units: x and y in heights of the product, from its top left corner. */
function alphaAt({ raster, rect }: ProductSprite, x: number, y: number): number {
  const column = Math.floor(((x - rect.x) / rect.width) * raster.width);
  const row = Math.floor(((y - rect.y) / rect.height) * raster.height);
  if (column < 0 || row < 0 || column >= raster.width || row >= raster.height) return 0;
  return (raster.data[(row * raster.width + column) * 4 + 3] as number) / 255;
}

function borderAlpha({ raster: { width, height, data } }: ProductSprite): number {
  let most = 0;
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) most = Math.max(most, data[i * 4 + 3] as number);
  }
  return most;
}

describe('contact shadow', () => {
  const sprite = contactShadow(mug(), { cameraElevationDeg: 20, light: LIGHT });

  it('is darkest at the base and gone a fifth of the height below', () => {
    expect(alphaAt(sprite, 70 / 300, 1.004)).toBeGreaterThan(0.4);
    expect(alphaAt(sprite, 70 / 300, 1.05)).toBeLessThan(0.35);
    expect(alphaAt(sprite, 70 / 300, 1.19)).toBeLessThan(0.03);
    expect(borderAlpha(sprite)).toBe(0);
  });

  it('lies along both base edges of a turned box', () => {
    const box = contactShadow(turnedBox(), { cameraElevationDeg: 26, light: LIGHT });
    expect(alphaAt(box, 60 / 200, (140 + 60 * 0.3 + 2) / 200)).toBeGreaterThan(0.4);
    expect(alphaAt(box, 270 / 200, (200 - 70 * 0.6 + 2) / 200)).toBeGreaterThan(0.4);
  });

  it('follows the curve of the base and leaves the handle alone', () => {
    const side = alphaAt(sprite, 4 / 300, 284 / 300);
    expect(side).toBeGreaterThan(0.3);
    expect(alphaAt(sprite, 180 / 300, 225 / 300)).toBeLessThan(0.05);
  });

  it('stands each of two pieces on its own base', () => {
    const mask: Mask = { width: 640, height: 320, data: new Uint8Array(640 * 320) };
    for (let y = 0; y < 320; y++) {
      for (let x = 0; x < 640; x++) if ((x < 190 && y < 256) || (x >= 450 && y >= 96)) mask.data[y * 640 + x] = 255;
    }
    const pair = contactShadow(mask, { cameraElevationDeg: 15, light: LIGHT });
    expect(alphaAt(pair, 0.3, 0.805)).toBeGreaterThan(0.4);
    expect(alphaAt(pair, 1.7, 1.005)).toBeGreaterThan(0.4);
    expect(alphaAt(pair, 1, 0.95)).toBeLessThan(0.1);
  });
});

describe('cast shadow', () => {
  const weightAt = (azimuthDeg: number, cameraElevationDeg = 20): { left: number; right: number; below: number } => {
    const sprite = castShadow(mug(), { cameraElevationDeg, light: { ...LIGHT, azimuthDeg } });
    const sum = { left: 0, right: 0, below: 0 };
    const { width, height, data } = sprite.raster;
    for (let i = 0; i < width * height; i++) {
      const x = sprite.rect.x + ((i % width) / width) * sprite.rect.width;
      const y = sprite.rect.y + (Math.floor(i / width) / height) * sprite.rect.height;
      const alpha = data[i * 4 + 3] as number;
      if (x < 0) sum.left += alpha;
      if (x > 140 / 300) sum.right += alpha;
      if (y > 1.02) sum.below += alpha;
    }
    expect(borderAlpha(sprite)).toBe(0);
    expect(Math.max(width, height)).toBeLessThanOrEqual(480);
    return sum;
  };

  it('falls away from the light', () => {
    const [fromLeft, fromRight] = [weightAt(180), weightAt(0)];
    expect(fromLeft.right).toBeGreaterThan(5 * fromLeft.left);
    expect(fromRight.left).toBeGreaterThan(2 * fromRight.right);
    expect(weightAt(90).below).toBeGreaterThan(3 * weightAt(180).below);
  });

  it('is flattened by a low camera', () => {
    expect(weightAt(90, 8).below).toBeLessThan(weightAt(90, 40).below);
  });

  it('fades and softens with distance', () => {
    const sprite = castShadow(mug(), { cameraElevationDeg: 20, light: { ...LIGHT, azimuthDeg: 180, elevationDeg: 30, softness: 0.5 } });
    const [near, far] = [alphaAt(sprite, 0.6, 0.92), alphaAt(sprite, 1.25, 0.92)];
    expect(near).toBeGreaterThan(0.3);
    expect(far).toBeGreaterThan(0.02);
    expect(far).toBeLessThan(near / 2);
  });
});

describe('reflection', () => {
  it('shows the colour above the base below it, fading', () => {
    const sprite = reflection(cutout(mug(), [200, 40, 30]), { gloss: 0.8, cameraElevationDeg: 20 });
    const [near, far] = [alphaAt(sprite, 70 / 300, 1.04), alphaAt(sprite, 70 / 300, 1.35)];
    expect(near).toBeGreaterThan(0.3);
    expect(far).toBeLessThan(near / 3);
    expect(alphaAt(sprite, 70 / 300, 0.9)).toBeLessThan(0.1);
    const middle = (Math.floor(sprite.raster.height / 3) * sprite.raster.width + Math.floor(sprite.raster.width / 3)) * 4;
    expect([...sprite.raster.data.subarray(middle, middle + 3)]).toEqual([200, 40, 30]);
    expect(borderAlpha(sprite)).toBe(0);
  });
});

describe('light wrap', () => {
  it('tints the edge by 30 % at most and never the interior eroded by 6 px', () => {
    const mask = mug();
    const { raster, rect } = lightWrap(mask, { ambient: [240, 220, 200] });
    expect(rect).toEqual({ x: 0, y: 0, width: 200 / 300, height: 1 });
    let tinted = 0;
    for (let y = 0; y < mask.height; y++) {
      for (let x = 0; x < mask.width; x++) {
        const alpha = raster.data[(y * mask.width + x) * 4 + 3] as number;
        expect(alpha).toBeLessThanOrEqual(76);
        if (alpha === 0) continue;
        tinted++;
        expect(isInterior(mask, x, y, 6)).toBe(false);
      }
    }
    expect(tinted).toBeGreaterThan(500);
  });

  function isInterior(mask: Mask, x: number, y: number, radius: number): boolean {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        if (Math.hypot(dx, dy) > radius) continue;
        const [column, row] = [x + dx, y + dy];
        const isOutside = column < 0 || row < 0 || column >= mask.width || row >= mask.height;
        if (isOutside || mask.data[row * mask.width + column] === 0) return false;
      }
    }
    return true;
  }
});

it('crops to bounds that reach outside the picture', () => {
  const source = cutout({ width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }, [9, 9, 9]);
  expect([...maskOf(cropToBounds(source, { x: 1, y: -1, width: 3, height: 3 })).data]).toEqual([0, 0, 0, 2, 3, 0, 5, 6, 0]);
});

it('survives empty, full and tiny masks', () => {
  for (const mask of [{ width: 40, height: 30, data: new Uint8Array(1200) }, { width: 40, height: 30, data: new Uint8Array(1200).fill(255) }, { width: 1, height: 1, data: Uint8Array.of(255) }]) {
    const options = { cameraElevationDeg: 0, light: { ...LIGHT, elevationDeg: 5 } };
    for (const { raster, rect } of [contactShadow(mask, options), castShadow(mask, options), reflection(cutout(mask, [1, 2, 3]), { gloss: 0 }), lightWrap(mask, { ambient: [0, 0, 0] })]) {
      expect(raster.data.length).toBe(raster.width * raster.height * 4);
      expect(Object.values(rect).every(Number.isFinite)).toBe(true);
    }
  }
});
