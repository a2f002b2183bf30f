/**
 * Lanczos resampling of a picture into full-resolution planes: across first, for the source rows that are needed, then
 * down. Very dense sources start from a half-size level that is still twice as dense as the output.
 */
import type { Rect } from '#core/composition/layer.ts';
import { PLANE_NAMES, repairPlanes, type FullPlanes } from './full-planes.ts';
import type { KernelModule } from './kernel-module.ts';
import { createTapTable, type TapTable } from './lanczos-table.ts';
import type { PlaneName, SourcePicture } from './source-picture.ts';
import type { WorkPlane } from './work-plane.ts';

/** Draws `picture` stretched over `rect` (positions in samples of `planes`). */
export function lanczosIntoPlanes(module: KernelModule, picture: SourcePicture, planes: FullPlanes, rect: Rect): void {
  for (const name of PLANE_NAMES) resamplePlane(module, picture, name, planes[name], rect);
  repairPlanes(module, planes);
}

function resamplePlane(module: KernelModule, picture: SourcePicture, name: PlaneName, target: WorkPlane, rect: Rect): void {
  const { width, height, isOpaque } = picture.traits;
  const density = Math.max(width / rect.width, height / rect.height);
  const wanted = Math.max(0, Math.floor(Math.log2(density)) - 1);
  const isCover = name === 'alpha' && isOpaque;
  const cover = isCover ? opaqueRow(module, width) : undefined;
  const { plane, level } = cover ? { plane: { ...cover, height }, level: 0 } : picture.plane(name, wanted);
  const scale = 2 ** level;
  const across = createTapTable({ start: rect.x, length: rect.width, samples: plane.width, sourceLength: width / scale }, 0, target.width, 8);
  const down = createTapTable({ start: rect.y, length: rect.height, samples: plane.height, sourceLength: height / scale }, 0, target.height, 2);
  runPasses(module, plane, target, across, down);
  if (cover) module.memory.free(cover.address);
}

function runPasses(module: KernelModule, plane: WorkPlane, target: WorkPlane, across: TapTable, down: TapTable): void {
  const { memory, kernels } = module;
  const firstRow = Math.max(0, down.starts[0] ?? 0);
  const lastRow = Math.min(plane.height, (down.starts.at(-1) ?? 0) + down.taps);
  const between = memory.allocateCleared(target.strideBytes * (Math.max(lastRow - firstRow, down.taps) + 1));
  const tables = [
    storeWords(module, across.starts.map((start) => start * 2)), storeShorts(module, across.weights),
    storeWords(module, down.starts.map((start) => start - firstRow)), storeShorts(module, down.weights),
  ] as const;
  kernels.tapsAcross(
    plane.address + firstRow * plane.strideBytes, plane.strideBytes, between, target.strideBytes, tables[0], tables[1], across.taps,
    target.width, lastRow - firstRow,
  );
  kernels.tapsDown(between, target.strideBytes, target.address, target.strideBytes, tables[2], tables[3], down.taps, target.width, target.height);
  for (const address of [...tables, between]) memory.free(address);
}

function opaqueRow({ memory }: KernelModule, width: number): { address: number; strideBytes: number; width: number } {
  const address = memory.allocate((width + 8) * 2);
  memory.shorts.fill(16384, address >> 1, (address >> 1) + width + 8);
  return { address, strideBytes: 0, width };
}

/** The across kernel works four outputs at a time, so tables are padded to that. */
function storeWords({ memory }: KernelModule, values: Int32Array): number {
  const address = memory.allocateCleared(values.byteLength + 16);
  memory.words.set(values, address >> 2);
  return address;
}

function storeShorts({ memory }: KernelModule, values: Int16Array): number {
  const address = memory.allocateCleared(values.byteLength + 256);
  memory.shorts.set(values, address >> 1);
  return address;
}
