/** A plane of work samples (signed 16-bit, premultiplied, see `kernels/convert.as`) in kernel memory. */
import type { KernelModule } from './kernel-module.ts';

export interface WorkPlane {
  /** Address of the first sample. */
  readonly address: number;
  readonly strideBytes: number;
  readonly width: number;
  readonly height: number;
}

/** Clear. Rows are padded to a multiple of 8 samples with at least one spare. */
export function allocatePlane({ memory }: KernelModule, width: number, height: number): WorkPlane {
  const strideBytes = strideOf(width);
  return { address: memory.allocateCleared(strideBytes * height), strideBytes, width, height };
}

/** The same for a plane of which every sample is about to be written; what pads its rows is arbitrary. */
export function allocateBlankPlane({ memory }: KernelModule, width: number, height: number): WorkPlane {
  const strideBytes = strideOf(width);
  return { address: memory.allocate(strideBytes * height), strideBytes, width, height };
}

function strideOf(width: number): number {
  return ((width + 8) >> 3) << 4;
}

export function freePlane({ memory }: KernelModule, plane: WorkPlane): void {
  memory.free(plane.address);
}

/** Half of a plane in both directions (box average; odd edges repeat their last sample). */
export function halvePlane(module: KernelModule, plane: WorkPlane): WorkPlane {
  const half = allocateBlankPlane(module, (plane.width + 1) >> 1, (plane.height + 1) >> 1);
  const pairs = plane.height >> 1;
  const { kernels } = module;
  kernels.repeatLastColumn(plane.address, plane.strideBytes, plane.width, plane.height);
  kernels.halveBand(plane.address, plane.strideBytes, half.address, half.strideBytes, half.width, pairs);
  if (plane.height & 1) {
    const lastRow = plane.address + (plane.height - 1) * plane.strideBytes;
    kernels.halveBand(lastRow, 0, half.address + pairs * half.strideBytes, half.strideBytes, half.width, 1);
  }
  return half;
}
