import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Raster } from '#engine/compositing/raster.ts';
import { cutOutEmbedded } from './cut-out.ts';
import { renderPhoto, type PhotoScene } from './testing/render-photo.ts';
import { SCENES } from './testing/scenes.ts';
import { scoreMask } from './testing/score.ts';

/** As a camera stores it: the method must live with JPEG's blocks. */
async function throughJpeg(photo: Raster, quality: number): Promise<Raster> {
  const raw = { width: photo.width, height: photo.height, channels: 4 as const };
  const jpeg = await sharp(photo.data, { raw }).removeAlpha().jpeg({ quality }).toBuffer();
  return decode(jpeg);
}

async function decode(file: Buffer | string): Promise<Raster> {
  const { data, info } = await sharp(file).rotate().toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** The scenes at two thirds of their size: what is measured hardly changes, the suite is twice as fast. */
function sceneOf(name: string): PhotoScene {
  const scene = SCENES[name]!;
  const factor = Math.max(scene.width, scene.height) > 600 ? 2 / 3 : 1;
  return { ...scene, width: scene.width * factor, height: scene.height * factor };
}

const EXPECTED: readonly (readonly [name: string, iou: number, edgeError: number])[] = [
  ['white jar on white', 0.93, 0.1],
  ['black flask on near-black', 0.95, 0.09],
  ['mug with handle on coral', 0.98, 0.04],
  ['bottle with hard shadow on blue', 0.985, 0.05],
  ['carton with hard shadow', 0.98, 0.04],
  ['blue jar on plaster', 0.98, 0.05],
  ['cup with straw on yellow', 0.985, 0.04],
  ['bottle crossing the bottom edge', 0.985, 0.05],
  ['noisy small photo', 0.96, 0.08],
];

/** Rims that are nearly as light as the ground, right beside a mirror's dark and bright bands. */
const FAINT: readonly (readonly [name: string, edgeError: number, raggedness: number])[] = [
  ['white tin on near-white', 0.045, 1.042],
  ['red tin with a bright rim', 0.035, 1.027],
  ['can with metal rims on grey', 0.05, 1.055],
];

describe('cutOutEmbedded', () => {
  it.each(EXPECTED)('cuts out %s', async (name, iou, edgeError) => {
    const { photo, truth } = renderPhoto(sceneOf(name));
    const { mask, cutout } = await cutOutEmbedded(await throughJpeg(photo, 88));
    const score = scoreMask(mask, truth, photo.width, photo.height);
    expect(score.iou).toBeGreaterThanOrEqual(iou);
    expect(score.edgeError).toBeLessThanOrEqual(edgeError);
    expect([cutout.width, cutout.height]).toEqual([photo.width, photo.height]);
  });

  it.each(FAINT)('follows the faint rim of %s without steps', async (name, edgeError, raggedness) => {
    const { photo, truth } = renderPhoto(sceneOf(name));
    const { mask } = await cutOutEmbedded(await throughJpeg(photo, 88));
    const score = scoreMask(mask, truth, photo.width, photo.height);
    expect(score.edgeError).toBeLessThanOrEqual(edgeError);
    expect(score.raggedness).toBeLessThanOrEqual(raggedness);
  });

  it('gives the same bytes for the same photo and keeps the product\'s own pixels', async () => {
    const { photo } = renderPhoto(SCENES['noisy small photo']!);
    const first = await cutOutEmbedded(photo);
    const second = await cutOutEmbedded(photo);
    expect(Buffer.from(second.mask).equals(Buffer.from(first.mask))).toBe(true);
    expect(Buffer.from(second.cutout.data).equals(Buffer.from(first.cutout.data))).toBe(true);
    const changed = first.mask.filter((alpha, at) => alpha === 255 && [0, 1, 2].some((channel) => first.cutout.data[at * 4 + channel] !== photo.data[at * 4 + channel]));
    expect(changed.length).toBe(0);
  });

  it('leaves the mug\'s handle open', async () => {
    const photo = await decode('resources/samples/mug.jpg');
    const { mask, confidence } = await cutOutEmbedded(photo);
    const alphaAt = (x: number, y: number): number => mask[Math.round(y * photo.height) * photo.width + Math.round(x * photo.width)]!;
    expect(alphaAt(0.69, 0.42)).toBe(0);
    expect(alphaAt(0.45, 0.7)).toBe(255);
    expect(alphaAt(0.02, 0.02)).toBe(0);
    expect(alphaAt(0.85, 0.62)).toBe(0);
    expect(mask.filter((alpha) => alpha > 127).length / mask.length).toBeCloseTo(0.26, 1);
    expect(confidence).toBeGreaterThan(0.9);
  });

  it('finds nothing in an empty photo and says so', async () => {
    const { photo } = renderPhoto({ ...SCENES['bottle on white sweep']!, parts: [], contact: undefined, shadow: undefined, width: 300, height: 300 });
    const { mask, confidence, notes } = await cutOutEmbedded(photo);
    expect(mask.every((alpha) => alpha === 0)).toBe(true);
    expect(confidence).toBe(0);
    expect(notes.join()).toContain('no product found');
  });

  it('stops when it is canceled', async () => {
    const { photo } = renderPhoto(SCENES['noisy small photo']!);
    await expect(cutOutEmbedded(photo, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
