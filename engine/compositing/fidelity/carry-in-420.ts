/**
 * What is left of a picture that is delivered in 4:2:0 without any other loss: chroma averaged over 2 × 2 pixels, as the
 * compositor does, and spread again as the decoder does (swscale's bicubic, chroma in the middle of its four pixels). On printed
 * detail in saturated colours that alone can cost more than the encoder; it is the format's doing, not the advert's. Pure.
 */
import type { RgbPicture } from './rgb-picture.ts';

/** Of the sample behind, the own one, the nearer neighbour and the one after it: a pixel's middle is a quarter of a chroma sample off. */
const WEIGHTS = [1.25, 0.25, 0.75, 1.75].map(bicubic);

/** `left` and `top`: where the picture stands on the canvas, whose even pixels begin the blocks of four. */
export function carryIn420(picture: RgbPicture, left: number, top: number): RgbPicture {
  const { width, height } = picture;
  const [offX, offY] = [left & 1, top & 1];
  const [columns, rows] = [(width + offX + 1) >> 1, (height + offY + 1) >> 1];
  const luma = new Uint8Array(width * height);
  const sums = { blue: new Float32Array(columns * rows), red: new Float32Array(columns * rows), count: new Uint8Array(columns * rows) };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [red, green, blue] = [picture.data[i * 3] as number, picture.data[i * 3 + 1] as number, picture.data[i * 3 + 2] as number];
      const level = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      const block = ((y + offY) >> 1) * columns + ((x + offX) >> 1);
      luma[i] = Math.round((level * 219) / 255);
      sums.blue[block] = (sums.blue[block] as number) + (blue - level) / 1.8556;
      sums.red[block] = (sums.red[block] as number) + (red - level) / 1.5748;
      sums.count[block] = (sums.count[block] as number) + 1;
    }
  }
  for (const plane of [sums.blue, sums.red]) plane.forEach((sum, block) => (plane[block] = Math.round(((sum / (sums.count[block] as number)) * 224) / 255)));
  const [cb, cr] = [sums.blue, sums.red].map((plane) => spread(plane, columns, rows, { width, height }, offX, offY)) as [Float32Array, Float32Array];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < luma.length; i++) {
    const level = ((luma[i] as number) * 255) / 219;
    const [blue, red] = [(((cb[i] as number) * 255) / 224) * 1.8556 + level, (((cr[i] as number) * 255) / 224) * 1.5748 + level];
    data.set([toByte(red), toByte((level - 0.2126 * red - 0.0722 * blue) / 0.7152), toByte(blue)], i * 3);
  }
  return { width, height, data };
}

/** Doubles a chroma plane: across, then down. */
function spread(plane: Float32Array, columns: number, rows: number, { width, height }: Pick<RgbPicture, 'width' | 'height'>, offX: number, offY: number): Float32Array {
  const wide = new Float32Array(width * rows);
  for (let y = 0; y < rows; y++) for (let x = 0; x < width; x++) wide[y * width + x] = between(plane, y * columns, 1, columns, x + offX);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[y * width + x] = between(wide, x, width, rows, y + offY);
  return out;
}

/** The value at full-resolution place `at` of a line of half as many samples. */
function between(line: Float32Array, start: number, stride: number, samples: number, at: number): number {
  const own = at >> 1;
  const step = at & 1 ? 1 : -1; // the nearer neighbour
  let sum = 0;
  for (let tap = 0; tap < 4; tap++) {
    const sample = Math.min(samples - 1, Math.max(0, own + (tap - 1) * step));
    sum += (WEIGHTS[tap] as number) * (line[start + sample * stride] as number);
  }
  return sum;
}

/** swscale's: B 0, C 0.6. */
function bicubic(distance: number): number {
  const [x, c] = [distance, 0.6];
  return x < 1 ? (2 - c) * x ** 3 + (c - 3) * x ** 2 + 1 : -c * x ** 3 + 5 * c * x ** 2 - 8 * c * x + 4 * c;
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
