import { describe, expect, it } from 'vitest';
import { renderTestScene, SCENE, type TestScene } from './analysis/test-scene.ts';
import { extractShadow } from './extract-shadow.ts';
import type { Mask } from './codec.ts';

const SOFT = { shape: 'can', cameraElevationDeg: 20, shadowDeg: 170, lightElevationDeg: 58, penumbra: 6 } as const;

function extract(scene: TestScene): Mask {
  const { photo, mask } = renderTestScene(scene);
  const matte = extractShadow(photo, mask);
  if (!matte) throw new Error('no shadow found');
  return matte;
}

describe('extractShadow', () => {
  it.each([0, 3])('gives back the darkness that lies on the floor, with noise %i', (noise) => {
    const { shadow, mask } = renderTestScene(SOFT);
    const matte = extract({ ...SOFT, noise });
    let [error, total] = [0, 0];
    for (let at = 0; at < shadow.length; at++) {
      if ((mask.data[at] ?? 0) > 0) continue;
      error += Math.abs((matte.data[at] ?? 0) / 255 - (shadow[at] ?? 0));
      total += shadow[at] ?? 0;
    }
    expect(error / total).toBeLessThan(noise === 0 ? 0.2 : 0.3);
    const core = SCENE.baseY * SCENE.width + SCENE.baseX - 76;
    expect((matte.data[core] ?? 0) / 255).toBeCloseTo(shadow[core] ?? 0, 1);
  });

  it('is clean: nothing above the product, nothing at the border, nothing on the other side', () => {
    const matte = extract({ ...SOFT, noise: 3 });
    const at = (x: number, y: number): number => matte.data[y * SCENE.width + x] ?? 255;
    for (let x = 0; x < SCENE.width; x++) for (const y of [0, 48, 112, SCENE.height - 1]) expect(at(x, y)).toBe(0);
    for (let y = 0; y < SCENE.height; y++) for (const x of [0, SCENE.baseX + 88, SCENE.width - 1]) expect(at(x, y)).toBe(0);
  });

  it('reaches under the product without a bright gap, and no further', () => {
    const matte = extract(SOFT);
    const row = SCENE.baseY * SCENE.width;
    const edge = SCENE.baseX - SCENE.radius;
    for (let x = edge - 4; x <= edge + 3; x++) expect(matte.data[row + x] ?? 0).toBeGreaterThan(90);
    expect(matte.data[row - 88 * SCENE.width + SCENE.baseX] ?? 255).toBe(0);
  });

  it('runs out before the border when the shadow leaves the picture', () => {
    const matte = extract({ ...SOFT, shadowDeg: 180, lightElevationDeg: 30 });
    const row = (SCENE.baseY + 2) * SCENE.width;
    const steps = Array.from({ length: 80 }, (_, x) => Math.abs((matte.data[row + x + 1] ?? 0) - (matte.data[row + x] ?? 0)));
    expect(matte.data[row]).toBe(0);
    expect(Math.max(...steps)).toBeLessThan(8);
    expect(matte.data[row + 96]).toBeGreaterThan(60);
  });

  it.each([
    ['there is none', { shape: 'can', cameraElevationDeg: 20 }],
    ['the background is textured', { ...SOFT, texture: 0.25 }],
    ['it is too faint', { ...SOFT, darkness: 0.03 }],
  ] as const)('gives nothing when %s', (_, scene) => {
    const { photo, mask } = renderTestScene(scene);
    expect(extractShadow(photo, mask)).toBeUndefined();
  });
});
