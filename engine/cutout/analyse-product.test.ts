import { describe, expect, it } from 'vitest';
import { colorDistance } from '#core/lib/color/oklab.ts';
import { productAnalysisSchema } from '#core/project/schema.ts';
import { analyseProduct } from './analyse-product.ts';
import { renderTestScene, SCENE, type TestScene } from './analysis/test-scene.ts';

function analyse(scene: TestScene): ReturnType<typeof analyseProduct> {
  const { photo, mask } = renderTestScene(scene);
  return productAnalysisSchema.parse(analyseProduct(photo, mask));
}

describe('stance', () => {
  it.each([['can', 8], ['can', 15], ['can', 30], ['box', 12], ['box', 25], ['box', 35]] as const)('sees how far the camera looks down on a %s: %i°', (shape, cameraElevationDeg) => {
    const analysis = analyse({ shape, cameraElevationDeg, noise: 2 });
    expect(Math.abs(analysis.cameraElevationDeg - cameraElevationDeg)).toBeLessThan(2);
  });

  it('finds bounds and the contact line', () => {
    const { bounds, base } = analyse({ shape: 'can', cameraElevationDeg: 15 });
    const sag = SCENE.radius * Math.sin((15 * Math.PI) / 180);
    expect([bounds.x, bounds.width]).toEqual([SCENE.baseX - SCENE.radius, 2 * SCENE.radius]);
    expect(Math.abs(base.y - (SCENE.baseY + sag))).toBeLessThan(1);
    expect(Math.abs(base.left - (SCENE.baseX - SCENE.radius))).toBeLessThan(6);
    expect(Math.abs(base.right - (SCENE.baseX + SCENE.radius))).toBeLessThan(6);
  });

  it('does not invent an elevation for a straight underside', () => {
    expect(analyse({ shape: 'can', cameraElevationDeg: 0.3 }).cameraElevationDeg).toBeLessThan(12);
  });
});

describe('light', () => {
  it.each([
    ['right', 0, 135],
    ['left', 180, 45],
    ['right and to the back', 30, 131],
    ['right and to the front', -40, 127],
  ])('stands opposite to a shadow that falls to the %s', (_, shadowDeg, azimuthDeg) => {
    const { light } = analyse({ shape: 'can', cameraElevationDeg: 18, shadowDeg, lightElevationDeg: 45, penumbra: 6 });
    expect(Math.abs(light.azimuthDeg - azimuthDeg)).toBeLessThan(12);
    expect(light.confidence).toBeGreaterThan(0.6);
  });

  it('stands lower the longer the shadow, and is softer the wider its edge', () => {
    const at = (lightElevationDeg: number, penumbra: number) => analyse({ shape: 'can', cameraElevationDeg: 18, shadowDeg: 10, lightElevationDeg, penumbra }).light;
    const [low, middle, high] = [at(40, 4), at(52, 4), at(66, 4)];
    for (const [light, truth] of [[low, 40], [middle, 52], [high, 66]] as const) expect(Math.abs(light.elevationDeg - truth)).toBeLessThan(12);
    expect(low.elevationDeg).toBeLessThan(middle.elevationDeg);
    expect(middle.elevationDeg).toBeLessThan(high.elevationDeg);
    const [hard, soft, softest] = [at(45, 1), at(45, 10), at(45, 24)];
    expect(hard.softness).toBeLessThan(0.15);
    expect(soft.softness).toBeGreaterThan(hard.softness + 0.1);
    expect(softest.softness).toBeGreaterThan(soft.softness + 0.1);
  });

  it('is the default with confidence 0 where nothing shows it', () => {
    expect(analyse({ shape: 'can', cameraElevationDeg: 15 }).light).toMatchObject({ azimuthDeg: 120, elevationDeg: 50, confidence: 0 });
    expect(analyse({ shape: 'can', cameraElevationDeg: 15, shadowDeg: 0, texture: 0.25 }).light.confidence).toBe(0);
  });

  it('takes its tint from a nearly neutral background only', () => {
    expect(analyse({ shape: 'can', cameraElevationDeg: 15 }).light.tint).toBe('#ffffff');
    expect(analyse({ shape: 'can', cameraElevationDeg: 15, background: [0.2, 0.5, 0.3] }).light.tint).toBe('#ffffff');
    const warm = analyse({ shape: 'can', cameraElevationDeg: 15, background: [0.75, 0.7, 0.62] }).light.tint;
    expect(colorDistance(warm, '#fff7ea')).toBeLessThan(0.01);
  });
});

describe('picture', () => {
  it.each([0, 2, 5])('measures the noise: %i levels', (noise) => {
    expect(Math.abs(analyse({ shape: 'can', cameraElevationDeg: 15, noise }).noiseSigma - noise)).toBeLessThan(0.1 + noise * 0.15);
  });

  it('names the product colour, not the background', () => {
    const { palette } = analyse({ shape: 'can', cameraElevationDeg: 15 });
    expect(colorDistance(palette[0] ?? '', '#d0665a')).toBeLessThan(0.1);
    expect(Math.min(...palette.map((color) => colorDistance(color, '#d9d9d9')))).toBeGreaterThan(0.1);
  });

  it('is the same every time', () => {
    const scene = { shape: 'box', cameraElevationDeg: 20, shadowDeg: 150, noise: 3 } as const;
    expect(analyse(scene)).toEqual(analyse(scene));
  });
});
