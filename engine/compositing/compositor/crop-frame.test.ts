import { expect, it } from 'vitest';
import { cropFrame } from './crop-frame.ts';
import { frameToRaster } from './frame-to-raster.ts';

const size = { width: 16, height: 12 };
const frame = Uint8Array.from({ length: (16 * 12 * 3) / 2 }, (_, i) => (i < 192 ? 40 + ((i * 7) % 180) : 128));

it('holds the pixels of the rectangle, with even corners', () => {
  const cut = cropFrame(frame, size, { x: 3.2, y: 5, width: 6, height: 4 });
  expect(cut.size).toEqual({ width: 8, height: 6 });
  const [whole, part] = [frameToRaster(frame, size), frameToRaster(cut.frame, cut.size)];
  for (let y = 0; y < 6; y++) for (let x = 0; x < 8; x++) expect(part.data[(y * 8 + x) * 4]).toBe(whole.data[((y + 4) * 16 + x + 2) * 4]);
});

it('stays inside the frame', () => {
  expect(cropFrame(frame, size, { x: -5, y: -5, width: 100, height: 100 }).size).toEqual(size);
  expect(cropFrame(frame, size, { x: 50, y: 50, width: 4, height: 4 }).size).toEqual({ width: 2, height: 2 });
});
