/**
 * Lanczos 3 along one axis, for the fidelity check alone (see `ideal-product.ts` for why it has its own). In floating point and
 * without tables: it is run a few times per advert, and is there to be right. Pure.
 */
export interface Taps {
  /** Weights per output. */
  readonly count: number;
  /** First sample of each output. */
  readonly first: Int32Array;
  /** Add up to 1 per output; all 0 outside the source. */
  readonly weights: Float64Array;
}

const LOBES = 3;

/** Taps for `outputs` places, the first of which is `offset` from where the source begins; all `samples` are shown over `shown` outputs. */
export function tapsOf(outputs: number, offset: number, shown: number, samples: number): Taps {
  const density = samples / shown;
  const stretch = Math.max(1, density);
  const half = Math.ceil(LOBES * stretch);
  const taps: Taps = { count: 2 * half, first: new Int32Array(outputs), weights: new Float64Array(outputs * 2 * half) };
  for (let i = 0; i < outputs; i++) {
    const at = (offset + i + 0.5) * density - 0.5;
    if (Math.round(at) < 0 || Math.round(at) >= samples) continue;
    taps.first[i] = Math.floor(at) - half + 1;
    fillWeights(taps.weights.subarray(i * taps.count, (i + 1) * taps.count), at - (taps.first[i] as number), stretch);
  }
  return taps;
}

/** Weights of taps 0, 1, 2 … for a position among them; they add up to 1. */
export function fillWeights(weights: Float64Array, position: number, stretch: number): void {
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap++) sum += weights[tap] = lanczos((position - tap) / stretch);
  for (let tap = 0; tap < weights.length; tap++) weights[tap] = (weights[tap] as number) / sum;
}

/** One RGBA output: `from[start]` is sample 0, taps outside the `samples` count as clear. */
export function addTaps(from: Float32Array, start: number, stride: number, { count, first, weights }: Taps, output: number, samples: number, to: Float32Array, at: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alpha = 0;
  const begin = first[output] as number;
  for (let tap = Math.max(0, -begin), end = Math.min(count, samples - begin); tap < end; tap++) {
    const weight = weights[output * count + tap] as number;
    const index = start + (begin + tap) * stride;
    red += weight * (from[index] as number);
    green += weight * (from[index + 1] as number);
    blue += weight * (from[index + 2] as number);
    alpha += weight * (from[index + 3] as number);
  }
  to[at] = red;
  to[at + 1] = green;
  to[at + 2] = blue;
  to[at + 3] = alpha;
}

function lanczos(distance: number): number {
  if (distance === 0) return 1;
  if (Math.abs(distance) >= LOBES) return 0;
  const angle = Math.PI * distance;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}
