/** A finished 8-bit 4:2:0 frame in kernel memory: Y, then U, then V, without padding. */
import type { Size } from '#core/project/ratio.ts';
import type { KernelModule } from './kernel-module.ts';

export interface FrameStore {
  readonly y: number;
  readonly u: number;
  readonly v: number;
  readonly width: number;
  readonly height: number;
  readonly byteLength: number;
}

export function allocateFrame({ memory }: KernelModule, { width, height }: Size): FrameStore {
  const luma = width * height;
  const byteLength = (luma * 3) / 2;
  const y = memory.allocate(byteLength);
  return { y, u: y + luma, v: y + (luma * 5) / 4, width, height, byteLength };
}

export function copyFrame({ memory }: KernelModule, from: FrameStore, to: FrameStore): void {
  memory.bytes.copyWithin(to.y, from.y, from.y + from.byteLength);
}
