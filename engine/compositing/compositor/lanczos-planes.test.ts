import sharp, { type Sharp } from 'sharp';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import { createCompositor } from '../create-compositor.ts';
import type { Raster } from '../raster.ts';
import { peakSignalToNoise, pixelAt, ReferenceCanvas, type Pixel } from './reference-frame.ts';

const CAN = fileURLToPath(new URL('../../../resources/samples/soda-can.jpg', import.meta.url));

async function readCrop(): Promise<{ crop: Sharp; raster: Raster }> {
  const crop = sharp(CAN).extract({ left: 500, top: 440, width: 166, height: 120 }).ensureAlpha();
  return { crop, raster: { width: 166, height: 120, data: new Uint8Array(await crop.clone().raw().toBuffer()) } };
}

function drawOn(size: Size, raster: Raster, rect: Rect): Uint8Array {
  const compositor = createCompositor(size);
  compositor.setSource('product', raster);
  const layers = [{ source: 'product', rect, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'exact' }] as const;
  const frame = compositor.draw({ frame: 0, from: { sceneId: 'a', layers } }).slice();
  compositor.dispose();
  return frame;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Normalised Lanczos weights of one output position, by the definition. */
function weightsAt(centre: number, density: number, count: number): Map<number, number> {
  const stretch = Math.max(1, density);
  const weights = new Map<number, number>();
  for (let i = Math.floor(centre - 3 * stretch); i <= centre + 3 * stretch + 1; i++) {
    const x = (i - centre) / stretch;
    if (i >= 0 && i < count && Math.abs(x) < 3) weights.set(i, sinc(x) * sinc(x / 3));
  }
  const sum = [...weights.values()].reduce((a, b) => a + b);
  return new Map([...weights].map(([i, weight]) => [i, weight / sum]));
}

/** Opaque rasters only. */
function lanczosPixel(raster: Raster, rect: Rect, x: number, y: number): Pixel {
  if (x + 1 <= rect.x || y + 1 <= rect.y || x >= rect.x + rect.width || y >= rect.y + rect.height) return [0, 0, 0, 0];
  const across = raster.width / rect.width;
  const down = raster.height / rect.height;
  const columns = weightsAt((x + 0.5 - rect.x) * across - 0.5, across, raster.width);
  const rows = weightsAt((y + 0.5 - rect.y) * down - 0.5, down, raster.height);
  const sum: [number, number, number] = [0, 0, 0];
  for (const [row, rowWeight] of rows) {
    for (const [column, columnWeight] of columns) {
      const pixel = pixelAt(raster, column, row);
      for (const channel of [0, 1, 2] as const) sum[channel] += pixel[channel] * rowWeight * columnWeight;
    }
  }
  const covered = (from: number, at: number, length: number): number => Math.min(at + 1, from + length) - Math.max(at, from);
  return [sum[0], sum[1], sum[2], covered(rect.x, x, rect.width) * covered(rect.y, y, rect.height)];
}

describe('the product at another size', () => {
  it("made smaller matches sharp's lanczos3 at 45 dB", async () => {
    const { crop, raster } = await readCrop();
    const size = { width: 118, height: 86 };
    const ideal = await crop.clone().resize({ ...size, fit: 'fill', kernel: 'lanczos3' }).raw().toBuffer();
    const expected = new ReferenceCanvas(size).place({ ...size, data: new Uint8Array(ideal) }, 0, 0).toYuv();
    expect(peakSignalToNoise(drawOn(size, raster, { x: 0, y: 0, ...size }), expected)).toBeGreaterThan(45);
  });

  for (const rect of [{ x: 3.3, y: 2.6, width: 200.4, height: 148 }, { x: -20.2, y: 4, width: 140, height: 101.25 }, { x: 60.5, y: 50.5, width: 37, height: 26.7 }]) {
    it(`at ${rect.width}x${rect.height} matches the definition at 52 dB`, async () => {
      const { raster } = await readCrop();
      const size = { width: 208, height: 156 };
      const expected = new ReferenceCanvas(size).blend('normal', 1, (x, y) => lanczosPixel(raster, rect, x, y)).toYuv();
      expect(peakSignalToNoise(drawOn(size, raster, rect), expected)).toBeGreaterThan(52);
    });
  }
});
