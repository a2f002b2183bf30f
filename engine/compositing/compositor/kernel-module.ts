/**
 * Loads the compiled kernels (`../kernels/*.as`, built by `scripts/build-kernels.ts`) on a fresh memory. Addresses and
 * strides are bytes, counts are samples; what each kernel does stands above it in its source.
 */
import { readFileSync } from 'node:fs';
import { KernelMemory } from './kernel-memory.ts';

type Numbers<Count extends number, List extends number[] = []> = List['length'] extends Count ? List : Numbers<Count, [number, ...List]>;
type Kernel<Count extends number> = (...values: Numbers<Count>) => void;

export interface Kernels {
  /** source, y, u, v, alpha, count */
  readonly rgba8ToPlanes: Kernel<6>;
  /** source, channels, y, u, v, alpha, count */
  readonly rgb16ToPlanes: Kernel<7>;
  /** source, sourceStride, target, targetStride, offset, count, rows */
  readonly expandBand: Kernel<7>;
  /** source, sourceStride, target, targetStride, offset, noise, noiseMask, noiseRows, x, y, count, rows */
  readonly quantiseBand: Kernel<12>;
  /** source, sourceStride, target, targetStride, count, rows */
  readonly halveBand: Kernel<6>;
  /** plane, stride, width, rows */
  readonly repeatLastColumn: Kernel<4>;
  /** source, sourceStride, offsets, picks, columnWeights, rowTable, ring, target, targetStride, count, rows */
  readonly linearBand: Kernel<11>;
  /** target, targetStride, source, sourceStride, alpha, alphaStride, opacity, count, rows */
  readonly overBand: Kernel<9>;
  /** target, targetStride, luma, lumaStride, alpha, alphaStride, isScreen, opacity, count, rows */
  readonly factorBand: Kernel<10>;
  /** target, targetStride, factor, factorStride, count, rows */
  readonly scaleBand: Kernel<6>;
  /** target, targetStride, source, sourceStride, opacity, count, rows */
  readonly addBand: Kernel<7>;
  /** target, targetStride, source, sourceStride, count, rows */
  readonly addDoubledBand: Kernel<6>;
  /** target, targetStride, count, rows */
  readonly floorBand: Kernel<4>;
  /** target, targetStride, value, alpha, alphaStride, opacity, count, rows */
  readonly inkBand: Kernel<8>;
  /** targetU, targetV, luma, factor, tintU, tintV, gain, tintScale, count */
  readonly tintRow: Kernel<9>;
  /** first, second, target, weight, count */
  readonly mixUniform: Kernel<5>;
  /** first, second, target, weights, count, rows */
  readonly mixColumns: Kernel<6>;
  /** source, sourceStride, target, targetStride, starts, weights, taps, count, rows */
  readonly tapsAcross: Kernel<9>;
  /** source, sourceStride, target, targetStride, starts, weights, taps, count, rows */
  readonly tapsDown: Kernel<9>;
  /** plane, stride, left, right, width, rows */
  readonly clearSides: Kernel<6>;
  /** y, u, v, alpha, stride, count, rows */
  readonly repairBand: Kernel<7>;
  /** table, stride, width, height, weights, startX, startY, stepX, stepY, count */
  readonly affineRow: Kernel<10>;
  /** alpha, stride, width, height, rowFlags, columns */
  readonly surveyAlpha: Kernel<6>;
  /** plane, stride, count, rows */
  readonly largestMagnitude: (...values: Numbers<4>) => number;
}

/** The kernels and the memory they work on; everything of one compositor shares one. */
export interface KernelModule {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
}

let compiled: WebAssembly.Module | undefined;

export function createKernelModule(): KernelModule {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('../kernels/kernels.wasm', import.meta.url)));
  const memory = new KernelMemory();
  const abort = (): never => {
    throw new Error('A compositor kernel aborted');
  };
  const instance = new WebAssembly.Instance(compiled, { env: { memory: memory.memory, abort } });
  return { memory, kernels: instance.exports as unknown as Kernels };
}
