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
const ROUNDS = 14;
const EXPECTILE_ROUNDS = 5;
/** Darkest luminance that still tells anything (about 3 of 255 in sRGB). */
const FLOOR = 0.001;

interface Sample {
  readonly terms: Float64Array;
  readonly value: number;
}

/** Undefined when too little background is visible. */
export function fitBackground(planes: LightPlanes): BackgroundFit | undefined {
  const samples = takeSamples(planes);
  if (samples.length < 200) return undefined;
  let surface = solve(samples, samples.map(() => 1));
  let spread = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const residuals = samples.map((sample) => sample.value - dot(surface, sample.terms));
    spread = Math.max(0.002, brightSpread(residuals));
    surface = solve(samples, residuals.map((residual) => (round < EXPECTILE_ROUNDS ? expectileWeight(residual) : tukeyWeight(residual, spread))));
  }
  const luminance = new Float32Array(planes.width * planes.height);
  for (let at = 0; at < luminance.length; at++) luminance[at] = Math.exp(dot(surface, termsAt(at % planes.width, Math.floor(at / planes.width), planes)));
  return { luminance, spread };
}

/** Local means on a grid, so that sensor noise does not count as texture. */
function takeSamples(planes: LightPlanes): Sample[] {
  const step = Math.max(1, Math.round(Math.max(planes.width, planes.height) / 130));
  const open = planes.coverage.map((share) => (share > 0.01 ? 0 : 1));
  const radius = Math.ceil(step / 2);
  const sums = boxBlur(planes.luminance.map((value, at) => value * (open[at] ?? 0)), planes.width, planes.height, radius);
  const weights = boxBlur(open, planes.width, planes.height, radius);
  const samples: Sample[] = [];
  for (let y = step >> 1; y < planes.height; y += step) {
    for (let x = step >> 1; x < planes.width; x += step) {
      const at = y * planes.width + x;
      if (!open[at]) continue;
      samples.push({ terms: termsAt(x, y, planes), value: Math.log(Math.max(FLOOR, (sums[at] ?? 0) / (weights[at] || 1))) });
    }
  }
  return samples;
}

function termsAt(column: number, row: number, planes: LightPlanes): Float64Array {
  const x = (2 * column) / planes.width - 1;
  const y = (2 * row) / planes.height - 1;
  const yy = y * y;
  return Float64Array.of(1, x, y, x * x, x * y, yy, x * x * x, x * x * y, x * yy, yy * y, yy * yy, yy * yy * y, yy * yy * yy);
}

/** Bright residuals weigh nine times as much as dark ones. */
function expectileWeight(residual: number): number {
  return residual > 0 ? 0.9 : 0.1;
}

function tukeyWeight(residual: number, spread: number): number {
  const limit = spread * (residual < 0 ? 6 : 8);
  const share = residual / limit;
  return Math.abs(share) >= 1 ? 1e-4 : (1 - share * share) ** 2;
}

/** Spread of the bright half about zero: shadows only live in the dark half. */
function brightSpread(residuals: readonly number[]): number {
  const bright = residuals.filter((residual) => residual > 0).sort((one, other) => one - other);
  return 1.4826 * (bright[bright.length >> 1] ?? 0);
}

function dot(surface: Float64Array, terms: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < TERMS; index++) sum += (surface[index] ?? 0) * (terms[index] ?? 0);
  return sum;
}

/** Weighted least squares with a light ridge on the curved terms, by Cholesky factors. */
function solve(samples: readonly Sample[], weights: readonly number[]): Float64Array {
  const matrix = Array.from({ length: TERMS }, () => new Float64Array(TERMS));
  const right = new Float64Array(TERMS);
  let total = 0;
  for (const [index, { terms, value }] of samples.entries()) {
    const weight = weights[index] ?? 0;
    total += weight;
    for (let i = 0; i < TERMS; i++) {
      const weighted = weight * (terms[i] ?? 0);
      right[i] = (right[i] ?? 0) + weighted * value;
      const row = matrix[i] as Float64Array;
      for (let j = 0; j <= i; j++) row[j] = (row[j] ?? 0) + weighted * (terms[j] ?? 0);
    }
  }
  for (let i = 0; i < TERMS; i++) (matrix[i] as Float64Array)[i] = (matrix[i]?.[i] ?? 0) + total * (i < 3 ? 1e-9 : i < 6 ? 1e-4 : 4e-4);
  return cholesky(matrix, right);
}

function cholesky(matrix: Float64Array[], right: Float64Array): Float64Array {
  const at = (i: number, j: number): number => matrix[i]?.[j] ?? 0;
  for (let i = 0; i < TERMS; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      (matrix[i] as Float64Array)[j] = i === j ? Math.sqrt(Math.max(1e-12, sum)) : sum / at(j, j);
    }
  }
  const out = Float64Array.from(right);
  for (let i = 0; i < TERMS; i++) {
    for (let k = 0; k < i; k++) out[i] = (out[i] ?? 0) - at(i, k) * (out[k] ?? 0);
    out[i] = (out[i] ?? 0) / at(i, i);
  }
  for (let i = TERMS - 1; i >= 0; i--) {
    for (let k = i + 1; k < TERMS; k++) out[i] = (out[i] ?? 0) - at(k, i) * (out[k] ?? 0);
    out[i] = (out[i] ?? 0) / at(i, i);
  }
  return out;
}
