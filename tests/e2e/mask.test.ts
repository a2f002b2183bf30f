/**
 * A cut-out corrected by hand on a photo of 24 megapixels: what the brush touches becomes product at the photo's full resolution, what was
 * taken back leaves nothing, and everything else stays as it was to the pixel.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { productSchema } from '#core/project/schema.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { dropPaths } from './kit/drop-paths.ts';
import { SAMPLE } from './kit/start-advert.ts';

const MINUTES = 60_000;
const SIZE = { width: 6000, height: 4000 };

let studio: Studio;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-e2e-mask-'));
  await sharp(SAMPLE).resize({ ...SIZE, fit: 'contain', background: '#d9d9d9' }).jpeg({ quality: 90 }).toFile(join(folder, 'large.jpg'));
  studio = await openStudio({ width: 1440, height: 900 });
}, MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

test('a brush print on a photo of 24 megapixels is the only thing that changes', { timeout: 4 * MINUTES }, async () => {
  const { page } = studio;
  await dropPaths(page, [join(folder, 'large.jpg')]);
  await page.getByRole('slider', { name: 'Compare photo and cut-out' }).waitFor({ timeout: 2 * MINUTES });
  await page.getByRole('button', { name: /^Correct/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Opening the photo').waitFor({ state: 'detached' });
  await expect(dialog.getByRole('button', { name: 'Apply' }).isEnabled()).resolves.toBe(true);

  await stroke([0.3, 0.3], [0.7, 0.6]);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('button', { name: 'Redo' }).isEnabled()).resolves.toBe(true);
  await stroke([0.2, 0.2], [0.2, 0.2]);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'detached' });

  const { product, corrected } = await photo();
  const [before, after] = [await maskOf(product.mask?.hash ?? ''), await maskOf(corrected?.mask?.hash ?? '')];
  expect(after.info).toMatchObject(SIZE);
  const { left, right, top, bottom, count } = difference(before.data, after.data);
  const diameter = SIZE.width / 25;
  expect([right - left, bottom - top].map((side) => Math.abs(side - diameter) < 4)).toEqual([true, true]);
  expect(count / ((Math.PI / 4) * diameter ** 2)).toBeGreaterThan(0.9);
  expect(after.data[Math.round((top + bottom) / 2) * SIZE.width + Math.round((left + right) / 2)]).toBe(255);
});

/** Paints between two places, given as parts of the view. */
async function stroke(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const { page } = studio;
  const box = await page.getByRole('dialog').locator('canvas').boundingBox();
  if (!box) throw new Error('there is no canvas');
  await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 12 });
  await page.mouse.up();
}

const draftSchema = z.object({ photos: z.array(z.object({ product: productSchema, corrected: productSchema.optional() })).min(1) });

/** The photo of the draft, as the page keeps it. */
async function photo() {
  const kept = await studio.page.evaluate(() => localStorage.getItem('adgen-new-advert'));
  const [first] = draftSchema.parse(JSON.parse(kept ?? '')).photos;
  if (!first) throw new Error('the draft has no photo');
  return first;
}

async function maskOf(hash: string) {
  return await sharp(openArtifactStore(studio.folder).pathOf(hash)).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
}

function difference(a: Uint8Array, b: Uint8Array) {
  const found = { left: SIZE.width, right: 0, top: SIZE.height, bottom: 0, count: 0 };
  for (let index = 0; index < a.length; index++) {
    if (a[index] === b[index]) continue;
    const [x, y] = [index % SIZE.width, Math.floor(index / SIZE.width)];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y);
    found.count++;
  }
  return found;
}
