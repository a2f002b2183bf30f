/**
 * How far two pictures are apart over a mask. Pure. PSNR over the three 8-bit channels together; SSIM after Wang, Bovik,
 * Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity" (2004), on BT.709
 * luma with the paper's 11×11 Gaussian (σ 1.5) and constants (K1 0.01, K2 0.03, L 255).
 */
import { deltaE2000 } from './delta-e-2000.ts';
import { labOfSrgb } from './lab-of-srgb.ts';
import { lumaOf, type PixelMask, type RgbPicture } from './rgb-picture.ts';

const GAUSSIAN = gaussianWindow(11, 1.5);
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** CIEDE2000 per pixel, 0 outside the mask. */
export function deltaEMap(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask): Float32Array {
  const map = new Float32Array(mask.length);
  const a = actual.data;
  const b = ideal.data;
  for (let i = 0, at = 0; i < map.length; i++, at += 3) {
    if (!mask[i] || (a[at] === b[at] && a[at + 1] === b[at + 1] && a[at + 2] === b[at + 2])) continue;
    map[i] = deltaE2000(labOfSrgb(a[at] as number, a[at + 1] as number, a[at + 2] as number), labOfSrgb(b[at] as number, b[at + 1] as number, b[at + 2] as number));
  }
  return map;
}

/** Decibels; Infinity for equal pictures. */
export function psnr(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask): number {
  let squares = 0;
  let count = 0;
  for (let i = 0, at = 0; i < mask.length; i++, at += 3) {
    if (!mask[i]) continue;
    for (let channel = at; channel < at + 3; channel++) squares += ((actual.data[channel] as number) - (ideal.data[channel] as number)) ** 2;
    count += 3;
  }
  return squares === 0 ? Infinity : 10 * Math.log10((255 * 255 * count) / squares);
}

/** Mean SSIM over the mask's pixels, −1..1; windows may reach beyond the mask but not beyond the picture. */
export function ssim(actual: RgbPicture, ideal: RgbPicture, mask: PixelMask): number {
  const { width, height } = actual;
  const x = lumaOf(actual);
  const y = lumaOf(ideal);
  const blur = (value: (i: number) => number): Float32Array => blurred(value, width, height);
  const meanX = blur((i) => x[i] as number);
  const meanY = blur((i) => y[i] as number);
  const squareX = blur((i) => (x[i] as number) ** 2);
  const squareY = blur((i) => (y[i] as number) ** 2);
  const product = blur((i) => (x[i] as number) * (y[i] as number));
  let sum = 0;
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const mx = meanX[i] as number;
    const my = meanY[i] as number;
    const variances = (squareX[i] as number) - mx * mx + (squareY[i] as number) - my * my;
    const covariance = (product[i] as number) - mx * my;
    sum += ((2 * mx * my + C1) * (2 * covariance + C2)) / ((mx * mx + my * my + C1) * (variances + C2));
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** Separable Gaussian; at the picture's border the weights inside are scaled up to 1. */
function blurred(value: (i: number) => number, width: number, height: number): Float32Array {
  const source = Float32Array.from({ length: width * height }, (_, i) => value(i));
  const rows = new Float32Array(source.length);
  for (let y = 0; y < height; y++) blurLine(source, rows, y * width, 1, width);
  const out = new Float32Array(source.length);
  for (let x = 0; x < width; x++) blurLine(rows, out, x, width, height);
  return out;
}

function blurLine(from: Float32Array, to: Float32Array, start: number, step: number, length: number): void {
  const radius = (GAUSSIAN.length - 1) / 2;
  for (let i = 0; i < length; i++) {
    const first = Math.max(0, i - radius);
    const last = Math.min(length - 1, i + radius);
    let sum = 0;
    let weights = 0;
    for (let j = first; j <= last; j++) {
      const weight = GAUSSIAN[j - i + radius] as number;
      sum += weight * (from[start + j * step] as number);
      weights += weight;
    }
    to[start + i * step] = sum / weights;
  }
}

function gaussianWindow(size: number, sigma: number): Float64Array {
  const window = Float64Array.from({ length: size }, (_, i) => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * sigma * sigma)));
  const sum = window.reduce((total, weight) => total + weight, 0);
  return window.map((weight) => weight / sum);
}
