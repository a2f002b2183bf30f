/**
 * The strip of canvas that is being composed: deep planes for one band of rows, and scratch strips of the same shape for
 * the layer that is being laid on. Sized to stay in the processor's cache; made once per compositor.
 */
import type { Size } from '#core/project/ratio.ts';
import type { KernelModule } from './kernel-module.ts';

/** Canvas rows per band; even, so that chroma rows come whole. */
export const BAND_ROWS = 16;

/** Part of one band, canvas pixels: rows even, columns in multiples of 16. */
export interface BandArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Addresses of one picture's samples for a band area; each points at the area's first sample. */
export interface BandPixels {
  readonly y: number;
  readonly u: number;
  readonly v: number;
  /** 0 = opaque. */
  readonly alpha: number;
  /** Alpha at chroma resolution; 0 = opaque. */
  readonly chromaAlpha: number;
  readonly lumaStride: number;
  readonly chromaStride: number;
}

/** A full-width strip; chroma strips hold half the rows and columns. */
export interface Strips {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

export interface Band {
  readonly lumaStride: number;
  readonly chromaStride: number;
  /** The canvas itself. */
  readonly target: Strips;
  /** The layer, resampled. */
  readonly layer: Strips & { readonly alpha: number; readonly chromaAlpha: number };
  readonly factor: number;
  readonly chromaFactor: number;
  readonly chromaLuma: number;
  readonly gain: number;
}

export function paddedWidth(width: number): number {
  return Math.ceil(width / 16) * 16;
}

export function createBand({ memory }: KernelModule, size: Size): Band {
  const lumaStride = paddedWidth(size.width) * 2;
  const chromaStride = lumaStride / 2;
  const luma = (): number => memory.allocateCleared(lumaStride * BAND_ROWS);
  const chroma = (): number => memory.allocateCleared((chromaStride * BAND_ROWS) / 2);
  return {
    lumaStride, chromaStride,
    target: { y: luma(), u: chroma(), v: chroma() },
    layer: { y: luma(), u: chroma(), v: chroma(), alpha: luma(), chromaAlpha: chroma() },
    factor: luma(), chromaFactor: chroma(), chromaLuma: chroma(), gain: chroma(),
  };
}

/** The part of the target strips that lies under `area`; the strips begin at row `area.top`, column 0. */
export function targetPixels(band: Band, area: BandArea): BandPixels {
  return {
    y: band.target.y + area.left * 2,
    u: band.target.u + area.left,
    v: band.target.v + area.left,
    alpha: 0, chromaAlpha: 0,
    lumaStride: band.lumaStride, chromaStride: band.chromaStride,
  };
}
