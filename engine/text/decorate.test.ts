import { describe, expect, it } from 'vitest';
import type { Raster } from '#engine/compositing/raster.ts';
import { MARGIN, drawGlow, drawScrim } from './decorate.ts';

/** A ring, a dot and a faint bar: corners, gaps and soft edges. */
function makeLetters(fontPx: number): Raster {
  const [width, height] = [Math.round(1.7 * fontPx), Math.round(0.8 * fontPx)];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = Math.hypot(x - height / 2, y - height / 2);
      const isRing = distance < height / 2 && distance > height / 3;
      data[(y * width + x) * 4 + 3] = isRing || (x > width - 5 && y < 4) ? 255 : x > 1.2 * fontPx && y === height - 1 ? 90 : 0;
    }
  }
  return { width, height, data };
}

type Plane = (x: number, y: number) => number;

/** Three running means of 2 × radius + 1 pixels across and down, pixel by pixel. */
function blurred(plane: Float64Array, width: number, height: number, radius: number): Float64Array {
  let values = plane;
  for (const [length, count, step, stride] of [[width, height, 1, width], [height, width, width, 1]] as const) {
    for (let pass = 0; pass < 3; pass++) {
      const out = new Float64Array(values.length);
      for (let line = 0; line < count; line++) {
        const at = (i: number): number => (i < 0 || i >= length ? 0 : (values[line * stride + i * step] as number));
        let sum = 0;
        for (let i = -radius; i < length; i++) {
          sum += at(i + radius) - at(i - radius - 1);
          if (i >= 0) out[line * stride + i * step] = sum / (2 * radius + 1);
        }
      }
      values = out;
    }
  }
  return values;
}

function onCanvas(width: number, height: number, draw: Plane): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => draw(i % width, Math.floor(i / width)));
}

/** Largest difference between the alpha of a raster and what it should be, levels. */
function worstError({ data }: Raster, expected: Float64Array): number {
  return expected.reduce((worst, level, i) => Math.max(worst, Math.abs(level - (data[i * 4 + 3] as number))), 0);
}

// Sizes at which a cushion's cells are one, two and four pixels wide.
describe.each([24, 60, 88])('decoration of %i px letters', (fontPx) => {
  const letters = makeLetters(fontPx);
  const alphaAt = (x: number, y: number): number => (x < 0 || y < 0 || x >= letters.width || y >= letters.height ? 0 : (letters.data[(y * letters.width + x) * 4 + 3] as number) / 255);
  const place = (marginEm: number) => {
    const margin = Math.ceil(marginEm * fontPx);
    const [width, height] = [letters.width + 2 * margin, letters.height + 2 * margin];
    return { margin, width, height, raster: { width, height, data: new Uint8Array(width * height * 4) } };
  };

  it('a cushion is the letters grown and blurred, to a level and its dither', () => {
    const { margin, width, height, raster } = place(MARGIN.scrim);
    drawScrim(raster, letters, margin, margin, fontPx, { r: 7, g: 9, b: 13, a: 0.78 });
    const reach = Math.round(0.5 * fontPx);
    const isInk = onCanvas(width, height, (x, y) => (alphaAt(x - margin, y - margin) > 0 ? 1 : 0));
    const nearby = (values: Float64Array, step: number): Float64Array => onCanvas(width, height, (x, y) => {
      for (let off = -reach; off <= reach; off++) {
        const [line, along] = step === 1 ? [y, x + off] : [y + off, x];
        if (along >= 0 && along < width && line >= 0 && line < height && values[line * width + along] === 1) return 1;
      }
      return 0;
    });
    const soft = blurred(nearby(nearby(isInk, 1), width), width, height, Math.round(0.42 * fontPx));
    // Half a level is dither, half is rounding, and less than half is the cells'.
    expect(worstError(raster, soft.map((value) => Math.min(1, value * 1.3) * 0.78 * 255))).toBeLessThan(1.5);
  });

  it('a glow is the letters blurred, to half a level', () => {
    const { margin, width, height, raster } = place(MARGIN.plain);
    drawGlow(raster, letters, margin, margin, fontPx, { r: 0, g: 0, b: 0, a: 0.32 });
    const soft = blurred(onCanvas(width, height, (x, y) => alphaAt(x - margin, y - margin)), width, height, Math.max(1, Math.round(0.085 * fontPx)));
    expect(worstError(raster, soft.map((value) => Math.min(1, value * 1.15) * 0.32 * 255))).toBeLessThan(0.6);
  });
});
