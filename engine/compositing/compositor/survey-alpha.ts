/** Finds where an alpha plane has something to see and which rows hide everything behind them. */
import type { KernelModule } from './kernel-module.ts';
import type { PictureTraits } from './source-picture.ts';
import type { WorkPlane } from './work-plane.ts';

const SEEN = 1;
const OPAQUE = 2;

export function surveyAlpha(module: KernelModule, alpha: WorkPlane): Pick<PictureTraits, 'bounds' | 'opaqueRows' | 'isOpaque'> {
  const { memory, kernels } = module;
  const flagsAt = memory.allocate(alpha.height);
  const columnsAt = memory.allocateCleared(alpha.strideBytes);
  kernels.surveyAlpha(alpha.address, alpha.strideBytes, alpha.width, alpha.height, flagsAt, columnsAt);
  const flags = memory.bytes.slice(flagsAt, flagsAt + alpha.height);
  const columns = memory.shorts.slice(columnsAt >> 1, (columnsAt >> 1) + alpha.width);
  memory.free(flagsAt);
  memory.free(columnsAt);
  const top = flags.findIndex((flag) => (flag & SEEN) !== 0);
  const left = columns.findIndex((value) => value > 0);
  const bounds = top < 0
    ? { left: 0, top: 0, right: 0, bottom: 0 }
    : { left, top, right: columns.findLastIndex((value) => value > 0) + 1, bottom: flags.findLastIndex((flag) => (flag & SEEN) !== 0) + 1 };
  return { bounds, opaqueRows: longestRun(flags), isOpaque: flags.every((flag) => (flag & OPAQUE) !== 0) };
}

function longestRun(flags: Uint8Array): { top: number; bottom: number } {
  let best = { top: 0, bottom: 0 };
  let start = 0;
  for (let row = 0; row <= flags.length; row++) {
    if (row < flags.length && ((flags[row] ?? 0) & OPAQUE) !== 0) continue;
    if (row - start > best.bottom - best.top) best = { top: start, bottom: row };
    start = row + 1;
  }
  return best;
}
