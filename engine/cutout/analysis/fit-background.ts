/**
 * The lit floor and wall as they would be without product and shadow: a cubic surface through log luminance, of sixth
 * degree from top to bottom, where the floor bends up to the wall; fitted to what lies outside the product. Shadows are
 * dark outliers, so the fit leans to the bright side (expectile regression first, then asymmetric Tukey weights). It also
 * says how well a surface explains the background at all: on a textured one the spread stays large, and nobody should
 * read shadows out of it.
 */
import { boxBlur } from './box-blur.ts';
import type { LightPlanes } from './light-planes.ts';

export interface BackgroundFit {
  /** Linear luminance of the clean background at every working pixel. */
  readonly luminance: Float32Array;
  /** Robust standard deviation of what the surface does not explain, as a share of the luminance. */
  readonly spread: number;
}

const TERMS = 13;
const ROUNDS = 12;
const EXPECTILE_ROUNDS = 5;
const GRID = 100;
const MIN_SAMPLES = 200;
/** Darkest luminance that still tells anything (about 3 of 255 in sRGB). */
const FLOOR = 0.001;

/** `terms` holds TERMS numbers per sample. */
interface Samples {
  readonly terms: Float64Array;
  readonly values: Float64Array;
}

/** Undefined when too little background is visible. */
export function fitBackground(planes: LightPlanes): BackgroundFit | undefined {
  const samples = takeSamples(planes);
  const count = samples.values.length;
  if (count < MIN_SAMPLES) return undefined;
  const weights = new Float64Array(count).fill(1);
  let surface = solve(samples, weights);
  let spread = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const residuals = residualsOf(samples, surface);
    spread = Math.max(0.002, brightSpread(residuals));
    for (let index = 0; index < count; index++) {
      const residual = residuals[index] ?? 0;
      weights[index] = round < EXPECTILE_ROUNDS ? expectileWeight(residual) : tukeyWeight(residual, spread);
    }
    surface = solve(samples, weights);
  }
  return { luminance: evaluate(surface, planes), spread };
}

/** Local means on a grid, so that sensor noise does not count as texture. */
function takeSamples(planes: LightPlanes): Samples {
  const { width, height } = planes;
  const step = Math.max(1, Math.round(Math.max(width, height) / GRID));
  const open = planes.coverage.map((share) => (share > 0.01 ? 0 : 1));
  const radius = Math.ceil(step / 3);
  const sums = boxBlur(planes.luminance.map((value, at) => value * (open[at] ?? 0)), width, height, radius);
  const weights = boxBlur(open, width, height, radius);
  const picked: number[] = [];
  for (let y = step >> 1; y < height; y += step) for (let x = step >> 1; x < width; x += step) if (open[y * width + x]) picked.push(y * width + x);
  const terms = new Float64Array(picked.length * TERMS);
  for (const [index, at] of picked.entries()) writeTerms(terms, index * TERMS, at % width, Math.floor(at / width), planes);
  return { terms, values: Float64Array.from(picked, (at) => Math.log(Math.max(FLOOR, (sums[at] ?? 0) / (weights[at] || 1)))) };
}

function writeTerms(out: Float64Array, from: number, column: number, row: number, { width, height }: LightPlanes): void {
  const x = (2 * column) / width - 1;
  const y = (2 * row) / height - 1;
  out[from] = 1;
  out[from + 1] = x;
  out[from + 2] = y;
  out[from + 3] = x * x;
  out[from + 4] = x * y;
  out[from + 5] = y * y;
  out[from + 6] = x * x * x;
  out[from + 7] = x * x * y;
  out[from + 8] = x * y * y;
  out[from + 9] = y ** 3;
  out[from + 10] = y ** 4;
  out[from + 11] = y ** 5;
  out[from + 12] = y ** 6;
}

function evaluate(surface: Float64Array, planes: LightPlanes): Float32Array {
  const terms = new Float64Array(TERMS);
  const out = new Float32Array(planes.width * planes.height);
  for (let at = 0; at < out.length; at++) {
    writeTerms(terms, 0, at % planes.width, Math.floor(at / planes.width), planes);
    out[at] = Math.exp(dot(surface, terms, 0));
  }
  return out;
}

function residualsOf({ terms, values }: Samples, surface: Float64Array): Float64Array {
  return values.map((value, index) => value - dot(surface, terms, index * TERMS));
}

function dot(surface: Float64Array, terms: Float64Array, from: number): number {
  let sum = 0;
  for (let index = 0; index < TERMS; index++) sum += (surface[index] ?? 0) * (terms[from + index] ?? 0);
  return sum;
}

/** Bright residuals weigh nine times as much as dark ones. */
function expectileWeight(residual: number): number {
  return residual > 0 ? 0.9 : 0.1;
}

function tukeyWeight(residual: number, spread: number): number {
  const share = residual / (spread * (residual < 0 ? 6 : 8));
  return Math.abs(share) >= 1 ? 1e-4 : (1 - share * share) ** 2;
}

/** Spread of the bright half about zero: shadows only live in the dark half. */
function brightSpread(residuals: Float64Array): number {
  const bright = residuals.filter((residual) => residual > 0).sort();
  return 1.4826 * (bright[bright.length >> 1] ?? 0);
}

/** Weighted least squares with a light ridge on the curved terms; the normal equations fill a lower triangle. */
function solve({ terms, values }: Samples, weights: Float64Array): Float64Array {
  const matrix = new Float64Array(TERMS * TERMS);
  const right = new Float64Array(TERMS);
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = weights[index] ?? 0;
    total += weight;
    for (let i = 0; i < TERMS; i++) {
      const weighted = weight * (terms[index * TERMS + i] ?? 0);
      right[i] = (right[i] ?? 0) + weighted * (values[index] ?? 0);
      for (let j = 0; j <= i; j++) matrix[i * TERMS + j] = (matrix[i * TERMS + j] ?? 0) + weighted * (terms[index * TERMS + j] ?? 0);
    }
  }
  for (let i = 0; i < TERMS; i++) matrix[i * TERMS + i] = (matrix[i * TERMS + i] ?? 0) + total * (i < 3 ? 1e-9 : i < 6 ? 1e-4 : 4e-4);
  return cholesky(matrix, right);
}

/** Solves in place: factor, forward, backward. */
function cholesky(matrix: Float64Array, right: Float64Array): Float64Array {
  const at = (i: number, j: number): number => matrix[i * TERMS + j] ?? 0;
  for (let i = 0; i < TERMS; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      matrix[i * TERMS + j] = i === j ? Math.sqrt(Math.max(1e-12, sum)) : sum / at(j, j);
    }
  }
  for (let i = 0; i < TERMS; i++) {
    for (let k = 0; k < i; k++) right[i] = (right[i] ?? 0) - at(i, k) * (right[k] ?? 0);
    right[i] = (right[i] ?? 0) / at(i, i);
  }
  for (let i = TERMS - 1; i >= 0; i--) {
    for (let k = i + 1; k < TERMS; k++) right[i] = (right[i] ?? 0) - at(k, i) * (right[k] ?? 0);
    right[i] = (right[i] ?? 0) / at(i, i);
  }
  return right;
}
