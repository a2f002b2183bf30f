/** Moves a band between the deep strips and a finished 8-bit frame. */
import type { Band, BandArea } from './band.ts';
import { targetPixels } from './band.ts';
import type { FrameStore } from './frame-store.ts';
import type { KernelModule } from './kernel-module.ts';
import type { NoiseTile } from './noise-tiles.ts';

const LUMA_ZERO = 16;
const CHROMA_ZERO = 128;
/** Where the chroma planes enter the dither tile, so that the three planes do not err together. */
const U_SHIFT = { x: 24, y: 17 };
const V_SHIFT = { x: 40, y: 41 };

export function readBand({ kernels }: KernelModule, frame: FrameStore, band: Band, area: BandArea): void {
  const to = targetPixels(band, area);
  const [count, rows] = [area.right - area.left, area.bottom - area.top];
  const half = frame.width / 2;
  const chromaAt = (area.top / 2) * half + area.left / 2;
  kernels.expandBand(frame.y + area.top * frame.width + area.left, frame.width, to.y, to.lumaStride, LUMA_ZERO, count, rows);
  kernels.expandBand(frame.u + chromaAt, half, to.u, to.chromaStride, CHROMA_ZERO, count / 2, rows / 2);
  kernels.expandBand(frame.v + chromaAt, half, to.v, to.chromaStride, CHROMA_ZERO, count / 2, rows / 2);
}

export function writeBand(
  { kernels }: KernelModule, frame: FrameStore, band: Band, area: BandArea, lumaNoise: NoiseTile, chromaNoise: NoiseTile,
): void {
  const from = targetPixels(band, area);
  const { left, top } = area;
  const count = Math.min(area.right, frame.width) - left;
  const rows = area.bottom - top;
  const half = frame.width / 2;
  const [chromaLeft, chromaTop] = [left / 2, top / 2];
  const chromaAt = chromaTop * half + chromaLeft;
  kernels.quantiseBand(
    from.y, from.lumaStride, frame.y + top * frame.width + left, frame.width, LUMA_ZERO,
    lumaNoise.address, lumaNoise.mask, lumaNoise.rows, left, top, count, rows,
  );
  kernels.quantiseBand(
    from.u, from.chromaStride, frame.u + chromaAt, half, CHROMA_ZERO,
    chromaNoise.address, chromaNoise.mask, chromaNoise.rows, chromaLeft + U_SHIFT.x, chromaTop + U_SHIFT.y, count / 2, rows / 2,
  );
  kernels.quantiseBand(
    from.v, from.chromaStride, frame.v + chromaAt, half, CHROMA_ZERO,
    chromaNoise.address, chromaNoise.mask, chromaNoise.rows, chromaLeft + V_SHIFT.x, chromaTop + V_SHIFT.y, count / 2, rows / 2,
  );
}
