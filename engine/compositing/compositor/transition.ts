/** How two composed frames become one during a transition; where and how much is said by `core/composition/transition.ts`. */
import { mixShare, pushDistance, wipeShare } from '#core/composition/transition.ts';
import type { TransitionKind } from '#core/composition/transition.ts';
import type { FrameStore } from './frame-store.ts';
import type { KernelModule } from './kernel-module.ts';

const FULL = 32767;

/** Mixes `first` and `second` into `target` (which may be one of them, except for pushes). */
export function mixFrames(
  module: KernelModule, kind: TransitionKind, progress: number, first: FrameStore, second: FrameStore, target: FrameStore,
): void {
  switch (kind) {
    case 'cut':
    case 'dissolve':
    case 'zoom':
      return mixEvenly(module, mixShare(kind, progress), first, second, target);
    case 'wipeLeft':
    case 'wipeRight':
      return wipeAcross(module, progress, kind === 'wipeLeft', first, second, target);
    case 'wipeUp':
      return wipeUp(module, progress, first, second, target);
    case 'pushLeft':
      return pushLeft(module, progress, first, second, target);
    case 'pushUp':
      return pushUp(module, progress, first, second, target);
  }
}

function mixEvenly({ kernels }: KernelModule, share: number, first: FrameStore, second: FrameStore, target: FrameStore): void {
  kernels.mixUniform(first.y, second.y, target.y, Math.round(share * FULL), target.byteLength);
}

function wipeWeight(position: number, progress: number): number {
  return Math.round(wipeShare(position, progress) * FULL);
}

function wipeAcross(module: KernelModule, progress: number, isLeft: boolean, first: FrameStore, second: FrameStore, target: FrameStore): void {
  for (const { at, width, height } of planesOf(target)) {
    const weights = module.memory.allocateCleared(width * 2);
    const from = weights >> 1;
    for (let x = 0; x < width; x++) {
      const position = (x + 0.5) / width;
      module.memory.shorts[from + x] = wipeWeight(isLeft ? 1 - position : position, progress);
    }
    module.kernels.mixColumns(first.y + at, second.y + at, target.y + at, weights, width, height);
    module.memory.free(weights);
  }
}

function wipeUp({ kernels }: KernelModule, progress: number, first: FrameStore, second: FrameStore, target: FrameStore): void {
  for (const { at, width, height } of planesOf(target)) {
    for (let y = 0; y < height; y++) {
      const row = at + y * width;
      kernels.mixUniform(first.y + row, second.y + row, target.y + row, wipeWeight(1 - (y + 0.5) / height, progress), width);
    }
  }
}

function pushLeft({ memory }: KernelModule, progress: number, first: FrameStore, second: FrameStore, target: FrameStore): void {
  const moved = pushDistance(progress, target.width);
  for (const { at, width, height, scale } of planesOf(target)) {
    const shift = moved / scale;
    for (let y = 0; y < height; y++) {
      const row = at + y * width;
      memory.bytes.copyWithin(target.y + row, first.y + row + shift, first.y + row + width);
      memory.bytes.copyWithin(target.y + row + width - shift, second.y + row, second.y + row + shift);
    }
  }
}

function pushUp({ memory }: KernelModule, progress: number, first: FrameStore, second: FrameStore, target: FrameStore): void {
  const moved = pushDistance(progress, target.height);
  for (const { at, width, height, scale } of planesOf(target)) {
    const shift = (moved / scale) * width;
    const size = width * height;
    memory.bytes.copyWithin(target.y + at, first.y + at + shift, first.y + at + size);
    memory.bytes.copyWithin(target.y + at + size - shift, second.y + at, second.y + at + shift);
  }
}

function planesOf({ y, u, v, width, height }: FrameStore): readonly { at: number; width: number; height: number; scale: 1 | 2 }[] {
  const half = { width: width / 2, height: height / 2, scale: 2 as const };
  return [{ at: 0, width, height, scale: 1 }, { at: u - y, ...half }, { at: v - y, ...half }];
}
