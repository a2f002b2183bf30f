/**
 * The photo's own shadow at working size: how much darker than the clean background each pixel is, cleaned of noise,
 * kept only where it hangs together with the product's lower part. Both the estimate of the light and the extracted
 * shadow read it.
 */
import { smoothBlur } from './box-blur.ts';
import { fitBackground } from './fit-background.ts';
import type { LightPlanes } from './light-planes.ts';

export interface ShadowField {
  readonly width: number;
  readonly height: number;
  /** 0..1: share of the light that is missing, outside the product; 0 inside it. */
  readonly darkness: Float32Array;
  /** Darkness that 98 % of the shadow's pixels stay under. */
  readonly peak: number;
  /** Share of the picture that the shadow covers. */
  readonly area: number;
  /** Darkness below which nothing counts, from the same source as `spread`. */
  readonly threshold: number;
  /** What the background model leaves unexplained, see `fitBackground`. */
  readonly spread: number;
  /** 0..1: how surely this is a shadow and nothing else. */
  readonly confidence: number;
}

/** Working pixels of product that a shadow may be hidden behind and still count as one (a mug's handle). */
const HIDDEN_REACH = 0.055;
/** Above this spread the background is textured, and darkness means nothing. */
const MAX_SPREAD = 0.06;
/** Grain that each pixel of blur radius takes out well enough. */
const NOISE_PER_RADIUS = 0.008;
const MIN_PEAK = 0.06;

/** Undefined when nothing that could be a shadow is there or the background does not allow to tell. */
export function shadowField(planes: LightPlanes): ShadowField | undefined {
  const fit = fitBackground(planes);
  if (!fit || fit.spread > MAX_SPREAD) return undefined;
  const raw = rawDarkness(planes, fit.luminance);
  const threshold = Math.max(0.02, 2 * fit.spread);
  const connected = growFromBase(planes, raw, threshold);
  const darkness = trim(planes, raw, connected, threshold);
  const values = darkness.filter((value) => value > 0).sort();
  if (values.length < 40) return undefined;
  const peak = values[Math.floor(values.length * 0.98)] ?? 0;
  if (peak < Math.max(MIN_PEAK, 3 * fit.spread)) return undefined;
  const area = values.length / darkness.length;
  return { width: planes.width, height: planes.height, darkness, peak, area, threshold, spread: fit.spread, confidence: confidenceOf(peak, area, fit.spread) };
}

/** 1 − luminance / background outside the product, smoothed without letting the product in. */
function rawDarkness(planes: LightPlanes, background: Float32Array): Float32Array {
  const { width, height, coverage, luminance } = planes;
  const open = coverage.map((share) => (share > 0.01 ? 0 : 1));
  const weighted = open.map((weight, at) => weight * (1 - (luminance[at] ?? 0) / (background[at] || 1)));
  const radius = Math.min(8, Math.max(1, Math.round(Math.max(width, height) / 500), Math.ceil(grain(weighted, open) / NOISE_PER_RADIUS)));
  const sum = smoothBlur(weighted, width, height, radius);
  const weights = smoothBlur(open, width, height, radius);
  return sum.map((value, at) => ((open[at] ?? 0) > 0 ? value / Math.max(1e-3, weights[at] ?? 0) : 0));
}

/** Standard deviation of neighbouring pixels about each other, from the median difference. */
function grain(weighted: Float32Array, open: Float32Array): number {
  const differences: number[] = [];
  for (let at = 1; at < weighted.length; at += 7) if (open[at] && open[at - 1]) differences.push(Math.abs((weighted[at] ?? 0) - (weighted[at - 1] ?? 0)));
  differences.sort((one, other) => one - other);
  return (1.4826 / Math.SQRT2) * (differences[differences.length >> 1] ?? 0);
}

/** Flood from the outline of the product's lower 40 % over what is darker than the threshold. */
function growFromBase(planes: LightPlanes, raw: Float32Array, threshold: number): Uint8Array {
  const { width, height, coverage } = planes;
  const reach = Math.round(HIDDEN_REACH * Math.max(width, height));
  const isProduct = (at: number): boolean => (coverage[at] ?? 0) > 0.01;
  const budgets = new Int16Array(width * height);
  const queue = lowerOutline(planes);
  for (const at of queue) budgets[at] = 3;
  for (let next = 0; next < queue.length; next++) {
    const at = queue[next] ?? 0;
    const budget = budgets[at] ?? 0;
    const x = at % width;
    for (const to of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
      if (to < 0 || to >= width * height) continue;
      const left = isProduct(to) ? budget - 1 : (raw[to] ?? 0) > threshold ? reach : 0;
      if (left <= (budgets[to] ?? 0)) continue;
      budgets[to] = left;
      queue.push(to);
    }
  }
  return Uint8Array.from(budgets, (budget, at) => (budget > 0 && !isProduct(at) ? 1 : 0));
}

function lowerOutline({ width, height, coverage }: LightPlanes): number[] {
  const rows = Array.from({ length: height }, (_, y) => coverage.subarray(y * width, (y + 1) * width).some((share) => share > 0.5));
  const top = rows.indexOf(true);
  const bottom = rows.lastIndexOf(true);
  const out: number[] = [];
  for (let y = Math.max(1, Math.round(bottom - 0.4 * (bottom - top))); y <= Math.min(height - 2, bottom + 2); y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const isInside = (coverage[at] ?? 0) > 0.01;
      if (isInside && [at - 1, at + 1, at - width, at + width].some((to) => (coverage[to] ?? 0) <= 0.01)) out.push(at);
    }
  }
  return out;
}

/** Lets the darkness rise from nothing at the threshold, and the region's rim run out softly. */
function trim(planes: LightPlanes, raw: Float32Array, connected: Uint8Array, threshold: number): Float32Array {
  const { width, height, coverage } = planes;
  const radius = Math.max(1, Math.round(Math.max(width, height) / 160));
  const rim = smoothBlur(Float32Array.from(connected, (flag, at) => (flag > 0 || (coverage[at] ?? 0) > 0.01 ? 1 : 0)), width, height, radius);
  return raw.map((value, at) => {
    if ((connected[at] ?? 0) === 0) return 0;
    return Math.min(1, value) * smoothstep(threshold, 2.5 * threshold, value) * smoothstep(0.35, 0.9, rim[at] ?? 0);
  });
}

export function smoothstep(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

/** A shadow is clearly darker than the unexplained rest and does not fill the picture. */
function confidenceOf(peak: number, area: number, spread: number): number {
  return smoothstep(2, 12, peak / Math.max(0.004, spread)) * (1 - smoothstep(0.3, 0.55, area));
}
