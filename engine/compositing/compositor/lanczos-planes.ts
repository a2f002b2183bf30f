/**
 * Lanczos resampling of a picture into full-resolution planes: across first, for the source rows that are needed, then
 * down. Very dense sources start from a half-size level that is still twice as dense as the output.
 */
import type { Rect } from '#core/composition/layer.ts';
import { PLANE_NAMES, repairPlanes, type FullPlanes } from './full-planes.ts';
import type { KernelModule } from './kernel-module.ts';
import { createTapTable, type TapAxis, type TapTable } from './lanczos-table.ts';
import type { PlaneName, SourcePicture } from './source-picture.ts';
import type { WorkPlane } from './work-plane.ts';

/** Draws `picture` stretched over `rect` (positions in samples of `planes`); writes every sample of `planes`. */
export function lanczosIntoPlanes(module: KernelModule, picture: SourcePicture, planes: FullPlanes, rect: Rect): void {
  const tables = new Map<string, StoredTable>();
  for (const name of PLANE_NAMES) resamplePlane(module, picture, name, planes[name], rect, tables);
  for (const { startsAt, weightsAt } of tables.values()) for (const address of [startsAt, weightsAt]) module.memory.free(address);
  repairPlanes(module, planes);
}

/** A table in kernel memory. The planes of a picture mostly have one shape and share theirs. */
interface StoredTable extends Pick<TapTable, 'taps'> {
  readonly startsAt: number;
  readonly weightsAt: number;
  /** First source sample that has a weight, and the end of those that are read. */
  readonly first: number;
  readonly end: number;
}

function resamplePlane(module: KernelModule, picture: SourcePicture, name: PlaneName, target: WorkPlane, rect: Rect, tables: Map<string, StoredTable>): void {
  const { width, height, isOpaque } = picture.traits;
  const density = Math.max(width / rect.width, height / rect.height);
  const wanted = Math.max(0, Math.floor(Math.log2(density)) - 1);
  const isCover = name === 'alpha' && isOpaque;
  const cover = isCover ? opaqueRow(module, width) : undefined;
  const { plane, level } = cover ? { plane: { ...cover, height }, level: 0 } : picture.plane(name, wanted);
  const scale = 2 ** level;
  const columns = { start: rect.x, length: rect.width, samples: plane.width, sourceLength: width / scale };
  const rows = { start: rect.y, length: rect.height, samples: plane.height, sourceLength: height / scale };
  const down = tableOf(module, rows, target.height, { multiple: 2, unit: 1, isRelative: true }, tables);
  const from = plane.address + down.first * plane.strideBytes;
  if (isUnstretched(columns)) resampleRows(module, { ...plane, address: from }, target, Math.round(rect.x), down);
  else {
    const across = tableOf(module, columns, target.width, { multiple: 8, unit: 2, isRelative: false }, tables);
    const count = Math.min(plane.height, down.end) - down.first;
    const between = module.memory.allocate(target.strideBytes * (Math.max(count, down.taps) + 1));
    module.kernels.tapsAcross(from, plane.strideBytes, between, target.strideBytes, across.startsAt, across.weightsAt, across.taps, target.width, count);
    resampleRows(module, { ...target, address: between }, target, 0, down);
    module.memory.free(between);
  }
  if (cover) module.memory.free(cover.address);
}

/** Smaller than any weight can tell: 14-bit weights move by less than one step. */
const SAME_PLACE = 1e-5;

/** On whole pixels at its own size along this axis, where filtering would change nothing. */
function isUnstretched({ start, length, samples, sourceLength }: TapAxis): boolean {
  return Math.abs(start - Math.round(start)) < SAME_PLACE && Math.abs(length - samples) < SAME_PLACE && sourceLength === samples;
}

/** The pass down. Source sample 0 goes to column `x` of the target; columns that the source does not reach are cleared. */
function resampleRows({ kernels }: KernelModule, source: WorkPlane, target: WorkPlane, x: number, { startsAt, weightsAt, taps }: StoredTable): void {
  const left = Math.min(target.width, Math.max(0, x));
  const right = Math.max(left, Math.min(target.width, x + source.width));
  const [from, to] = [source.address + (left - x) * 2, target.address + left * 2];
  kernels.tapsDown(from, source.strideBytes, to, target.strideBytes, startsAt, weightsAt, taps, right - left, target.height);
  if (left > 0 || right < target.width) kernels.clearSides(target.address, target.strideBytes, left, right, target.width, target.height);
}

interface TableForm {
  /** Taps come in multiples of this. */
  readonly multiple: number;
  /** What a source sample counts in `starts`. */
  readonly unit: number;
  /** Starts count from the first sample that is read. */
  readonly isRelative: boolean;
}

function tableOf(module: KernelModule, axis: TapAxis, count: number, form: TableForm, tables: Map<string, StoredTable>): StoredTable {
  const key = JSON.stringify([axis, form]);
  const known = tables.get(key);
  if (known) return known;
  const { starts, weights, taps } = createTapTable(axis, 0, count, form.multiple);
  const [first, end] = [starts[0] ?? 0, (starts.at(-1) ?? 0) + taps];
  const offset = form.isRelative ? first : 0;
  const table = { startsAt: storeWords(module, starts.map((start) => (start - offset) * form.unit)), weightsAt: storeShorts(module, weights), taps, first, end };
  tables.set(key, table);
  return table;
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
