/** Weights of Lanczos resampling (three lobes) along one axis, in the form the tap kernels read. Pure arithmetic. */
export interface TapTable {
  /** First source sample of each output. */
  readonly starts: Int32Array;
  /** `taps` 14-bit weights per output; they add up to 16384 times the output's coverage. */
  readonly weights: Int16Array;
  readonly taps: number;
}

export interface TapAxis {
  /** Where the source begins and how far it reaches, in output samples. */
  readonly start: number;
  readonly length: number;
  /** Source samples along the axis, and how many of them the length stands for (fractional on odd half-size levels). */
  readonly samples: number;
  readonly sourceLength: number;
}

const LOBES = 3;
const STEPS = 2048;
const CURVE = Float64Array.from({ length: LOBES * STEPS + 2 }, (_, i) => lanczos(i / STEPS));

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (x >= LOBES) return 0;
  const angle = Math.PI * x;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}

function curveAt(distance: number): number {
  const position = Math.abs(distance) * STEPS;
  if (position >= LOBES * STEPS) return 0;
  const index = Math.floor(position);
  const low = CURVE[index] as number;
  return low + ((CURVE[index + 1] as number) - low) * (position - index);
}

/** Weights for outputs `from`..`to` (whole numbers); `multiple` rounds the number of taps up to what the kernel wants. */
export function createTapTable(axis: TapAxis, from: number, to: number, multiple: number): TapTable {
  const density = axis.sourceLength / axis.length;
  const stretch = Math.max(1, density);
  const reach = LOBES * stretch;
  const taps = Math.ceil((2 * reach) / multiple) * multiple; // a sample at the very ends of the curve weighs nothing
  const starts = new Int32Array(to - from);
  const weights = new Int16Array((to - from) * taps);
  const exact = new Float64Array(taps);
  for (let i = 0; i < to - from; i++) {
    const position = from + i;
    const centre = (position + 0.5 - axis.start) * density - 0.5;
    const covered = Math.min(position + 1, axis.start + axis.length) - Math.max(position, axis.start);
    const first = Math.max(0, Math.min(Math.ceil(centre - reach), axis.samples - taps));
    starts[i] = first;
    if (covered <= 0) continue;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = first + tap < axis.samples ? curveAt((first + tap - centre) / stretch) : 0;
      exact[tap] = weight;
      sum += weight;
    }
    storeRounded(exact, sum, Math.round(covered * 16384), weights, i * taps);
  }
  return { starts, weights, taps };
}

/** Rounds so that the weights keep their exact sum; the largest takes what rounding left over. */
function storeRounded(exact: Float64Array, sum: number, total: number, out: Int16Array, at: number): void {
  let left = total;
  let largest = 0;
  for (let tap = 0; tap < exact.length; tap++) {
    const weight = Math.round(((exact[tap] as number) / sum) * total);
    out[at + tap] = weight;
    left -= weight;
    if (weight > (out[at + largest] as number)) largest = tap;
  }
  out[at + largest] = (out[at + largest] as number) + left;
}
