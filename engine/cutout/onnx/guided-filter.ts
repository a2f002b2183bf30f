/**
 * Fast guided filter with a colour guide (He, Sun, Tang, "Guided Image Filtering", PAMI 2013; He, Sun, "Fast Guided
 * Filter", 2015): a coarse mask takes on the photo's own edges. Coefficients are found on a reduced picture and applied
 * at full size, so that 24 megapixels cost memory for the reduced one only.
 */
import sharp from 'sharp';
import type { Raster } from '#engine/compositing/raster.ts';
import { boxBlur } from '../analysis/box-blur.ts';
import { createRowSampler } from '../analysis/resample.ts';
import type { Mask } from '../codec.ts';
import type { ModelMask } from './run-model.ts';

const WORK_SIDE = 1280;
/** Of guide values 0..1: contrasts well above its root (about 2.5 levels in 255) count as edges. */
const EPSILON = 1e-4;

/** The model's mask at the photo's size, following the photo's edges within about a model pixel. */
export async function refineMask(photo: Raster, coarse: ModelMask): Promise<Mask> {
  const scale = Math.min(1, WORK_SIDE / Math.max(photo.width, photo.height));
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const radius = Math.max(2, Math.ceil(1.5 * Math.max(width / coarse.width, height / coarse.height)));
  const guide = await guidePlanes(photo, width, height);
  const planes = coefficients(guide, sampleTo(coarse, width, height), width, height, radius);
  return apply(photo, planes, width, height);
}

async function guidePlanes(photo: Raster, width: number, height: number): Promise<Float32Array[]> {
  const rgb = await sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 4 }, limitInputPixels: false })
    .removeAlpha()
    .resize({ width, height, fit: 'fill' })
    .raw()
    .toBuffer();
  return [0, 1, 2].map((channel) => Float32Array.from({ length: width * height }, (_, pixel) => (rgb[pixel * 3 + channel] ?? 0) / 255));
}

/** a·I + b: planes of a (red, green, blue) and b, already averaged over the window. */
function coefficients(guide: readonly Float32Array[], mask: Float32Array, width: number, height: number, radius: number): Float32Array[] {
  const mean = (plane: Float32Array): Float32Array => boxBlur(plane, width, height, radius);
  const meanProduct = (one: Float32Array, other: Float32Array): Float32Array => mean(one.map((value, index) => value * (other[index] ?? 0)));
  const [r, g, b] = guide as [Float32Array, Float32Array, Float32Array];
  const [mr, mg, mb, mm] = [mean(r), mean(g), mean(b), mean(mask)];
  const [rr, rg, rb, gg, gb, bb] = [meanProduct(r, r), meanProduct(r, g), meanProduct(r, b), meanProduct(g, g), meanProduct(g, b), meanProduct(b, b)];
  const [rm, gm, bm] = [meanProduct(r, mask), meanProduct(g, mask), meanProduct(b, mask)];
  const out = Array.from({ length: 4 }, () => new Float32Array(mask.length));
  for (let at = 0; at < mask.length; at++) {
    const [red, green, blue, level] = [mr[at] ?? 0, mg[at] ?? 0, mb[at] ?? 0, mm[at] ?? 0];
    const [x, y, z] = solveSymmetric(
      [(rr[at] ?? 0) - red * red + EPSILON, (rg[at] ?? 0) - red * green, (rb[at] ?? 0) - red * blue, (gg[at] ?? 0) - green * green + EPSILON, (gb[at] ?? 0) - green * blue, (bb[at] ?? 0) - blue * blue + EPSILON],
      [(rm[at] ?? 0) - red * level, (gm[at] ?? 0) - green * level, (bm[at] ?? 0) - blue * level],
    );
    for (const [index, value] of [x, y, z, level - x * red - y * green - z * blue].entries()) (out[index] as Float32Array)[at] = value;
  }
  return out.map(mean);
}

/** Solves the 3×3 system with matrix [xx xy xz; xy yy yz; xz yz zz] by its adjugate. */
function solveSymmetric([xx, xy, xz, yy, yz, zz]: readonly [number, number, number, number, number, number], [x, y, z]: readonly [number, number, number]): [number, number, number] {
  const [a, b, c] = [yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy];
  const determinant = xx * a + xy * b + xz * c;
  const [d, e, f] = [xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy];
  return [(a * x + b * y + c * z) / determinant, (b * x + d * y + e * z) / determinant, (c * x + e * y + f * z) / determinant];
}

function sampleTo(coarse: ModelMask, width: number, height: number): Float32Array {
  const sampler = createRowSampler(coarse.data, coarse.width, coarse.height, width, height);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) sampler.row(y, out.subarray(y * width, (y + 1) * width));
  return out;
}

function apply(photo: Raster, planes: readonly Float32Array[], width: number, height: number): Mask {
  const samplers = planes.map((plane) => createRowSampler(plane, width, height, photo.width, photo.height));
  const rows = samplers.map(() => new Float32Array(photo.width));
  const [red, green, blue, offset] = rows as [Float32Array, Float32Array, Float32Array, Float32Array];
  const data = new Uint8Array(photo.width * photo.height);
  for (let y = 0; y < photo.height; y++) {
    for (const [index, sampler] of samplers.entries()) sampler.row(y, rows[index] as Float32Array);
    for (let x = 0; x < photo.width; x++) {
      const at = (y * photo.width + x) * 4;
      const color = (red[x] ?? 0) * (photo.data[at] ?? 0) + (green[x] ?? 0) * (photo.data[at + 1] ?? 0) + (blue[x] ?? 0) * (photo.data[at + 2] ?? 0);
      data[y * photo.width + x] = settle(color / 255 + (offset[x] ?? 0));
    }
  }
  return { width: photo.width, height: photo.height, data };
}

/** Clips, and pulls the filter's faint haze inside and outside to full and nothing. */
function settle(alpha: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, (alpha - 0.04) / 0.92)));
}
