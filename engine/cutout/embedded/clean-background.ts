/**
 * The background as it would look without product and shadow: per channel a polynomial of third order through what is
 * visible of it, fitted again and again with less weight on pixels that lie below it (a shadow only darkens).
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { distanceTo } from './filters.ts';
import type { WorkingPicture } from './working-picture.ts';

const ORDER = 3;
const TERMS = ((ORDER + 1) * (ORDER + 2)) / 2;
const ROUNDS = 7;
const STEP_PX = 6;
const MARGIN_PX = 5;
/** Levels below the fit at which a pixel counts half. */
const SHADE_LEVELS = 2.5;

export function estimateBackground(picture: WorkingPicture, isProduct: Uint8Array): Raster {
  const { width, height } = picture;
  const away = distanceTo(isProduct, width, height, MARGIN_PX + 1);
  const samples: number[] = [];
  for (let y = 0; y < height; y += STEP_PX) for (let x = 0; x < width; x += STEP_PX) if (away[y * width + x]! > MARGIN_PX) samples.push(y * width + x);
  const weights = new Float64Array(samples.length).fill(1);
  let fits: Float64Array[] = [0, 1, 2].map(() => new Float64Array(TERMS));
  for (let round = 0; round < ROUNDS && samples.length > TERMS; round++) {
    fits = picture.planes.map((plane) => fit(plane, samples, weights, width, height));
    samples.forEach((at, index) => {
      const terms = termsAt(at, width, height);
      let below = 0;
      fits.forEach((coefficients, channel) => (below += (dot(coefficients, terms) - picture.planes[channel]![at]!) / 3));
      const miss = below > 0 ? below / SHADE_LEVELS : -below / (4 * SHADE_LEVELS);
      weights[index] = 1 / (1 + miss * miss);
    });
  }
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    const terms = termsAt(at, width, height);
    fits.forEach((coefficients, channel) => (data[at * 4 + channel] = Math.max(0, Math.min(255, Math.round(dot(coefficients, terms))))));
  }
  return { width, height, data };
}

function termsAt(at: number, width: number, height: number): Float64Array {
  const x = ((at % width) / width) * 2 - 1;
  const y = (Math.floor(at / width) / height) * 2 - 1;
  const terms = new Float64Array(TERMS);
  let index = 0;
  for (let total = 0; total <= ORDER; total++) for (let power = 0; power <= total; power++) terms[index++] = x ** (total - power) * y ** power;
  return terms;
}

/** Weighted least squares by the normal equations, slightly damped. */
function fit(plane: Float32Array, samples: readonly number[], weights: Float64Array, width: number, height: number): Float64Array {
  const matrix = Array.from({ length: TERMS }, (_, row) => Float64Array.from({ length: TERMS + 1 }, (__, column) => (row === column ? 1e-6 : 0)));
  samples.forEach((at, index) => {
    const terms = termsAt(at, width, height);
    for (let row = 0; row < TERMS; row++) {
      const weighted = weights[index]! * terms[row]!;
      const target = matrix[row]!;
      for (let column = 0; column < TERMS; column++) target[column] = target[column]! + weighted * terms[column]!;
      target[TERMS] = target[TERMS]! + weighted * plane[at]!;
    }
  });
  return solve(matrix);
}

/** Gauss–Jordan elimination with row pivoting; the last column is the right-hand side. */
function solve(matrix: Float64Array[]): Float64Array {
  for (let column = 0; column < TERMS; column++) {
    let pivot = column;
    for (let row = column + 1; row < TERMS; row++) if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    const head = matrix[column]!;
    for (let row = 0; row < TERMS; row++) {
      if (row === column) continue;
      const share = matrix[row]![column]! / head[column]!;
      for (let at = column; at <= TERMS; at++) matrix[row]![at] = matrix[row]![at]! - share * head[at]!;
    }
  }
  return Float64Array.from(matrix, (row, index) => row[TERMS]! / row[index]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
